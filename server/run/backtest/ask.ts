// The ports that every run of Plays is given.
import type { BarsPort, HashPort, Progress } from '../ports'

export interface RunPorts {
  readonly bars: BarsPort
  readonly hash: HashPort
  /** Milliseconds of a steady clock; for timing alone. */
  readonly now: () => number
  readonly progress?: Progress
}
