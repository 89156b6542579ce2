// The router of Plays on the real database: versions that are kept with a note, and what it will not take.
import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { printDocument } from '../../../blocks/play/text/print'
import { createContext } from '../../../server/api/context'
import { appRouter } from '../../../server/api/router'
import { Refused } from '../../../server/api/trpc'
import { example } from '../../app/engine/pageData'
import { testDatabase } from '../../fixtures/database'

const database = testDatabase()
const held: { close?: () => Promise<void>; api?: ReturnType<typeof appRouter.createCaller> } = {}
const api = () => {
  if (held.api === undefined) throw new Error('made before the first test')
  return held.api
}
beforeAll(() => {
  const context = createContext({ DATABASE_URL: database.url })
  held.api = appRouter.createCaller(context)
  held.close = async () => (await context.stores()).close()
})
afterAll(() => held.close?.())

const yaml = printDocument(example('ema_pullback'))
const draft = (id: string) => ({
  playId: id,
  seen: 0,
  title: 'EMA pullback',
  yaml,
  sidecar: {},
  loose: null,
  origin: 'this test',
})
const refusal = async (work: Promise<unknown>): Promise<TRPCError> => {
  const error: unknown = await work.then(
    () => new Error('it was taken'),
    (one: unknown) => one,
  )
  if (error instanceof TRPCError) return error
  throw error
}

describe('a version with a note', () => {
  it('is kept with both hashes, listed without its text, and had again', async () => {
    await api().play.save(draft('kept'))
    const made = await api().play.publish({ id: 'kept', yaml, sidecar: { collapsed: ['a'] }, note: '  first  ' })
    expect(made).toMatchObject({ number: 1, note: 'first', actor: 'local' })
    expect(made).not.toHaveProperty('yaml')
    expect(made.playHash).toMatch(/^[0-9a-f]{64}$/)
    expect(made.logicHash).toMatch(/^[0-9a-f]{64}$/)
    expect(await api().play.versions({ id: 'kept' })).toEqual([made])
    expect(await api().play.version({ id: made.id })).toMatchObject({
      yaml,
      sidecar: { collapsed: ['a'] },
      note: 'first',
    })
  })

  it('of what has errors is refused with the problems, and nothing is kept', async () => {
    await api().play.save(draft('faulty'))
    const of = (text: string) => api().play.publish({ id: 'faulty', yaml: text, sidecar: {}, note: '' })
    const misspelt = await refusal(of(yaml.replace(/length: \d+/, 'lenght: 3')))
    expect(misspelt.code).toBe('UNPROCESSABLE_CONTENT')
    if (!(misspelt.cause instanceof Refused)) throw new Error('refused without its problems')
    expect(misspelt.cause.problems[0]?.where).toHaveProperty('line')
    expect((await refusal(of('play: ['))).code).toBe('UNPROCESSABLE_CONTENT')
    expect((await refusal(of('block: x\n'))).code).toBe('UNPROCESSABLE_CONTENT')
    expect(await api().play.versions({ id: 'faulty' })).toEqual([])
  })

  it('of a deleted Play is refused', async () => {
    await api().play.save(draft('deleted'))
    await api().play.remove({ id: 'deleted' })
    const refused = await refusal(api().play.publish({ id: 'deleted', yaml, sidecar: {}, note: '' }))
    expect(refused.code).toBe('NOT_FOUND')
    expect(refused.message).toContain('deleted')
    expect((await api().play.heads()).find(({ id }) => id === 'deleted')).toMatchObject({ deleted: true, revision: 1 })
  })
})

describe('what cannot be stored', () => {
  const deep = (levels: number): object => (levels === 0 ? {} : { in: deep(levels - 1) })
  it.each([
    ['a revision beyond the integers of the database', { seen: 2 ** 31 }],
    ['half a revision', { seen: 0.5 }],
    ['the character U+0000', { yaml: 'play: a\0b' }],
    ['U+0000 in unfinished text', { loose: '\0' }],
    ['U+0000 deep in the layout', { sidecar: { notes: { a: ['\0'] } } }],
    ['U+0000 as a key of the layout', { sidecar: { '\0': 1 } }],
    ['half a pair of surrogates in the layout', { sidecar: { notes: { a: '\ud800' } } }],
    ['a layout without a bottom', { sidecar: deep(50) }],
    ['no origin', { origin: '' }],
    ['a path for an id', { playId: '../x' }],
    ['more text than a document has', { yaml: 'x'.repeat(128 * 1024 + 1) }],
  ])('%s is a bad request, never a broken server', async (_, part) => {
    const refused = await refusal(api().play.save({ ...draft('bad'), ...part }))
    expect(refused.code).toBe('BAD_REQUEST')
    expect(await api().play.draft({ id: 'bad' })).toBeNull()
  })
})
