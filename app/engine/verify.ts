// A run of the page beside the same run of the server: what differs, by name.
import type { Report } from '../../blocks/engine/report/document'

export type Difference = readonly [name: string, here: string, there: string]

const hashes = ['playHash', 'logicHash', 'engine', 'settingsHash', 'tradesHash', 'equityHash'] as const

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

const facts = (report: Report): Map<string, string> => {
  const all = new Map<string, string>()
  for (const name of hashes) all.set(name, report[name])
  for (const { instrument, kind, tf, sha256 } of report.data)
    all.set([instrument, kind, tf].filter((part) => part !== null).join(' '), sha256)
  for (const [name, metric] of Object.entries(report.metrics)) all.set(name, shown(metric))
  return all
}

/** Causes (Play, settings, data) before effects (trades, equity, figures). */
export const differencesOf = (here: Report, there: Report): Difference[] => {
  const [own, other] = [facts(here), facts(there)]
  return [...new Set([...own.keys(), ...other.keys()])].flatMap((name): Difference[] => {
    const [a, b] = [own.get(name) ?? 'nothing', other.get(name) ?? 'nothing']
    return a === b ? [] : [[name, a, b]]
  })
}
