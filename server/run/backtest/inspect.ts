// Use-cases beside a backtest: the values of a node, and the explanation of one moment.
import {
  type Explanation,
  explainAt,
  type SeriesRefusal,
  type SeriesRows,
  seriesRows,
} from '../../../blocks/engine/inspect'
import { isProblems, type PreparedSeat, prepareSeats } from '../../../blocks/engine/seats'
import type { Problem } from '../../../blocks/kit/problem'
import { Failure } from '../../core/failure'
import type { AskOf, RunAsk } from '../ports'
import type { RunPorts } from './ask'
import { typesByKey } from './backtest'
import { type Loaded, loadRun } from './load'

const seated = async (
  ask: RunAsk,
  ports: RunPorts,
): Promise<{ loaded: Loaded; seats: PreparedSeat[] } | Failure | Problem[]> => {
  const loaded = await loadRun(ask, ports)
  if (loaded instanceof Failure || Array.isArray(loaded)) return loaded
  const { workspace, settings, fromMs, toMs } = loaded
  const plays = loaded.plays.map(({ flat }) => flat)
  const seats = prepareSeats({ plays, workspace, types: typesByKey, settings, fromMs, toMs })
  return isProblems(seats) ? seats : { loaded, seats }
}

const sentence: Record<SeriesRefusal['refused'], (reference: string) => string> = {
  unknown_node: (reference) => `there is no node ${reference} in this Play as it runs`,
  unknown_output: (reference) => `${reference} is not one output with a value a bar`,
  trade_scope: (reference) => `${reference} exists only inside a trade: use explain at a moment of one`,
  role: (reference) => `${reference} is a role: it has no values, its inputs have`,
}

/** A node's values bar by bar, on the first symbol of the first Play. */
export const series = async (ask: AskOf<'series'>, ports: RunPorts): Promise<SeriesRows | Failure | Problem[]> => {
  const made = await seated(ask, ports)
  if (made instanceof Failure || Array.isArray(made)) return made
  const [first] = made.seats
  if (first === undefined) return new Failure('option_missing', 'no Play was given')
  const rows = seriesRows(first, ask.node, made.loaded)
  if (!('refused' in rows)) return rows
  const near = rows.names.slice(0, 40).join(', ')
  return new Failure(
    'option_wrong',
    sentence[rows.refused](ask.node),
    near === '' ? {} : { hint: `there are: ${near}` },
  )
}

/** What stood where at the last decision close at or before `at`, and what was decided. */
export const explain = async (ask: AskOf<'explain'>, ports: RunPorts): Promise<Explanation | Failure | Problem[]> => {
  const made = await seated(ask, ports)
  if (made instanceof Failure || Array.isArray(made)) return made
  const found = explainAt(made.seats, made.loaded, { atMs: ask.at, seat: 0 })
  return (
    found ??
    new Failure('range_empty', 'no decision of this run lies at or before that moment', {
      hint: 'choose a time inside the range of the run',
    })
  )
}
