// One process of the bench: measures what it is asked and prints the sections as one line of JSON. Started by run.ts.
import { metricsOf } from '../blocks/engine/metrics/metrics'
import type { MarketRows } from '../blocks/engine/rows'
import { checkPlay } from '../blocks/play/check'
import { parseDocument } from '../blocks/play/text/parse'
import type { PlayTree } from '../blocks/play/tree'
import { nodeHash } from '../server/io/hash/nodeHash'
import { backtest } from '../server/run/backtest/backtest'
import { liveStepUs } from './live'
import { lastBars, openMarket } from './market'
import {
  banded,
  type DecisionTf,
  evaluated,
  flattened,
  readReference,
  referenceText,
  runOf,
  type Sets,
  settings,
  workspaceOf,
} from './reference'
import { floorNs, indexMs, type Stages, stagesOf } from './stages'
import { type Figure, repeat, type Section, timed } from './table'

const [mode = 'warm', dataDir = ''] = process.argv.slice(2)
const times = 7

const ms = (step: string, values: readonly number[], more: Partial<Figure> = {}): Figure => ({
  step,
  values,
  unit: 'ms',
  ...more,
})

const stageFigures = (all: readonly Stages[]): Figure[] => {
  const of = (name: keyof Stages) => all.map((stages) => stages[name])
  return [
    ms('frames (dense minutes, decision bars)', of('frames')),
    ms('columns (numbers)', of('columns')),
    ms('conditions (bits)', of('conditions')),
    ms('keys, holes, plans', of('plans')),
    ms('loop, the run itself', of('loop')),
    ms('loop, other end of the band', of('band'), {
      note: 'after the first figures, only where an exit was ambiguous',
    }),
    ms('metrics', of('metrics')),
    ms('whole: loaded bars to metrics', of('whole'), {
      gate: '<= 80 ms',
      note: `${all[0]?.trades} trades, ${all[0]?.ambiguous} ambiguous exits`,
    }),
    ms('whole, with the band', of('banded')),
  ]
}

/** Values on the Play's own steps that no earlier repetition has asked for: only what is upstream is cached. */
const edits: Readonly<Record<string, (i: number) => Sets>> = {
  'stop multiple': (i) => ({ stop_atr: i < 4 ? 1 + 0.25 * i : 1.25 + 0.25 * i }),
  threshold: (i) => ({ max_funding: `0.0${i < 2 ? i + 1 : i + 2}%` }),
  'indicator length (fast)': (i) => ({ fast: 22 + i }),
  'indicator length (slow)': (i) => ({ slow: 210 + 10 * i }),
}

const editFigures = (tree: PlayTree, market: MarketRows): Figure[] => {
  const workspace = workspaceOf(market)
  evaluated({ flat: flattened(tree), workspace, market })
  return Object.entries(edits).flatMap(([what, set]) => {
    const both = repeat(times, (i) => {
      const flat = flattened(tree, set(i))
      const start = performance.now()
      const { facts, otherEnd } = runOf({ flat, workspace, market })
      metricsOf(facts)
      const first = performance.now() - start
      otherEnd?.advance(Number.POSITIVE_INFINITY)
      return { first, banded: performance.now() - start }
    })
    const of = (name: 'first' | 'banded') => both.map((one) => one[name])
    return [ms(`edit: ${what}`, of('first'), { gate: '<= 16 ms' }), ms('      with the band', of('banded'))]
  })
}

/** Evaluations with every column cached, as a search asks them: both ends of the band. */
const rate = (tree: PlayTree, market: MarketRows, gate: string): Figure => {
  const workspace = workspaceOf(market)
  const flats = repeat(8, (i) => flattened(tree, { stop_atr: 1 + 0.25 * i }))
  for (const flat of flats) evaluated({ flat, workspace, market })
  const values = repeat(3, () => {
    const start = performance.now()
    let n = 0
    while (performance.now() - start < 1500) {
      const flat = flats[n % flats.length]
      if (flat !== undefined) banded({ flat, workspace, market })
      n += 1
    }
    return (n * 1000) / (performance.now() - start)
  })
  const bars = market.bars.openMs.length
  return { step: `evaluations, warm, ${bars.toLocaleString('en')} bars`, values, unit: '/s', gate }
}

const playSection = (tf: DecisionTf, market: MarketRows): Section => {
  const tree = readReference(tf, market.instrument.id)
  const flat = flattened(tree)
  const stages = repeat(times + 1, () => stagesOf(flat, market)).slice(1)
  const short = lastBars(market, 100_000)
  const live = repeat(3, () => liveStepUs({ flat, workspace: workspaceOf(market), market }, 20_000))
  return {
    title: `Reference Play on ${tf}, ${market.bars.openMs.length.toLocaleString('en')} bars: JIT warm, nothing cached`,
    figures: [
      ...stageFigures(stages),
      ...editFigures(tree, market),
      rate(tree, short, '>= 5,000 /s, by the event-driven form'),
      rate(tree, market, '>= 300 /s, by the event-driven form'),
      {
        step: `live: one bar through ${live[0]?.nodes} nodes`,
        values: live.map(({ us }) => us),
        unit: 'us',
        gate: '0.29 us feasible',
      },
    ],
  }
}

const compileFigures = (tree: PlayTree): Figure[] => [
  ms('text to tree', repeat(30, () => timed(() => parseDocument(referenceText)).ms).slice(5)),
  ms('check and flatten', repeat(30, () => timed(() => checkPlay(tree)).ms).slice(5), { gate: '<= 50 ms' }),
]

const reportFigures = async (market: MarketRows, port: Parameters<typeof backtest>[1]['bars']): Promise<Figure[]> => {
  const instrument = market.instrument.id
  const ask = {
    plays: [{ file: 'ema_pullback.yaml', text: referenceText }],
    markets: { main: [instrument] },
    proxies: market.barsOf === instrument ? {} : { main: market.barsOf },
    sets: {},
    settings,
    to: (market.bars.openMs.at(-1) ?? 0) + 60_000,
  }
  const report: number[] = []
  const whole: number[] = []
  for (let i = 0; i < 4; i++) {
    const start = performance.now()
    const made = await backtest(ask, { bars: port, hash: nodeHash, now: () => performance.now() })
    if (!('report' in made)) throw new Error('the reference Play does not run')
    whole.push(performance.now() - start)
    report.push(made.report.timingMs.report)
  }
  return [
    ms('report: metrics, splits, hashes of 1M rows', report.slice(1)),
    ms('backtest: stored files to report', whole.slice(1)),
  ]
}

const warm = async (): Promise<Section[]> => {
  const { market, port, loadMs, close } = await openMarket(dataDir === '' ? null : dataDir, 3)
  const tree = readReference('15m', market.instrument.id)
  const floor = repeat(times, () => floorNs(market))
  const sections: Section[] = [
    {
      title: 'Data and language',
      figures: [
        ms(dataDir === '' ? 'make synthetic bars (cached)' : 'read from the store, checked by hash', loadMs),
        ms(
          'bars in memory to dense frame and 15m',
          repeat(times, () => indexMs(market)),
          {
            gate: '<= 100 ms',
            note: 'the gate covers load and index',
          },
        ),
        { step: 'floor: five columns read once', values: floor, unit: 'ns/bar', gate: '3.3 - 3.8 feasible' },
        ...compileFigures(tree),
        ...(await reportFigures(market, port)),
      ],
    },
    playSection('15m', market),
    playSection('1m', market),
  ]
  close()
  return sections
}

/** The first evaluation that a fresh process makes. */
const cold = async (): Promise<Section[]> => {
  const { market, close } = await openMarket(dataDir === '' ? null : dataDir, 0)
  const one = (tf: DecisionTf): Figure => {
    const tree = readReference(tf, market.instrument.id)
    const { ms: took } = timed(() => evaluated({ flat: flattened(tree), workspace: workspaceOf(market), market }))
    return ms(`loaded bars to metrics on ${tf}`, [took], { gate: '<= 80 ms' })
  }
  const figures = [one(mode === 'cold1m' ? '1m' : '15m')]
  close()
  return [{ title: 'Fresh process, first run', figures }]
}

/** Work for a profiler: edits of the stop with everything above it cached, so that the loop stands out; then cold runs. */
const profiled = async (): Promise<Section[]> => {
  const { market, close } = await openMarket(dataDir === '' ? null : dataDir, 0)
  const tf = mode.endsWith('1m') ? '1m' : '15m'
  const flat = flattened(readReference(tf, market.instrument.id))
  let workspace = workspaceOf(market)
  for (let i = 0; i < (tf === '1m' ? 8 : 40); i++) {
    if (mode.startsWith('columns')) workspace = workspaceOf(market)
    evaluated({ flat, workspace, market })
  }
  close()
  return []
}

const sections: Section[] = await (mode === 'warm' ? warm() : mode.startsWith('cold') ? cold() : profiled())
console.log(JSON.stringify(sections))
