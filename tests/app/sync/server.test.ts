// Answers of the server as syncing reads them: away is what may go on later, anything else is told and not sent again.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Away } from '../../../app/sync/away'
import { syncServer } from '../../../app/sync/server'

afterEach(() => vi.unstubAllGlobals())

const answering = (status: number, body: unknown) => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, { status })))
  return syncServer(() => 'this browser')
}
const failure = async (call: Promise<unknown>): Promise<Error> => {
  const error = await call.then(
    () => new Error('it was taken'),
    (thrown: unknown) => thrown,
  )
  return error instanceof Error ? error : new Error(String(error))
}
const content = { title: 'one', yaml: 'dsl: 1', sidecar: {}, loose: null }
const look = {
  ...{ playId: 'one', logicHash: 'a'.repeat(64), settingsHash: 'b'.repeat(64), data: [] },
  ...{ fromMs: 0, toMs: 1, sharpe: null, trades: 0 },
}

describe('an answer', () => {
  it.each([403, 413, 415, 421])('of the door with %i is a refusal in its own words', async (status) => {
    const server = answering(status, { problem: 'A request holds at most 1 MiB.' })
    const error = await failure(server.save('one', 1, content))
    expect(error).not.toBeInstanceOf(Away)
    expect(error.message).toBe('A request holds at most 1 MiB.')
  })

  it('of the door says nothing of a look: it is told another time', async () => {
    const server = answering(413, { problem: 'A request holds at most 1 MiB.' })
    expect(await failure(server.addLooks([look]))).toBeInstanceOf(Away)
  })

  it.each([
    ['too many calls at the door', 429, { problem: 'wait' }],
    ['a server in trouble', 502, { problem: 'bad gateway' }],
    ['somebody else at this address', 404, { error: 'not found' }],
    ['a server that cannot now', 503, [{ error: { message: 'no', code: -32603, data: { httpStatus: 503 } } }]],
    [
      'one that says that it may be tried again',
      409,
      [{ error: { message: 'no', code: -32009, data: { httpStatus: 409, retry: true } } }],
    ],
  ])('of %s may be another one later', async (_who, status, body) => {
    expect(await failure(answering(status, body).save('one', 1, content))).toBeInstanceOf(Away)
  })

  it('that refuses what was sent is a refusal', async () => {
    const refused = [{ error: { message: 'not a Play id', code: -32600, data: { httpStatus: 400, retry: false } } }]
    const error = await failure(answering(400, refused).save('one', 1, content))
    expect(error).not.toBeInstanceOf(Away)
    expect(error.message).toBe('not a Play id')
  })
})
