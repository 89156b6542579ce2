// What a trade has seen: its best and worst prices, as sizes from the average of their moment (semantics.md S29, S46).
import type { Price } from '../../kit/brand'
import type { Position } from './state'

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

export const seeWorst = stretch

export const seeBest = (position: Position, price: Price): void => {
  stretch(position, price)
  if (position.side * (price - position.bestExtreme) > 0) position.bestExtreme = price
}

export const seeMark = (position: Position, price: Price): void => {
  if (position.side * (price - position.worstMark) < 0) position.worstMark = price
}
