// A run for the record as the page follows it: its steps, its ends, and giving it up; and what a trial is made of.
import { describe, expect, it } from 'vitest'
import { endOfRun, type RecordApi, runForRecord } from '../../../app/results/record'
import { lookOf } from '../../../app/results/Trials'
import type { Report } from '../../../blocks/engine/report/document'

interface Ears {
  onData: (now: object) => void
  onError: (error: Error) => void
}

/** A server that tells what it is made to tell, and writes down what it is asked. */
const server = () => {
  const asked: unknown[] = []
  const held: { ears?: Ears } = {}
  const api = {
    run: {
      queue: { mutate: async (input: unknown) => asked.push(['queue', input]) && { id: 'r', version: 1 } },
      cancel: { mutate: async (input: unknown) => asked.push(['cancel', input]) > 0 },
      report: { query: async () => ({ tradesHash: 'there' }) },
      watch: {
        subscribe: (_: unknown, ears: Ears) => {
          held.ears = ears
          return { unsubscribe: () => asked.push('unsubscribed') }
        },
      },
    },
  }
  const tell = async (now: object): Promise<void> => {
    await expect.poll(() => held.ears).toBeDefined()
    held.ears?.onData({ progress: null, failure: null, problems: [], ...now })
  }
  // Only these procedures are called.
  return { api: api as unknown as RecordApi, asked, tell, ears: () => held.ears }
}

const request = { tree: { play: 'x' }, sets: {}, settings: {}, fromMs: 1, toMs: 2, more: 'kept here' }
const begin = (api: RecordApi) => {
  const steps: string[] = []
  const stopping = new AbortController()
  const ended = runForRecord(
    api,
    // Only what is sent is looked into.
    { document: { id: 'p', sidecar: {} }, request: request as never },
    { signal: stopping.signal, tell: (step) => steps.push(step) },
  )
  ended.catch(() => undefined)
  return { steps, stopping, ended }
}

describe('a run for the record', () => {
  it('sends what is run and nothing else, tells each step, and gives the report', async () => {
    const { api, asked, tell } = server()
    const { steps, ended } = begin(api)
    await tell({ state: 'queued' })
    await tell({ state: 'running' })
    await tell({ state: 'running', progress: { label: 'simulate' } })
    await tell({ state: 'done' })
    expect(await ended).toEqual({ tradesHash: 'there' })
    expect(steps).toEqual(['queued', 'running', 'simulate'])
    const { more: _, ...run } = request
    expect(asked).toEqual([['queue', { playId: 'p', sidecar: {}, run }], 'unsubscribed'])
  })

  it.each([
    [{ state: 'refused', problems: [{ message: 'no stop' }] }, 'no stop'],
    [{ state: 'failed', failure: 'the disk is full' }, 'the disk is full'],
    [{ state: 'cancelled' }, 'was cancelled'],
  ])('that ends with %j is a sentence', async (now, sentence) => {
    const { api, tell } = server()
    const { ended } = begin(api)
    await tell(now)
    await expect(ended).rejects.toThrow(sentence)
  })

  it('is given up there as soon as it is here, also before it was queued', async () => {
    const { api, asked, tell } = server()
    const { stopping, ended } = begin(api)
    stopping.abort()
    await expect.poll(() => asked).toContainEqual(['cancel', { id: 'r' }])
    await tell({ state: 'cancelled' })
    await expect(ended).rejects.toThrow('cancelled')
  })

  it('ends when the line is lost for good', async () => {
    const { api, ears } = server()
    const { ended } = begin(api)
    await expect.poll(ears).toBeDefined()
    ears()?.onError(new Error('gone'))
    await expect(ended).rejects.toThrow('gone')
  })
})

describe('a run that is followed', () => {
  it.each(['while it runs', 'before its line was open'])(
    'goes on when the page is left %s, its line closed',
    async (when) => {
      const { api, asked, tell } = server()
      const leaving = new AbortController()
      if (when !== 'while it runs') leaving.abort()
      const steps: string[] = []
      const following = {
        signal: new AbortController().signal,
        left: leaving.signal,
        tell: (step: string) => steps.push(step),
      }
      const ended = endOfRun(api, 'r', following)
      ended.catch(() => undefined)
      if (when === 'while it runs') {
        await tell({ state: 'running' })
        expect([steps, asked]).toEqual([['running'], []])
        leaving.abort()
      }
      await expect(ended).rejects.toThrow('left')
      // Not cancelled: whoever comes back finds it at work or done.
      expect(asked).toEqual(['unsubscribed'])
    },
  )
})

describe('a trial', () => {
  it('is the logic, the data, the settings, the window and what came of it', () => {
    const series = { instrument: 'a:B', kind: 'klines', tf: '1m', sha256: 'x', more: 1 }
    const report = {
      logicHash: 'l',
      settingsHash: 's',
      data: [series],
      range: { fromMs: 1, toMs: 2 },
      metrics: { sharpe: { value: null, enough: false } },
      trades: [{}, {}],
    }
    // Only these keys are looked into.
    expect(lookOf('p', report as unknown as Report)).toEqual({
      playId: 'p',
      logicHash: 'l',
      settingsHash: 's',
      data: [{ instrument: 'a:B', kind: 'klines', tf: '1m', sha256: 'x' }],
      fromMs: 1,
      toMs: 2,
      sharpe: null,
      trades: 2,
    })
  })
})
