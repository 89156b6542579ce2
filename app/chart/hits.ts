// What lies under the mouse on the picture: a mark of a trade, a pivot's place, a bar that lacked one condition.
import type { NearMiss } from '../engine/protocol'
import type { Drawn } from './drawScene'
import type { DrawnPivot } from './pivots'
import type { Mark } from './trades'

export type What =
  | { readonly kind: 'mark'; readonly mark: Mark }
  | { readonly kind: 'formed' | 'known'; readonly pivot: DrawnPivot }
  | { readonly kind: 'miss'; readonly miss: NearMiss }

export interface Hit {
  readonly what: What
  /** A click on it does something else than a click beside it. */
  readonly clicks: boolean
  readonly x: number
  readonly y: number
}

/** How near the mouse must be, px. */
const reach = 8

interface Spot {
  readonly x: number
  readonly y: number
}

/** `mark`: the one that is near enough, if any; it goes before all else. */
export const hitAt = (drawn: Drawn, mark: Mark | null, at: Spot): Hit | null => {
  if (mark !== null) return { what: { kind: 'mark', mark }, clicks: true, ...at }
  let best = reach
  let found: Hit | null = null
  const offer = (spot: Spot, hit: Pick<Hit, 'what' | 'clicks'>): void => {
    const distance = Math.hypot(spot.x - at.x, spot.y - at.y)
    if (distance >= best) return
    best = distance
    found = { ...hit, x: spot.x, y: spot.y }
  }
  for (const { miss, x, y } of drawn.misses) offer({ x, y }, { what: { kind: 'miss', miss }, clicks: true })
  for (const { pivot, formedX, knownX, y } of drawn.pivots) {
    offer({ x: formedX, y }, { what: { kind: 'formed', pivot }, clicks: false })
    offer({ x: knownX, y }, { what: { kind: 'known', pivot }, clicks: false })
  }
  return found
}
