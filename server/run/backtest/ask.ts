// What a caller asks of a run, and the ports that it is given.
import type { Settings } from '../../../blocks/engine/settings'
import type { BlockLookup } from '../../../blocks/play/check/blocks'
import type { Scalar } from '../../../blocks/play/tree'
import type { BarsPort, HashPort, Progress } from '../ports'

export interface PlayText {
  /** Named in problems. */
  readonly file: string
  readonly text: string
}

export interface RunAsk {
  /** Wallet order. */
  readonly plays: readonly PlayText[]
  /** [from, to), Unix ms; absent: the first bar, and the lockbox line. */
  readonly from?: number
  readonly to?: number
  /** Instruments in place of the Play's own, by market name. */
  readonly markets: Readonly<Record<string, readonly string[]>>
  /** Instruments that lend their bars, by market name. */
  readonly proxies: Readonly<Record<string, string>>
  /** Other values of parameters. */
  readonly sets: Readonly<Record<string, Scalar>>
  readonly settings: Settings
}

export interface RunPorts {
  readonly bars: BarsPort
  readonly hash: HashPort
  /** Milliseconds of a steady clock; for timing alone. */
  readonly now: () => number
  readonly blocks?: BlockLookup
  readonly progress?: Progress
}
