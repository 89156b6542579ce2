// Stands a run at any of its decisions again: its state is kept at some minutes, and it goes on from the nearest.
import { decodeMemory, encodeMemory } from '../../kit/codec'
import { advance, decideNow } from '../simulate/advance'
import type { Sim } from '../simulate/desk'
import { begin, type SimulationInput } from '../simulate/simulate'
import type { State } from '../simulate/state'

/** Minutes of a run that are kept: a hundredth part of two years is walked again in a few milliseconds. */
const kept = 96

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

/** Where minutes lie, and what is kept of them. */
interface Stages {
  readonly originMs: number
  readonly stepMs: number
  readonly all: readonly Stage[]
}

export class Walk {
  private made: Stages | null = null
  private last: { readonly ms: number; readonly sim: Sim } | null = null

  constructor(private readonly input: SimulationInput) {}

  /** Made when it is first asked for: the whole run once more. */
  private get stages(): Stages {
    if (this.made !== null) return this.made
    const sim = begin(this.input)
    const { originMs, stepMs, endMinute } = sim
    const first = sim.state.minute
    const all: Stage[] = []
    for (let stage = 0; stage < kept; stage++) {
      advance(sim, first + Math.floor((stage * (endMinute - first)) / kept))
      all.push({ minute: sim.state.minute, text: textOf(sim.state) })
    }
    this.made = { originMs, stepMs, all }
    return this.made
  }

  /** The simulation before anything of `ms` has been done. */
  private standing(ms: number): { readonly sim: Sim; readonly minute: number } {
    const { originMs, stepMs, all } = this.stages
    const minute = Math.round((ms - originMs) / stepMs)
    const stage = all.findLast((one) => one.minute <= minute)
    const sim = begin(this.input, stage === undefined ? undefined : decodeMemory<State>(stage.text))
    advance(sim, minute)
    return { sim, minute }
  }

  /** The simulation when the decisions of `ms`, a close inside the run's range, have been made; to be read only. */
  at(ms: number): Sim {
    if (this.last?.ms === ms) return this.last.sim
    const { sim } = this.standing(ms)
    decideNow(sim)
    this.last = { ms, sim }
    return sim
  }

  /**
   * Minute by minute over [from, to): `see` looks at the end of each, before and after the decisions of that instant.
   * Nothing is decided twice: a desk passes over an instant at which it has decided.
   */
  along(
    { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
    see: (sim: Sim, ms: number) => void,
  ): void {
    const { sim, minute } = this.standing(fromMs)
    const end = Math.min(sim.endMinute, Math.ceil((toMs - sim.originMs) / sim.stepMs))
    for (let k = minute + 1; k <= end; k++) {
      const ms = sim.originMs + k * sim.stepMs
      advance(sim, k)
      see(sim, ms)
      decideNow(sim)
      see(sim, ms)
    }
  }
}
