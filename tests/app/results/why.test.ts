// The answer to "why" in words, and what hindsight would have brought, over a real run of an example Play.
import { beforeAll, describe, expect, it } from 'vitest'
import { createDocumentStore } from '../../../app/document/store'
import type { Engine } from '../../../app/engine/engine'
import type { Funnel, RunOutcome, RunRequest, RunResult, WhyAnswer } from '../../../app/engine/protocol'
import { EngineSession } from '../../../app/engine/session'
import { withConstant } from '../../../app/results/constants'
import { funnelFor, funnelLines, stepOf } from '../../../app/results/funnelRows'
import { thresholdOf } from '../../../app/results/hindsight'
import { comparedAt, neededWords, operandName, pathTitle, relation, titled } from '../../../app/results/names'
import { preview } from '../../../app/results/preview'
import * as reasons from '../../../app/results/reasons'
import { allTrades } from '../../../app/results/trades'
import {
  barTitle,
  knownWords,
  marginWords,
  shortWhy,
  sidesWords,
  trueCount,
  verdictKind,
  whySentence,
} from '../../../app/results/whyWords'
import { useRun } from '../../../app/workbench/run'
import { dropReasons } from '../../../blocks/engine/trade'
import type { PlayTree } from '../../../blocks/play/tree'
import { type PageData, pageData } from '../engine/pageData'
import { pullback } from './sample'

const at = Date.UTC(2024, 0, 1)
const tree = pullback()

/** Filter and three conditions; the filter said no by 0.01 %. */
const crowded = (change: Partial<WhyAnswer> = {}): WhyAnswer => ({
  timeMs: at,
  values: {},
  side: 'long',
  setup: 'buy_pullback',
  did: 'refused',
  reason: 'filtered',
  node: 'not_crowded',
  lines: [
    { node: 'not_crowded', verdict: 'false', sides: [0.00034, 0.0003], short: 0.00004, sinceMs: at },
    { node: 'uptrend', verdict: 'true', sides: [42_498, 42_432], short: 0, sinceMs: at - 3_600_000 },
    { node: 'dipped_lately', verdict: 'true', sides: null, short: 0, sinceMs: at },
    { node: 'reclaimed', verdict: 'true', sides: [42_504, 42_498], short: 0, sinceMs: at },
  ],
  ...change,
})

describe('names', () => {
  it('are those of the document, whatever side made them', () => {
    expect(pathTitle(tree, 'not_crowded')).toBe('Not crowded')
    expect(pathTitle(tree, 'short/ema_fast')).toBe('EMA fast')
    expect(pathTitle(tree, 'grab/poked')).toBe('Grab · poked')
  })
  it('stand for the names of the language in a sentence; what has no title is quoted', () => {
    const said = (text: string): string => titled(text, tree)
    expect(said('the input `when` of `buy_pullback` is open')).toBe(
      'the input \u201cwhen\u201d of Buy pullback is open',
    )
    expect(said('`short/ema_fast.value` and `price.close`')).toBe('EMA fast value and Price close')
    expect(said('add `crosses_above` or `lib/no_chop@1`')).toBe('add Crosses above or No chop')
    expect(said('`$dip_window` is 6, `1h {}` is no word, nor is `risk: size`')).toBe(
      'Dip window is 6, \u201c1h {}\u201d is no word, nor is \u201crisk: size\u201d',
    )
  })
  it('of operands leave constants and parameters out', () => {
    expect(['price.close', 'ema_fast', 'funding.rate', 'adx.adx', 18, '$fast', '0.03%'].map(operandName)).toEqual([
      'close',
      'EMA fast',
      'funding rate',
      'ADX',
      null,
      null,
      null,
    ])
  })
  it('follow a filter to the condition that it asks', () => {
    expect(comparedAt(tree, 'not_crowded')).toMatchObject({ node: 'cheap_to_hold', type: 'below', mirrored: false })
    expect(comparedAt(tree, 'dipped_lately')).toBeNull()
    expect(comparedAt(tree, 'nothing')).toBeNull()
  })
  it('say what is needed, and of the mirror only what its values say', () => {
    const said = (path: string, sides: readonly [number, number]) => neededWords({ tree, path, sides })
    expect(said('not_crowded', [0.00034, 0.0003])).toBe('Funding rate was 0.034 %, it must be below 0.03 %.')
    expect(said('reclaimed', [10, 12])).toBe('Close was 10, it must cross above EMA fast 12.')
    expect(said('short/uptrend', [12, 10])).toBe('It was 12, it must be below 10.')
    expect(said('short/uptrend', [10, 12])).toBe('It was 10, it must be above 12.')
    expect(said('short/reclaimed', [10, 12])).toBeNull()
    expect([relation(1, 2), relation(2, 1), relation(1, 1)]).toEqual(['<', '>', '='])
  })
})

describe('reasons', () => {
  it('all have a sentence of their own', () => {
    const sentences = dropReasons.map((reason) => reasons.refusalWords(reason))
    expect(new Set(sentences).size).toBe(dropReasons.length)
    expect(sentences.every((text) => text?.endsWith('.'))).toBe(true)
  })
  it('name the limit that they carry', () => {
    expect(reasons.refusalWords('limit_reached: daily_loss')).toBe('the loss limit of the day was reached.')
    expect(reasons.refusalWords('limit_reached: another')).toBe('a limit was reached.')
    expect(reasons.refusalWords('whatever')).toBeNull()
    expect(['limit_reached: daily_loss', 'cooling_down', 'filtered', null].map(reasons.isLimit)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
  it('of exits and notices are words; an unknown notice still speaks', () => {
    expect(reasons.exitName('break_even')).toBe('Break-even')
    expect(reasons.exitName(null)).toBe('Still open')
    expect(reasons.exitNameOf('target')).toBe('Target')
    expect(reasons.noticeWords({ code: 'new_code', message: 'x' })).toEqual({ weight: 'warn', title: 'Worth knowing' })
  })
})

describe('why not', () => {
  it('names the first that said no, by how much, and that all else agreed', () => {
    const answer = crowded()
    expect(whySentence(tree, answer)).toEqual({
      who: 'Not crowded',
      rest: 'said no. Funding rate was 0.034 %, it must be below 0.03 %. Everything else agreed.',
    })
    const [line] = answer.lines
    if (line === undefined) throw new Error('no line')
    expect(sidesWords(tree, line)).toBe('0.0340 > 0.0300 %')
    expect(marginWords(tree, line)).toBe('0.0040 % over')
    expect(shortWhy(tree, answer)).toBe('Not crowded, 0.0040 % over')
    expect(verdictKind(line, answer)).toBe('fail')
    expect(verdictKind({ ...line, node: 'uptrend' }, answer)).toBe('no')
    expect(verdictKind({ ...line, verdict: 'unknown' }, answer)).toBe('wait')
    expect(trueCount(answer)).toBe('3 of 4 true')
    expect(barTitle(answer)).toBe('No long at')
  })
  it('counts what agreed when more said no, and tells unknown from false', () => {
    const { lines } = crowded()
    const two = lines.map((line, i) => (i === 1 ? { ...line, verdict: 'false' as const } : line))
    expect(whySentence(tree, crowded({ lines: two })).rest).toContain('2 of 4 conditions were true.')
    const unknown = lines.map((line, i) => (i === 0 ? { ...line, verdict: 'unknown' as const } : line))
    expect(whySentence(tree, crowded({ lines: unknown })).rest).toBe('was not known yet. Everything else agreed.')
  })
  it('speaks of limits, trades under way, gaps and setups that were true before', () => {
    const rest = (change: Partial<WhyAnswer>) => whySentence(tree, crowded({ node: null, ...change })).rest
    expect(rest({ reason: 'limit_reached: trades_per_day' })).toBe(
      'The setup fired, but the limit of trades per day was reached.',
    )
    expect(rest({ did: 'nothing', reason: 'in_trade' })).toContain('A trade was open already.')
    expect(rest({ did: 'nothing', reason: 'no_bar' })).toContain('gap')
    expect(rest({ did: 'nothing', reason: 'no_rise' })).toContain('true on the bar before')
    expect(rest({ did: 'entry', reason: null })).toBe('An order to go long was sent here.')
    expect(barTitle(crowded({ did: 'entry', side: 'short' }))).toBe('Short sent at')
  })
  it('dates facts against the decision', () => {
    expect(knownWords(at, at)).toBe('this bar')
    expect(knownWords(at - 3_600_000, at)).toBe('since 31 Dec 23:00')
    expect(knownWords(at - 400 * 86_400_000, at)).toBe('since 27 Nov 2022 00:00')
    expect(knownWords(null, at)).toBe('')
  })
})

describe('the threshold that would have let it in', () => {
  const adx = (body: PlayTree['nodes'][string]): PlayTree => ({ ...tree, nodes: { ...tree.nodes, strength: body } })
  const weak = (sides: readonly [number, number]): WhyAnswer =>
    crowded({
      did: 'nothing',
      reason: 'no_setup',
      node: 'strength',
      lines: [{ node: 'strength', verdict: 'false', sides, short: 1, sinceMs: at }],
    })
  it('is a parameter, on its step and just beyond the value', () => {
    const found = thresholdOf(tree, crowded())
    expect(found).toMatchObject({
      place: { kind: 'param', name: 'max_funding' },
      label: 'Funding rate below',
      value: 0.03,
      suggested: 0.04,
      step: 0.01,
      unit: '%',
    })
    if (found === null) throw new Error('none')
    expect(withConstant(tree, found, 0.04).params?.max_funding).toMatchObject({ value: '0.04%', max: '0.1%' })
    expect(withConstant(tree, found, 0.2).params?.max_funding).toMatchObject({ value: '0.2%', max: '0.2%' })
    expect(tree.params?.max_funding?.value).toBe('0.03%')
  })
  it('is a constant of the node, below or above by what was asked', () => {
    const ask = (type: string, sides: readonly [number, number], constant = 18) =>
      thresholdOf(adx({ [type]: ['adx.adx', constant] }), weak(sides))
    expect(ask('above', [17.5, 18])?.suggested).toBe(17)
    expect(ask('above', [17, 18])?.suggested).toBe(16)
    expect(ask('at_least', [17, 18])?.suggested).toBe(17)
    expect(ask('below', [18, 18])?.suggested).toBe(19)
    expect(ask('at_most', [18.2, 18])?.suggested).toBe(19)
    expect(ask('above', [17.46, 17.5], 17.5)?.suggested).toBe(17.4)
    const left = thresholdOf(adx({ above: [18, 'adx.adx'] }), weak([18, 18.5]))
    expect(left).toMatchObject({ suggested: 19, place: { key: '0' } })
    if (left === null) throw new Error('none')
    expect(withConstant(adx({ above: [18, 'adx.adx'] }), left, 19).nodes.strength).toEqual({
      above: [19, 'adx.adx'],
    })
  })
  it('is none where more than one said no, nothing is constant, or the mirror made it', () => {
    const { lines } = crowded()
    const two = lines.map((line, i) => (i === 1 ? { ...line, verdict: 'false' as const } : line))
    expect(thresholdOf(tree, crowded({ lines: two }))).toBeNull()
    expect(thresholdOf(adx({ above: ['ema_fast', 'ema_slow'] }), weak([1, 2]))).toBeNull()
    expect(thresholdOf(adx({ crosses_above: ['adx.adx', 18] }), weak([17, 18]))).toBeNull()
    const mirrored = lines.map((line, i) => (i === 0 ? { ...line, node: 'short/not_crowded' } : line))
    expect(thresholdOf(tree, crowded({ lines: mirrored }))).toBeNull()
    expect(thresholdOf(tree, crowded({ reason: 'in_trade' }))).toBeNull()
  })
})

describe('the funnel', () => {
  const step = (name: string, [left, stopped]: readonly [number, number], onlyIt: number | null) => ({
    step: name,
    left,
    stopped,
    onlyIt,
  })
  const funnel: Funnel = {
    side: 'long',
    setup: 'buy_pullback',
    steps: [
      step('all', [1000, 0], null),
      step('warm', [800, 200], 0),
      step('flat', [400, 400], 10),
      step('not_crowded', [400, 0], 0),
      step('uptrend', [200, 200], 30),
      step('dipped_lately', [100, 100], 0),
      step('rise', [90, 10], null),
      step('limits', [80, 10], null),
      step('orders', [80, 0], null),
    ],
  }
  it('shows shares of all bars, and steps that never decide', () => {
    const lines = funnelLines(tree, funnel, null)
    expect(lines.map(({ share, before }) => [share, before]).slice(0, 3)).toEqual([
      [1, 1],
      [0.8, 1],
      [0.4, 0.8],
    ])
    expect(lines.flatMap(({ step: name, doubt }) => (doubt === null ? [] : [name]))).toEqual([
      'not_crowded',
      'dipped_lately',
    ])
    expect(lines[3]).toMatchObject({ title: 'Not crowded', doubt: expect.stringContaining('never says no') })
    expect(lines[5]?.doubt).toContain('never decides alone')
  })
  it('marks the step at which the bar in question ended', () => {
    const ended = (change: Partial<WhyAnswer>) => stepOf(funnel, crowded(change))
    expect(ended({})).toBe('not_crowded')
    expect(ended({ reason: 'in_trade', node: null })).toBe('flat')
    expect(ended({ reason: 'cooling_down', node: null })).toBe('limits')
    expect(ended({ reason: 'no_rise', node: null })).toBe('rise')
    expect(ended({ did: 'entry', reason: null, node: null })).toBe('orders')
    expect(ended({ side: 'short' })).toBeNull()
    expect(stepOf(funnel, null)).toBeNull()
    expect(funnelFor([{ ...funnel, side: 'short' }, funnel], crowded())).toBe(1)
    expect(funnelFor([funnel], null)).toBe(0)
  })
})

describe('a preview', () => {
  let page: PageData
  let session: EngineSession
  let request: RunRequest
  let result: RunResult
  let asked: RunRequest[]
  let engine: Engine
  const play: PlayTree = { ...tree, markets: { main: 'synthetic:BTCUSDT.P' } }

  beforeAll(async () => {
    page = pageData(90)
    request = await page.request(play)
    const ports = {
      ...page.source,
      now: () => performance.now(),
      turn: () => new Promise<void>((resolve) => setTimeout(resolve, 0)),
      tell: () => {},
    }
    session = new EngineSession(ports)
    const outcome = await session.run(request)
    if (outcome.kind !== 'ran') throw new Error(JSON.stringify(outcome))
    result = outcome.result
    asked = []
    const tryOut = (one: RunRequest) => {
      asked.push(one)
      return Promise.resolve(session.call('tryOut', one) as RunOutcome)
    }
    engine = { tryOut } as Partial<Engine> as Engine
  })

  /** The first decision at which the filter alone said no. */
  const stopped = (): WhyAnswer => {
    const { fromMs, toMs } = request
    for (let ms = fromMs; ms < toMs; ms += 900_000) {
      const answer = session.why({ ms, instrument: 'synthetic:BTCUSDT.P' })
      if (answer?.node === 'not_crowded' && thresholdOf(play, answer) !== null) return answer
    }
    throw new Error('the filter never said no alone')
  }

  it('runs the Play with the other value and touches nothing: answers stay those of the shown run', async () => {
    useRun.setState({ result, dataset: request.dataset, stale: false, status: { kind: 'idle' } })
    const store = createDocumentStore({ id: 'one', tree: play, sidecar: {} }, () => 0)
    const answer = stopped()
    const threshold = thresholdOf(play, answer)
    if (threshold === null) throw new Error('no threshold')
    const shown = await preview({ engine, store, threshold, value: threshold.suggested, answer })
    if (shown.kind !== 'done') throw new Error(JSON.stringify(shown))
    expect(asked.map(({ tree: { params } }) => params?.max_funding?.value)).toEqual([`${threshold.suggested}%`])
    expect(session.why({ ms: answer.timeMs, instrument: 'synthetic:BTCUSDT.P' })).toEqual(answer)
    expect(store.getState()).toMatchObject({ revision: 0, document: { tree: play } })
    expect(useRun.getState().result).toBe(result)
    // The bar that the threshold was moved for is taken, and the effect on the whole is that of the run with the value.
    const there = await session.run({ ...request, sets: { max_funding: `${threshold.suggested}%` } })
    if (there.kind !== 'ran') throw new Error('it does not run')
    const taken = allTrades(there.result.report).find(({ entryMs }) => entryMs === answer.timeMs)
    expect(taken).toBeDefined()
    expect(shown.figures.taken).toEqual(typeof taken?.r === 'number' ? { kind: 'r', r: taken.r } : { kind: 'open' })
    expect(shown.figures.returnPct.after).toBe(there.result.report.metrics.returnPct.value)
    const keys = (trades: ReturnType<typeof allTrades>) =>
      new Set(trades.map(({ side, entryMs }) => `${side} ${entryMs}`))
    const [now, before] = [keys(allTrades(there.result.report)), keys(allTrades(result.report))]
    const gained = [...now].filter((key) => !before.has(key)).length
    expect(shown.figures.change).toEqual({ gained, lost: [...before].filter((key) => !now.has(key)).length })
    expect(gained).toBeGreaterThan(0)
  })

  it('waits for a run under way, and tells what the checker says of the value', async () => {
    const store = createDocumentStore({ id: 'one', tree: play, sidecar: {} }, () => 0)
    await session.run(request)
    const answer = stopped()
    const threshold = thresholdOf(play, answer)
    if (threshold === null) throw new Error('no threshold')
    asked.length = 0
    useRun.setState({ result, dataset: request.dataset, stale: true, status: { kind: 'idle' } })
    expect(await preview({ engine, store, threshold, value: 1, answer })).toMatchObject({ kind: 'failed' })
    expect(asked.length).toBe(0)
    useRun.setState({ stale: false })
    const wrong = await preview({ engine, store, threshold: { ...threshold, unit: null }, value: 5, answer })
    expect(wrong).toMatchObject({ kind: 'failed' })
    expect(asked.length).toBe(1)
    useRun.setState({ status: { kind: 'too_much_data', bytes: 2, budget: 1 } })
    expect(await preview({ engine, store, threshold, value: 1, answer })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('server'),
    })
    useRun.setState({ status: { kind: 'idle' } })
  })

  it('that a newer one overtakes, or whose data were let go, says nothing', async () => {
    useRun.setState({ result, dataset: request.dataset, stale: false, status: { kind: 'idle' } })
    const store = createDocumentStore({ id: 'one', tree: play, sidecar: {} }, () => 0)
    const answer = stopped()
    const threshold = thresholdOf(play, answer)
    if (threshold === null) throw new Error('no threshold')
    const overtaken = { tryOut: () => Promise.resolve(null) } as Partial<Engine> as Engine
    expect(await preview({ engine: overtaken, store, threshold, value: 1, answer })).toEqual({ kind: 'idle' })
    useRun.setState({ dataset: { ...request.dataset, toMs: request.toMs - 86_400_000 } })
    expect(await preview({ engine, store, threshold, value: 1, answer })).toEqual({ kind: 'idle' })
  })
})
