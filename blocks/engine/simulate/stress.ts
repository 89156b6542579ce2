// How near a leveraged position came to liquidation: told by its worst mark close between changes of quantity or margin.
import { toPrice } from '../../kit/brand'
import type { Desk } from './desk'
import { maintenance } from './liquidation'
import type { Figures, Position } from './state'
import { unrealised } from './wallet'

export interface Stress {
  /** |mark - liquidation price| / mark, and margin balance / maintenance; infinite when there is nothing to tell. */
  readonly distance: number
  readonly ratio: number
}

const far = Number.POSITIVE_INFINITY
export const calm: Stress = { distance: far, ratio: far }

/** At one mark price, with this margin behind the position and this liquidation price. */
export const stressAt = (
  desk: Desk,
  position: Position,
  at: { mark: number; margin: number; liquidation: number },
): Stress => {
  if (desk.seat.instrument.kind === 'spot' || !Number.isFinite(at.mark)) return calm
  const reachable = at.liquidation > 0 && Number.isFinite(at.liquidation)
  const need = maintenance(desk, position.qty * at.mark)
  return {
    distance: reachable ? Math.abs(at.mark - at.liquidation) / at.mark : far,
    ratio: need > 0 ? at.margin / need : far,
  }
}

/** An isolated position at its worst mark since the last change: both measures only fall with the price. */
export const worstStress = (desk: Desk, position: Position): Stress =>
  stressAt(desk, position, {
    mark: position.worstMark,
    margin: position.margin + unrealised(position, position.worstMark),
    liquidation: position.liquidation,
  })

export const keepWorst = (figures: Figures, stress: Stress): void => {
  figures.closestLiquidation = Math.min(figures.closestLiquidation, stress.distance)
  figures.lowestMarginRatio = Math.min(figures.lowestMarginRatio, stress.ratio)
}

/** Before quantity or margin change. Cross margin is measured at every snapshot instead. */
export const noteStress = (desk: Desk, position: Position): void => {
  if (desk.sim.settings.margin === 'cross') return
  keepWorst(desk.sim.state.figures, worstStress(desk, position))
  position.worstMark = toPrice(position.side * far)
}
