// The door of the API: whatever comes in, every procedure answers with a sentence of its caller's, and never does half.
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Call, type Context, createContext } from '../../../server/api/context'
import { describeApi, proceduresOf } from '../../../server/api/describe'
import { allowances, createLimits } from '../../../server/api/limits'
import { appRouter } from '../../../server/api/router'
import { procedure, router } from '../../../server/api/trpc'
import { Failure } from '../../../server/core/failure'
import { temporaryFolder } from '../../fixtures/data/workshop'

const context: Context = createContext({ DATA_DIR: temporaryFolder() })

let done = 0
const tried = router({
  look: procedure.query(() => 'seen'),
  change: procedure.mutation(() => {
    done += 1
    return done
  }),
  compute: procedure
    .meta({ summary: 'Computes', heavy: true })
    .input(z.strictObject({ bars: z.int().min(1) }))
    .output(z.strictObject({ net: z.number().nullable() }))
    .mutation(() => ({ net: null })),
})

interface Asked {
  readonly path: string
  readonly type: 'query' | 'mutation' | 'subscription'
  readonly input?: unknown
  readonly of?: typeof tried | typeof appRouter
  readonly by?: Context
}

const call = async ({ path, type, input, of = tried, by = context }: Asked) => {
  const text = input === undefined ? undefined : JSON.stringify(input)
  const query = type === 'mutation' || text === undefined ? '' : `?input=${encodeURIComponent(text)}`
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: new Request(`http://a/api/trpc/${path}${query}`, {
      method: type === 'mutation' ? 'POST' : 'GET',
      headers: { 'Content-Type': 'application/json' },
      ...(type === 'mutation' ? { body: text ?? '' } : {}),
    }),
    router: of,
    createContext: () => by,
  })
  return { status: response.status, text: await response.text() }
}

const procedures = proceduresOf(appRouter).map(([path, one]) => ({ path, ...one }))
const takesInput = procedures.filter(({ inputs }) => inputs.length > 0)

/** Deeper than any honest input. */
const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) })

const garbage: readonly unknown[] = [
  null,
  0,
  -1,
  1e300,
  true,
  '',
  'x'.repeat(10_000),
  [],
  [[]],
  {},
  { id: 7 },
  { id: '../../etc/passwd' },
  { playId: { $gt: '' } },
  { __proto__: null, constructor: { prototype: { polluted: true } } },
  nested(500),
  Array.from({ length: 5000 }, (_, i) => i),
]

describe('every procedure', () => {
  it.each(takesInput)('$path refuses what is no input of its own, as a fault of its caller', async ({ path, type }) => {
    const by: Context = { ...context, limits: createLimits() }
    for (const input of garbage) {
      // What is a right input of one procedure is not garbage to it.
      const schema = takesInput.find((one) => one.path === path)?.inputs[0]
      if (schema instanceof z.ZodType && schema.safeParse(input).success) continue
      const { status, text } = await call({ path, type, input, of: appRouter, by })
      expect([path, input, status]).toEqual([path, input, type === 'subscription' ? 200 : 400])
      expect(text).toMatch(/not understood/)
      expect(text).not.toMatch(/\.ts:\d|node_modules/)
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('is told in the published description, with what it takes', () => {
    const { openapi, paths } = z
      .object({ openapi: z.literal('3.1.0'), paths: z.record(z.string(), z.record(z.string(), z.looseObject({}))) })
      .parse(describeApi(appRouter, '1.2.3'))
    expect(openapi).toBe('3.1.0')
    expect(Object.keys(paths).sort()).toEqual(procedures.map(({ path }) => `/api/trpc/${path}`).sort())
    for (const { path, type, inputs } of procedures) {
      const operation = paths[`/api/trpc/${path}`]?.[type === 'mutation' ? 'post' : 'get']
      const told = type === 'mutation' ? operation?.requestBody : operation?.parameters
      expect([path, told !== undefined]).toEqual([path, inputs.length > 0])
      expect([path, operation?.summary]).toEqual([path, expect.stringMatching(/^[A-Z].{10,}\.$/)])
    }
  })
})

it('every procedure says what it answers', () => {
  const silent = procedures.filter(
    ({ type, output, meta }) => (type === 'subscription' ? meta?.event : output) === undefined,
  )
  expect(silent.map(({ path }) => path)).toEqual([])
})

describe('the description', () => {
  const { paths } = z.object({ paths: z.record(z.string(), z.looseObject({})) }).parse(describeApi(tried, '1.2.3'))

  it('gives the schemas of what goes in and what comes out', () => {
    expect(paths['/api/trpc/compute']).toMatchObject({
      post: {
        operationId: 'compute',
        summary: 'Computes',
        requestBody: {
          content: {
            'application/json': {
              schema: { type: 'object', properties: { bars: { type: 'integer', minimum: 1 } }, required: ['bars'] },
            },
          },
        },
        responses: {
          200: {
            content: {
              'application/json': {
                schema: { properties: { result: { properties: { data: { type: 'object', required: ['net'] } } } } },
              },
            },
          },
        },
      },
    })
  })
})

describe('an actor', () => {
  it('who may not is refused before anything is done, whatever he calls', async () => {
    const asked: Call[] = []
    const by: Context = {
      ...context,
      authorise: (one) => {
        asked.push(one)
        return one.type === 'mutation' ? new Failure('not_allowed', 'only its owner may change this') : null
      },
    }
    const before = done
    const { status, text } = await call({ path: 'change', type: 'mutation', by })
    expect([status, done]).toEqual([403, before])
    expect(text).toContain('only its owner may change this')
    expect((await call({ path: 'look', type: 'query', by })).status).toBe(200)
    expect(asked).toEqual([
      { actor: 'local', path: 'change', type: 'mutation' },
      { actor: 'local', path: 'look', type: 'query' },
    ])
  })

  it('who calls without an end is told to wait, and only for calls of that weight', async () => {
    const by: Context = { ...context, limits: createLimits() }
    const heavy = { path: 'compute', type: 'mutation', input: { bars: 1 }, by } as const
    const seen: number[] = []
    for (let n = 0; n < allowances.heavy.calls; n++) seen.push((await call(heavy)).status)
    expect(seen).toEqual(seen.map(() => 200))
    const { status, text } = await call(heavy)
    expect(status).toBe(429)
    expect(JSON.parse(text).error).toMatchObject({
      message: expect.stringMatching(/^more than 60 runs and downloads came within 10 s/),
      data: { retry: true, hint: expect.stringMatching(/^wait \d+ s/) },
    })
    expect((await call({ path: 'change', type: 'mutation', by })).status).toBe(200)
    expect((await call({ path: 'look', type: 'query', by })).status).toBe(200)
  })

  it('is counted apart from others', async () => {
    const limits = createLimits()
    for (let n = 0; n < allowances.heavy.calls; n++) expect(await limits.spend('one', 'heavy')).toBeNull()
    expect(await limits.spend('one', 'heavy')).toMatchObject({ code: 'too_many_calls' })
    expect(await limits.spend('other', 'heavy')).toBeNull()
  })
})
