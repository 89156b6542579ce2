// All keys of the page by the place where they act, for the help: the tables are those that the panels go by.
import { type CanvasAction, canvasKeys } from '../canvas/keys'
import { chartKeys } from '../chart/keys'
import { questionKeys, tradesKeys } from '../results/keys'
import { textKeys } from '../text/keys'
import { workbenchKeys } from '../workbench/keys'

export interface HelpKey {
  /** As KeyboardEvent.key; more than one: any of them. */
  readonly keys: readonly string[]
  readonly label: string
}

export interface KeyGroup {
  readonly title: string
  readonly keys: readonly HelpKey[]
}

/** Keys of one meaning stand in one row. */
const rowsOf = (table: readonly { readonly key: string; readonly label: string }[]): readonly HelpKey[] =>
  [...new Set(table.map(({ label }) => label))].map((label) => ({
    label,
    keys: table.filter((one) => one.label === label).map(({ key }) => key),
  }))

export const keyGroups: readonly KeyGroup[] = [
  { title: 'Everywhere', keys: rowsOf(workbenchKeys) },
  { title: 'Graph', keys: rowsOf(canvasKeys) },
  { title: 'Text', keys: rowsOf(textKeys) },
  { title: 'Chart', keys: rowsOf(chartKeys) },
  { title: 'Trades', keys: rowsOf(tradesKeys) },
  { title: 'While a trade or a bar is explained', keys: rowsOf(questionKeys) },
]

/** The key of a canvas action, as the table writes it. */
export const canvasKey = (action: CanvasAction): string | undefined =>
  canvasKeys.find((one) => one.action === action)?.key
