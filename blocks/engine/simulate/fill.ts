// What a market or stop fill costs against its reference price (semantics.md S18).
import type { Price } from '../../kit/brand'
import type { Settings } from '../settings'
import type { Desk } from './desk'
import type { Order } from './state'
import { qtyOf, roundFill, stepsIn } from './ticks'

/** The largest share of the price that slippage can take: what S32 sets aside at the decision. */
export const slippageShare = (slippage: Settings['slippage']): number => {
  if (slippage.model === 'fixed') return slippage.bps / 10_000
  if (slippage.model === 'spread') return slippage.spread_bps / 2 / 10_000
  return slippage.impact * slippage.max_share * slippage.max_share
}

export interface TakerFill {
  /** Steps that this minute fills; fewer than asked only under volume_share. */
  readonly steps: number
  readonly price: Price
}

/** Slips `reference` against the trader and rounds to the tick. `limit` caps the price of a marketable limit. */
export const takerFill = (
  desk: Desk,
  ask: { order: Order; reference: Price; steps: number; limit?: Price },
): TakerFill => {
  const { slippage } = desk.sim.settings
  const { minute } = desk
  let steps = ask.steps
  let share = slippageShare(slippage)
  if (slippage.model === 'volume_share') {
    if (minute.volume <= 0) return { steps: 0, price: ask.reference }
    steps = Math.min(steps, stepsIn(desk.step, slippage.max_share * minute.volume))
    const part = qtyOf(desk.step, steps) / minute.volume
    share = slippage.impact * part * part
  }
  const price = roundFill(desk.tick, ask.reference * (1 + ask.order * share), ask.order)
  if (ask.limit === undefined) return { steps, price }
  return { steps, price: ask.order * (price - ask.limit) > 0 ? ask.limit : price }
}

/** Books the memo figures of a taker fill: slippage, and a fill on a bar without volume. */
export const noteTaker = (desk: Desk, fill: { reference: number; price: number; qty: number }): void => {
  const figures = desk.sim.state.figures
  figures.slippage += Math.abs(fill.price - fill.reference) * fill.qty
  figures.slippedNotional += fill.reference * fill.qty
  if (desk.minute.volume === 0) desk.counts.staleFills += 1
}
