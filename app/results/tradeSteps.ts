// The path of an order from the decision to the last fill, as the run recorded it. Nothing is told that it does not tell.
import type { TradeRow } from '../../blocks/engine/report/document'
import type { Leg } from '../../blocks/engine/trade'
import { stopDistance } from '../chart/trades'
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

/** Decided, each fill, and how it stands; `decidedMs` null: not known yet. */
export const tradeSteps = (trade: TradeRow, decidedMs: number | null, writing: Writing): readonly TradeStep[] => {
  const { tick } = writing
  const steps: TradeStep[] = []
  const distance = stopDistance(trade)
  if (decidedMs !== null) {
    const waited = trade.entryMs > decidedMs
    steps.push({
      ms: decidedMs,
      title: 'Decided and sent',
      text: waited ? 'order waits' : 'to fill at once',
      detail: `${trade.side}, by ${trade.setup.replace(/^(long|short)\//, '').replaceAll('_', ' ')}`,
    })
  }
  let targets = 0
  for (const leg of trade.legs) {
    if (leg.reason === 'target') targets += 1
    const because = moved[leg.reason]
    const detail = legDetail(leg, trade, writing)
    steps.push({
      ms: leg.ms,
      title: legTitle(leg, targets),
      text: `at ${price(leg.price, tick)}`,
      detail: because === undefined ? detail : `${because}; ${detail}`,
    })
    if (leg.reason === 'entry' && distance !== null) {
      const stop = trade.entryPrice + (trade.side === 'long' ? -distance : distance)
      steps.push({
        ms: leg.ms,
        title: 'Stop placed',
        text: `at ${price(stop, tick)}`,
        detail: `${percent((100 * distance) / trade.entryPrice, 2)} away, 1 R`,
      })
    }
  }
  return steps
}

export interface TradeSum {
  readonly label: string
  readonly text: string
}

/** What it made and what it cost. Slippage lies in the prices already and is named apart. */
export const tradeSums = (trade: TradeRow): readonly TradeSum[] => {
  const { feesUsdt, fundingUsdt, netUsdt, legs, r, maeR, mfeR } = trade
  const slip = legs.reduce((sum, leg) => sum + slipOf(leg), 0)
  return [
    { label: 'Net', text: `${signed(netUsdt, 2)} USDT${r === null ? '' : `, ${signed(r, 2)} R`}` },
    { label: 'Fees', text: `${signed(-feesUsdt, 2)} USDT` },
    { label: 'Slippage, in the prices', text: `${signed(-slip, 2)} USDT` },
    { label: 'Funding', text: `${signed(fundingUsdt, 2)} USDT` },
    { label: 'Went against it, at most', text: maeR === null ? none : `${fixed(-Math.abs(maeR), 2)} R` },
    { label: 'Went for it, at most', text: mfeR === null ? none : `${signed(mfeR, 2)} R` },
  ]
}
