// Two browsers edit one Play in any order, tabs are torn away in the middle of anything, answers get lost, the network
// comes and goes: nothing that was ever saved by anybody is lost, and once all is quiet everybody has the same.
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Answer } from '../../../app/sync/playSync'
import { Browser, FakeServer, Killed } from './world'

type Act =
  | { readonly kind: 'edit' | 'check' | 'wait' | 'offline' | 'online' | 'lose' | 'tear' }
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** Torn away after so many calls of what it does then. */
  | { readonly kind: 'kill'; readonly calls: number; readonly during: 'check' | Answer }

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Act>({ kind: 'edit' }) },
  { weight: 4, arbitrary: fc.constant<Act>({ kind: 'check' }) },
  { weight: 4, arbitrary: fc.constant<Act>({ kind: 'wait' }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Answer>('mine', 'theirs', 'both').map((answer) => ({ kind: 'answer', answer })),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.nat(12), fc.constantFrom<('check' | Answer)[]>('check', 'mine', 'theirs', 'both'))
      .map(([calls, during]) => ({ kind: 'kill', calls, during })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Act['kind']>('offline', 'online', 'lose', 'tear').map((kind) => ({ kind }) as Act),
  },
)
const play = fc.array(fc.tuple(fc.boolean(), acts), { minLength: 5, maxLength: 40 })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

/** Work of a tab that may be torn away in the middle: then it is opened anew. */
const survive = async (browser: Browser, work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work()
    return true
  } catch (error) {
    if (!(error instanceof Killed)) throw error
    browser.tear()
    browser.open('one')
    return false
  }
}

/** Everything that a browser has on its disk; a Play that was kept apart says so in its title. */
const plain = (browser: Browser): string[] => browser.reachable().map((title) => title.replace(/ \(.*\)$/, ''))

describe('two browsers', () => {
  it('lose nothing that was saved, and agree in the end', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(play, async (steps) => {
        const server = new FakeServer()
        const [a, b] = [new Browser('a', server), new Browser('b', server)]
        // Who replaces what another saved has it himself: in the history, or as a Play of its own.
        const ungiven: string[] = []
        server.onReplace = (name, { title }) => {
          const saver = name === 'a' ? a : b
          if (!plain(saver).includes(title)) ungiven.push(`${name} over ${title}`)
        }
        let n = 0
        /** Titles that reached a disk. */
        const made = new Set<string>()
        a.open('one', 'first')
        await a.edit('begin')
        made.add('begin')
        await a.sync.check()
        const base = a.baseOf('one')
        if (base === null) throw new Error('nothing was sent')
        const { document, history } = a.store.getState()
        await b.documents.adopt({ document, history, loose: null }, base)
        b.open('one')

        for (const [first, act] of steps) {
          const one = first ? a : b
          // Torn away by something that ran on its own: the failure of its calls was told to nobody.
          if (one.isTorn()) {
            one.tear()
            one.open('one')
          }
          if (act.kind === 'edit') {
            n += 1
            const title = `${one.name}${n}`
            if (await survive(one, () => one.edit(title))) made.add(title)
          }
          if (act.kind === 'check') await survive(one, () => one.sync.check())
          if (act.kind === 'wait') await pass(2500)
          if (act.kind === 'answer') await survive(one, () => one.sync.answer(act.answer))
          if (act.kind === 'kill') {
            one.killAfter(act.calls)
            await survive(one, () => (act.during === 'check' ? one.sync.check() : one.sync.answer(act.during)))
          }
          if (act.kind === 'offline' || act.kind === 'online') one.online = act.kind === 'online'
          if (act.kind === 'lose') one.loseAnswers = 1
          if (act.kind === 'tear') {
            one.tear()
            one.open('one')
          }
        }

        // All is quiet: both are there, whoever is asked answers, and both look once more.
        for (const one of [a, b]) {
          one.tear()
          one.online = true
          one.loseAnswers = 0
          one.open('one')
        }
        for (let round = 0; round < 4; round++)
          for (const one of [a, b]) {
            await one.sync.check()
            await pass(3000)
            await one.sync.answer('mine')
            await pass(3000)
          }
        const last = server.drafts.get('one')
        expect(a.contentOn('one')?.title).toBe(last?.title)
        expect(b.contentOn('one')?.title).toBe(last?.title)
        expect(a.state).toEqual({ kind: 'saved' })
        expect(b.state).toEqual({ kind: 'saved' })
        expect(ungiven).toEqual([])
        const there = [...plain(a), ...plain(b)]
        expect([...made].filter((title) => !there.includes(title))).toEqual([])
        a.tear()
        b.tear()
      }),
      { numRuns: 200 },
    )
  })
})
