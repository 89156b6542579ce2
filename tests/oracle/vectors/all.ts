// Every hand-made vector. Run them against any simulator: differences(simulate(input), expected) is empty.
import type { Vector } from '../types'
import { decisionVectors } from './decisions'
import { holdingVectors } from './holding'
import { limitVectors } from './limits'
import { marginVectors } from './margins'
import { pathVectors } from './path'
import { priceVectors } from './prices'
import { setupVectors } from './setups'
import { sizeVectors } from './sizes'
import { trailVectors } from './trails'

export const allVectors: readonly Vector[] = [
  ...setupVectors,
  ...decisionVectors,
  ...pathVectors,
  ...priceVectors,
  ...trailVectors,
  ...holdingVectors,
  ...sizeVectors,
  ...marginVectors,
  ...limitVectors,
]
