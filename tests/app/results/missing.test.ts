// Why there is no result: in a trader's words, with the place to look at.
import { describe, expect, it } from 'vitest'
import { emptyPlay } from '../../../app/document/emptyPlay'
import { isAwaited, missingOf } from '../../../app/results/missing'
import type { Problem } from '../../../blocks/kit/problem'
import { checkPlay } from '../../../blocks/play/check'
import type { PlayTree } from '../../../blocks/play/tree'

/** An empty Play with one node. */
const tree: PlayTree = { ...emptyPlay, nodes: { ema: { ema: { length: 21 } } } }

const problem = (change: Partial<Problem>): Problem => ({
  code: 'x',
  severity: 'error',
  where: {},
  message: 'the input `of` of `ema` is open',
  fixes: [],
  ...change,
})

describe('what a result waits for', () => {
  it('is the entry of an empty Play, at its gate', () => {
    const { problems } = checkPlay(emptyPlay, {})
    expect(missingOf({ problems, dataProblem: null, tree })).toEqual({
      text: 'the Play has no entry, and 1 more problem',
      hint: 'Add conditions, then an Entry that is wired to them.',
      node: '$long/entries',
    })
  })
  it('is the first error in the words of the checker, at its node', () => {
    const found = missingOf({
      problems: [
        problem({ severity: 'warning', message: 'never mind' }),
        problem({ where: { path: ['nodes', 'ema', 'of'] }, hint: 'Wire `of`.' }),
      ],
      dataProblem: null,
      tree,
    })
    expect(found).toEqual({ text: 'the input “of” of EMA is open', hint: 'Wire “of”.', node: 'ema' })
    expect(missingOf({ problems: [problem({ where: { node: 'dip/low' } })], dataProblem: null, tree })?.node).toBe(
      'dip',
    )
    expect(missingOf({ problems: [problem({ where: { path: ['short'] } })], dataProblem: null, tree })?.node).toBe(
      '$short/entries',
    )
    expect(
      missingOf({ problems: [problem({ where: { path: ['risk', 'size'] } })], dataProblem: null, tree })?.node,
    ).toBeNull()
  })
  it('are the data, when the Play is whole', () => {
    const dataProblem = { message: 'Nothing is stored of X.', hint: 'Import bars.' }
    expect(missingOf({ problems: [], dataProblem, tree })).toEqual({
      text: 'there are no data',
      hint: 'Import bars.',
      node: null,
    })
    expect(missingOf({ problems: [problem({})], dataProblem, tree })?.text).toContain('is open')
  })
  it('is nothing while warnings are all there is', () => {
    expect(missingOf({ problems: [problem({ severity: 'warning' })], dataProblem: null, tree })).toBeNull()
  })
})

describe('a first result', () => {
  const state = { status: { kind: 'idle' }, dataset: null, problems: [], dataProblem: null } as const
  const dataset = {
    fromMs: 0,
    toMs: 1,
    lockboxMs: 1,
    pastLockbox: false,
    span: { firstMs: 0, endMs: 1 },
    markets: [],
  }
  it('is awaited while data are looked for, load, and run here or on the server', () => {
    expect(isAwaited(state)).toBe(true)
    const progress = { label: 'x', done: 0, total: 1 }
    expect(isAwaited({ ...state, dataset, status: { kind: 'loading', progress } })).toBe(true)
    expect(isAwaited({ ...state, dataset, status: { kind: 'running', sinceMs: 0 } })).toBe(true)
    expect(isAwaited({ ...state, dataset, status: { kind: 'too_much_data', bytes: 2, budget: 1 } })).toBe(true)
  })
  it('is not, where the run failed or was given up, the Play has errors or there are no data', () => {
    expect(isAwaited({ ...state, status: { kind: 'failed', message: 'x', hint: null } })).toBe(false)
    expect(isAwaited({ ...state, dataset })).toBe(false)
    expect(isAwaited({ ...state, problems: [problem({})] })).toBe(false)
    expect(isAwaited({ ...state, dataProblem: { message: 'x', hint: null } })).toBe(false)
    expect(isAwaited({ ...state, problems: [problem({ severity: 'warning' })] })).toBe(true)
  })
})
