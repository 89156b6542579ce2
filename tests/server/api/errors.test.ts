// How errors leave the server: a sentence and a status for what was expected, no word of its inside for a bug.
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Context, createContext } from '../../../server/api/context'
import { appRouter } from '../../../server/api/router'
import { procedure, Refused, router, settled } from '../../../server/api/trpc'
import { Failure } from '../../../server/core/failure'
import { temporaryFolder } from '../../fixtures/data/workshop'

const context: Context = createContext({ DATA_DIR: temporaryFolder() })
const problem = { code: 'x', severity: 'error', where: {}, message: 'Line 3 is wrong.', fixes: [] } as const
const tried = router({
  busy: procedure.query(() => settled(new Failure('store_busy', 'the store is busy', { hint: 'try again' }))),
  lost: procedure.query(() => {
    throw new Failure('series_missing', 'binance:X is not stored')
  }),
  absent: procedure.query(() => {
    throw new Failure('market_unknown', 'there are no bars of it', {
      hint: 'import them: playloom data import <files>',
    })
  }),
  refused: procedure.query(() => {
    throw new Refused([problem])
  }),
  bug: procedure.query(() => {
    throw new Error('password=secret')
  }),
  typed: procedure.input(z.strictObject({ bars: z.number() })).query(({ input }) => input.bars),
})

const call = async (path: string, input?: unknown, asked: typeof tried | typeof appRouter = tried) => {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: new Request(`http://a/api/trpc/${path}${query}`),
    router: asked,
    createContext: () => context,
  })
  const text = await response.text()
  return { status: response.status, text, ...JSON.parse(text) }
}

describe('an error', () => {
  it('that a use-case expects is told with its hint and whether it passes', async () => {
    const { status, error } = await call('busy')
    expect([status, error.message]).toEqual([409, 'the store is busy'])
    expect(error.data).toMatchObject({ hint: 'try again', retry: true })
    expect(error.data.problems[0].code).toBe('store_busy')
    expect(await call('lost')).toMatchObject({ status: 404, error: { data: { retry: false, hint: null } } })
  })

  it('that the command line mends by a command is mended on the page in a place', async () => {
    const { error } = await call('absent')
    expect(error.data.hint).toMatch(/^Add its bars on the home page/)
  })

  it('that is a list of problems brings them all', async () => {
    const { status, error } = await call('refused')
    expect([status, error.message, error.data.problems]).toEqual([422, 'Line 3 is wrong.', [problem]])
  })

  it('of the input says where it is', async () => {
    const { status, error } = await call('typed', { bars: 'many' })
    expect(status).toBe(400)
    expect(error.message).toMatch(/not understood[\s\S]*bars/)
    expect((await call('typed', { bars: 3, more: 1 })).status).toBe(400)
    expect((await call('typed', { bars: 3 })).result.data).toBe(3)
  })

  it('that is a bug says so and shows nothing of its inside', async () => {
    const { status, text, error } = await call('bug')
    expect(status).toBe(500)
    expect(error.message).toMatch(/^This is a bug in Playloom/)
    expect(text).not.toMatch(/secret|stack|\.ts:/)
  })

  it('of a procedure that does not exist is one of the caller', async () => {
    expect((await call('nothing')).status).toBe(404)
  })
})

describe('the first procedures', () => {
  it('tell what the server is, and that nothing is stored yet', async () => {
    const { result } = await call('system.about', undefined, appRouter)
    expect(result.data).toMatchObject({ engine: expect.stringMatching(/^\d+\.\d+\.\d+$/), series: 0, damaged: [] })
    expect((await call('data.list', undefined, appRouter)).result.data).toEqual({ series: [], problems: [] })
  })

  it('refuse a market that nobody has with a sentence', async () => {
    const settings = { proxies: {}, instruments: {}, funding_gaps: 'refuse' }
    const wanted = { traded: ['binance:NOSUCH.P'], read: [], tf: '1h', settings }
    const { status, error } = await call('data.dataset', wanted, appRouter)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(error.message).toContain('NOSUCH')
  })
})
