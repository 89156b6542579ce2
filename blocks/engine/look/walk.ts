// Stands a run at any of its decisions again: its state is kept at some minutes, and it goes on from the nearest.
import { decodeMemory, encodeMemory } from '../../kit/codec'
import { advance, decideNow } from '../simulate/advance'
import type { Sim } from '../simulate/desk'
import { begin, type SimulationInput } from '../simulate/simulate'
import type { State } from '../simulate/state'

/** Minutes of a run that are kept: a thirty-second part of a year is walked again in a few milliseconds. */
const kept = 32

/** What the loop reads of a state: trades, ledger and samples of the time before are only read at the end. */
const textOf = (state: State): string =>
  encodeMemory({
    ...state,
    trades: [],
    wallet: { ...state.wallet, entries: [] },
    sampleMs: state.sampleMs.slice(-1),
    sampleEquity: state.sampleEquity.slice(-1),
  })

interface Stage {
  readonly minute: number
  readonly text: string
}

export class Walk {
  private made: readonly Stage[] | null = null

  constructor(private readonly input: SimulationInput) {}

  /** Made when it is first asked for: the whole run once more. */
  private get stages(): readonly Stage[] {
    if (this.made !== null) return this.made
    const sim = begin(this.input)
    const first = sim.state.minute
    const stages: Stage[] = []
    for (let stage = 0; stage < kept; stage++) {
      advance(sim, first + Math.floor((stage * (sim.endMinute - first)) / kept))
      stages.push({ minute: sim.state.minute, text: textOf(sim.state) })
    }
    this.made = stages
    return stages
  }

  /** The simulation when the decisions of `ms`, a close inside the run's range, have been made. */
  at(ms: number): Sim {
    const fresh = begin(this.input)
    const minute = Math.round((ms - fresh.originMs) / fresh.stepMs)
    const stage = this.stages.findLast((one) => one.minute <= minute)
    const sim = stage === undefined ? fresh : begin(this.input, decodeMemory<State>(stage.text))
    advance(sim, minute)
    decideNow(sim)
    return sim
  }
}
