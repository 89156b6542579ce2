// Two results of one Play on the same data that differ: a fault of the program, told so that it can be reported. Pure.
import { compareReports } from '../../blocks/engine/report/compare'
import type { Report } from '../../blocks/engine/report/document'
import { differencesOf } from '../engine/verify'

export interface Bug {
  /** Hashes and figures that differ: name, on the one side, on the other. */
  readonly rows: readonly (readonly [name: string, one: string, other: string])[]
  /** The first trade and the first day that differ, a sentence each. */
  readonly first: readonly string[]
  /** What to send, as text: hashes, what differs, and where; nothing of what the Play says. */
  readonly send: string
}

/** Names of the two sides, such as "page" and "server". */
export type Sides = readonly [one: string, other: string]

const where = /^(trades|equity)\[|^equity\.length$/

const hashesOf = ({ playHash, logicHash, settingsHash, engine, tradesHash, equityHash, range, data }: Report) => ({
  engine,
  playHash,
  logicHash,
  settingsHash,
  tradesHash,
  equityHash,
  range,
  data,
})

/** Null: every hash and figure is equal. */
export const bugOf = (one: Report, other: Report, sides: Sides): Bug | null => {
  const rows = differencesOf(one, other)
  const found = compareReports(one, other).differences
  const first = found.filter(({ what }) => where.test(what)).map(({ message }) => message)
  if (rows.length === 0 && first.length === 0) return null
  const said = { [sides[0]]: hashesOf(one), [sides[1]]: hashesOf(other), first, differences: rows }
  return { rows, first, send: JSON.stringify(said, null, 1) }
}
