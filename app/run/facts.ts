// What a run was made of, as lines of a table. Pure.
import type { Report } from '../../blocks/engine/report/document'
import { minus } from '../results/format'

export type Line = readonly [name: string, text: string]

/** A name of ours in words; names of markets stay as they are. */
const wordOf = (key: string): string =>
  !/^[a-z][A-Za-z_]*$/.test(key)
    ? key
    : key.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('_', ' ')

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value).replace('-', minus)
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  return JSON.stringify(value)
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every setting as it was run, by the path of its name; what is empty is left out. */
export const settingLines = (value: object, path = ''): readonly Line[] =>
  Object.entries(value).flatMap(([key, inner]): readonly Line[] => {
    const name = path === '' ? wordOf(key) : `${path}, ${wordOf(key)}`
    return isGroup(inner) ? settingLines(inner, name) : [[name, textOf(inner)]]
  })

/** Range stands in the head; markets and values of the Play come with what was run. */
export const settingsOf = ({ settings }: Report): readonly Line[] => {
  const { from: _, to: __, ...rest } = settings
  return settingLines(rest)
}

interface Results {
  readonly tradesHash: string | null
  readonly equityHash: string | null
}

/** The first of other runs of the same that came to something else: a bug. */
export const disagreeing = <T extends Results>(twins: readonly T[], own: Results): T | undefined =>
  twins.find(({ tradesHash, equityHash }) => tradesHash !== own.tradesHash || equityHash !== own.equityHash)

export const hashLines = ({ playHash, logicHash, settingsHash, tradesHash, equityHash }: Report): readonly Line[] => [
  ['Play', playHash],
  ['Logic', logicHash],
  ['Settings', settingsHash],
  ['Trades', tradesHash],
  ['Equity', equityHash],
]
