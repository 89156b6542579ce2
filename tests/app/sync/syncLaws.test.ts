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
    arbitrary: fc.constantFrom<Answer>('mine', 'theirs', 'both').map((answer): Act => ({ kind: 'answer', answer })),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.nat(12), fc.constantFrom<('check' | Answer)[]>('check', 'mine', 'theirs', 'both'))
      .map(([calls, during]): Act => ({ kind: 'kill', calls, during })),
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

const reopen = (one: Browser): void => {
  one.tear()
  one.open('one')
}

/** The Play stands in both browsers and on the server. */
const share = async (a: Browser, b: Browser): Promise<void> => {
  a.open('one', 'first')
  await a.edit('begin')
  await a.sync.check()
  const base = a.baseOf('one')
  if (base === null) throw new Error('nothing was sent')
  const { document, history } = a.store.getState()
  await b.documents.adopt({ document, history, loose: null }, base)
  b.open('one')
}

/** `made`: titles that reached a disk. */
const perform = async (one: Browser, act: Act, made: Set<string>): Promise<void> => {
  // Torn away by something that ran on its own: the failure of its calls was told to nobody.
  if (one.isTorn()) reopen(one)
  if (act.kind === 'edit') {
    const title = `${one.name}${made.size}`
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
  if (act.kind === 'tear') reopen(one)
}

/** Both are there, whoever is asked answers, and both look once more. */
const comeToRest = async (browsers: readonly Browser[]): Promise<void> => {
  for (const one of browsers) {
    one.online = true
    one.loseAnswers = 0
    reopen(one)
  }
  for (let round = 0; round < 4; round++)
    for (const one of browsers) {
      await one.sync.check()
      await pass(3000)
      await one.sync.answer('mine')
      await pass(3000)
    }
}

describe('two browsers', () => {
  it('lose nothing that was saved, and agree in the end', { timeout: 120_000 }, async () => {
    const law = fc.asyncProperty(play, async (steps) => {
      const server = new FakeServer()
      const [a, b] = [new Browser('a', server), new Browser('b', server)]
      // Who replaces what another saved has it himself: in the history, or as a Play of its own.
      const ungiven: string[] = []
      server.onReplace = (name, { title }) => {
        if (!plain(name === 'a' ? a : b).includes(title)) ungiven.push(`${name} over ${title}`)
      }
      const made = new Set(['begin'])
      await share(a, b)
      for (const [first, act] of steps) await perform(first ? a : b, act, made)
      await comeToRest([a, b])
      const last = server.drafts.get('one')?.title
      expect([a, b].map((one) => [one.contentOn('one')?.title, one.state])).toEqual([
        [last, { kind: 'saved' }],
        [last, { kind: 'saved' }],
      ])
      expect(ungiven).toEqual([])
      const there = [...plain(a), ...plain(b)]
      expect([...made].filter((title) => !there.includes(title))).toEqual([])
      a.tear()
      b.tear()
    })
    await fc.assert(law, { numRuns: 200 })
  })
})
