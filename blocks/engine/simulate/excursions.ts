// What a trade has seen: its best and worst prices, as sizes from the average of their moment (semantics.md S29, S46).
import type { Price } from '../../kit/brand'
import type { Position } from './state'

/** Most favourable and most adverse price of a minute or a stretch, and its worst close of the mark. */
export interface Seen {
  readonly best: Price
  readonly worst: Price
  readonly mark: Price
}

/**
 * Widens the excursions to a price that the trade has seen. The share is compared as a share: it grows with the move, so
 * the extreme of a stretch alone leaves what each of its prices in turn would.
 */
export const stretch = (position: Position, price: Price): void => {
  const move = position.side * (price - position.average)
  const share = move / position.average
  if (move > 0) {
    if (move > position.mfeMove) position.mfeMove = move
    if (share > position.mfeShare) position.mfeShare = share
  } else {
    if (-move > position.maeMove) position.maeMove = -move
    if (-share > position.maeShare) position.maeShare = -share
  }
}

export const see = (position: Position, { best, worst, mark }: Seen): void => {
  const { side } = position
  stretch(position, worst)
  stretch(position, best)
  if (side * (best - position.bestExtreme) > 0) position.bestExtreme = best
  if (side * (mark - position.worstMark) < 0) position.worstMark = mark
}
