// The path of an order from the decision to the last fill, as the run recorded it. Nothing is told that it does not tell.
import type { TradeRow } from '../../blocks/engine/report/document'
import type { Leg } from '../../blocks/engine/trade'
import { stopDistance } from '../chart/trades'
import type { TradeLevels } from '../engine/protocol'
import { fixed, money, none, percent, price, quantity, signed } from './format'
import { fillNames } from './reasons'

export interface TradeStep {
  readonly ms: number
  readonly title: string
  /** Price, or what else there is to say. */
  readonly text: string
  readonly detail: string
}

export interface Writing {
  readonly tick: string
  readonly step: string
}

const opens = ({ reason }: Leg): boolean => reason === 'entry' || reason === 'add'

/** Slippage against the reference price, in USDT; positive is a cost. */
const slipOf = ({ side, price: at, referencePrice, qtyBase }: Leg): number =>
  (side === 'buy' ? at - referencePrice : referencePrice - at) * qtyBase

const legDetail = (leg: Leg, trade: TradeRow, { step }: Writing): string => {
  const share = opens(leg) ? '' : ` (${percent((100 * leg.qtyBase) / trade.qtyBase, 0)})`
  const slip = slipOf(leg)
  const costs = [
    `fee ${money(leg.feeUsdt)}`,
    ...(Math.abs(slip) >= 0.005 ? [`slippage ${money(slip)}`] : []),
    ...(leg.maker ? ['maker'] : []),
  ]
  return `${leg.side} ${quantity(leg.qtyBase, step)}${share}, ${costs.join(', ')}`
}

const moved: Readonly<Record<string, string>> = {
  break_even: 'the stop had moved to break-even',
  trailing: 'the stop had trailed',
}

const legTitle = (leg: Leg, targets: number): string =>
  leg.reason === 'target' ? `Target ${targets}` : leg.reason === 'entry' ? 'Filled' : fillNames[leg.reason]

export interface PathAsk {
  readonly trade: TradeRow
  /** Null: not known yet. */
  readonly decidedMs: number | null
  /** Null: not known, or it ended in its first minute. */
  readonly levels: TradeLevels | null
  readonly writing: Writing
}

const sent = ({ trade, decidedMs }: PathAsk): TradeStep[] =>
  decidedMs === null
    ? []
    : [
        {
          ms: decidedMs,
          title: 'Decided and sent',
          text: trade.entryMs > decidedMs ? 'order waits' : 'to fill at once',
          detail: `${trade.side}, by ${trade.setup.replace(/^(long|short)\//, '').replaceAll('_', ' ')}`,
        },
      ]

const awayWords = (distance: number, { entryPrice }: TradeRow): string =>
  `${percent((100 * distance) / entryPrice, 2)} away, 1 R`

/** The first stop: where the run had it, else where R says that it was. */
const placed = ({ trade, levels, writing: { tick } }: PathAsk): TradeStep[] => {
  const first = levels?.stops[0]
  if (levels !== null && first?.by === 'stop')
    return [
      {
        ms: trade.entryMs,
        title: 'Stop placed',
        text: `at ${price(first.price, tick)}`,
        detail: awayWords(levels.risk, trade),
      },
    ]
  const distance = stopDistance(trade)
  if (distance === null) return []
  const stop = trade.entryPrice + (trade.side === 'long' ? -distance : distance)
  return [
    { ms: trade.entryMs, title: 'Stop placed', text: `at ${price(stop, tick)}`, detail: awayWords(distance, trade) },
  ]
}

const targetsPlaced = ({ trade, levels, writing: { tick } }: PathAsk): TradeStep[] => {
  const targets = levels?.targets ?? []
  if (targets.length === 0) return []
  const words = targets.map(
    ({ price: at, share }) => `${share === null ? 'the rest' : percent(100 * share, 0)} at ${price(at, tick)}`,
  )
  const title = targets.length === 1 ? 'Target placed' : 'Targets placed'
  return [{ ms: trade.entryMs, title, text: '', detail: words.join(', ') }]
}

type StopStand = TradeLevels['stops'][number]

const moveStep = (run: readonly StopStand[], from: StopStand, tick: string): TradeStep | null => {
  const last = run.at(-1)
  if (last === undefined) return null
  const title = last.by === 'trailing' ? 'Stop trailed' : 'Stop to break-even'
  const times = run.length === 1 ? '' : `, in ${run.length} steps`
  return {
    ms: last.fromMs,
    title,
    text: `to ${price(last.price, tick)}`,
    detail: `from ${price(from.price, tick)}${times}`,
  }
}

/** Moves of the stop in [from, to] that follow each other in the same way are one step. */
const movesBetween = ({ levels, writing: { tick } }: PathAsk, fromMs: number, toMs: number): TradeStep[] => {
  const stops = levels?.stops ?? []
  const steps: TradeStep[] = []
  let run: StopStand[] = []
  let before: StopStand | undefined
  const end = (): void => {
    const step = before === undefined ? null : moveStep(run, before, tick)
    if (step !== null) steps.push(step)
    run = []
  }
  stops.forEach((stand, i) => {
    const last = stops[i - 1]
    if (last === undefined || stand.price === last.price || stand.fromMs <= fromMs || stand.fromMs > toMs) return
    if (run[0]?.by !== stand.by) {
      end()
      before = last
    }
    run.push(stand)
  })
  end()
  return steps
}

/** Decided, each fill, and every move of the stop between them, as far as the run tells of them. */
export const tradeSteps = (ask: PathAsk): readonly TradeStep[] => {
  const { trade, levels, writing } = ask
  const steps: TradeStep[] = sent(ask)
  let targets = 0
  let at = Number.NEGATIVE_INFINITY
  for (const leg of trade.legs) {
    if (leg.reason === 'target') targets += 1
    // A level stands from the open of a minute on: before what is filled in that minute.
    steps.push(...movesBetween(ask, at, leg.ms))
    at = Math.max(at, leg.ms)
    const because = levels === null ? moved[leg.reason] : undefined
    const detail = legDetail(leg, trade, writing)
    steps.push({
      ms: leg.ms,
      title: legTitle(leg, targets),
      text: `at ${price(leg.price, writing.tick)}`,
      detail: because === undefined ? detail : `${because}; ${detail}`,
    })
    if (leg.reason === 'entry') steps.push(...placed(ask), ...targetsPlaced(ask))
  }
  return [...steps, ...movesBetween(ask, at, Number.POSITIVE_INFINITY)]
}

export interface TradeSum {
  readonly label: string
  readonly text: string
  readonly about: string
}

/** What it made and what it cost. Slippage lies in the prices already and is named apart. */
export const tradeSums = (trade: TradeRow): readonly TradeSum[] => {
  const { feesUsdt, fundingUsdt, netUsdt, legs, r, maeR, mfeR } = trade
  const slip = legs.reduce((sum, leg) => sum + slipOf(leg), 0)
  return [
    {
      label: 'Net',
      text: `${signed(netUsdt, 2)} USDT${r === null ? '' : `, ${signed(r, 2)} R`}`,
      about: 'After fees, slippage and funding',
    },
    { label: 'Fees', text: `${signed(-feesUsdt, 2)} USDT`, about: 'Of all fills' },
    { label: 'Slippage', text: `${signed(-slip, 2)} USDT`, about: 'Lies in the prices of the fills already' },
    { label: 'Funding', text: `${signed(fundingUsdt, 2)} USDT`, about: 'Paid for holding it (minus), or received' },
    {
      label: 'Worst moment',
      text: maeR === null ? none : `${fixed(-Math.abs(maeR), 2)} R`,
      about: 'How far it went against the trade while it was open',
    },
    {
      label: 'Best moment',
      text: mfeR === null ? none : `${signed(mfeR, 2)} R`,
      about: 'How far it went for the trade while it was open',
    },
  ]
}
