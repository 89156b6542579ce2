// `playloom series` and `playloom explain`: the values of a node bar by bar, and one decision with its reasons.
import type { Command } from 'commander'
import type { Explanation, SeriesRows } from '../../blocks/engine/inspect'
import { act, addCommand, type World } from './command'
import { compute, type Place } from './compute'
import type { RemoteOptions } from './remote'
import { plain, table } from './render/table'
import { blockTexts, playTexts } from './running'
import { addRunOptions, type RunOptions, requestOf } from './runOptions'
import { usage } from './stop'
import { timeOption, timeText } from './times'

interface SeriesOptions extends RunOptions, RemoteOptions {
  readonly node: string
  readonly csv?: boolean
}

interface ExplainOptions extends RunOptions, RemoteOptions {
  readonly at: number
}

/** Lines joined by the thousand: a year of minutes is half a million of them. */
function* linesOf<T>(rows: readonly T[], line: (row: T) => string): Generator<string> {
  const atOnce = 4096
  for (let i = 0; i < rows.length; i += atOnce)
    yield rows
      .slice(i, i + atOnce)
      .map(line)
      .join('')
}

type Row = SeriesRows['rows'][number]
const valueText = (value: Row[1]): string => (value === null ? '' : String(value))
const csvLine = ([ms, value, known]: Row): string => `${ms},${valueText(value)},${known}\n`
const wordLine = ([ms, value, known]: Row): string => `${timeText(ms)}  ${known ? valueText(value) : 'unknown'}\n`

const runSeries = async (file: string, place: Place & { readonly options: SeriesOptions }): Promise<void> => {
  const { options, around } = place
  const { shell } = around
  if (shell.json && options.csv) throw usage('--json and --csv: choose one')
  const ask = {
    ...(await requestOf(options)),
    plays: await playTexts([file]),
    blocks: await blockTexts(options.blocks),
    node: options.node,
  }
  const found = await compute('series', ask, place)
  if (shell.json) shell.answer(found, '')
  else if (options.csv) shell.pour(['time_ms,value,known\n', ...linesOf(found.rows, csvLine)])
  else {
    shell.say(`${found.node}, ${found.tf} bars by their open, UTC`)
    shell.pour(linesOf(found.rows, wordLine))
  }
}

const decisionText = ({ did, side, setup, reason, node }: Explanation['decision']): string => {
  const what = [did, side, setup].filter((part) => part !== null).join(' ')
  const why = [reason, node === null ? null : `node ${node}`].filter((part) => part !== null).join(', ')
  return why === '' ? what : `${what}: ${why}`
}

const explainText = ({ timeMs, nodes, decision }: Explanation): string => {
  const rows = Object.entries(nodes).map(([path, { value, known }]) => [path, known ? String(value) : 'unknown'])
  const columns = [
    { head: 'node', align: 'left' },
    { head: 'value', align: 'left' },
  ] as const
  return [
    `Decision at the close of ${timeText(timeMs)} UTC: ${decisionText(decision)}`,
    '',
    ...table(plain, { columns, rows }),
  ].join('\n')
}

const runExplain = async (file: string, place: Place & { readonly options: ExplainOptions }): Promise<void> => {
  const { options, around } = place
  const ask = {
    ...(await requestOf(options)),
    plays: await playTexts([file]),
    blocks: await blockTexts(options.blocks),
    at: options.at,
  }
  const found = await compute('explain', ask, place)
  around.shell.answer(found, explainText(found))
}

export const addInspectCommands = (program: Command, world: World): void => {
  const values = addRunOptions(
    addCommand(program, {
      name: 'series <play>',
      summary: "print a node's values bar by bar, to hold them against another tool",
      examples: [
        'series cross.yaml --node fast --from 2023-01-01 --to 2023-02-01 --csv',
        'series ema_pullback.yaml --node swing.low_level --local --proxy main=binance:BTCUSDT --json',
      ],
    }),
  )
    .requiredOption('--node <id>', 'the node, with its output where it has several: atr, price.close')
    .option('--csv', 'comma-separated: Unix ms of the open, value (empty: unknown), known')
  act<SeriesOptions>(values, world, ({ args: [file = ''], options }, around) =>
    runSeries(file, { options, world, around }),
  )

  const moment = addRunOptions(
    addCommand(program, {
      name: 'explain <play>',
      summary: "say each node's value and verdict at one decision, what was decided and why",
      examples: [
        'explain cross.yaml --at 2023-03-01T12:00 --local --market main=synthetic:BTCUSDT.P',
        'explain ema_pullback.yaml --at 2023-03-01T10:15 --proxy main=binance:BTCUSDT --json',
      ],
    }),
  ).requiredOption('--at <time>', 'a decision close, or a moment after it, UTC', timeOption('--at'))
  act<ExplainOptions>(moment, world, ({ args: [file = ''], options }, around) =>
    runExplain(file, { options, world, around }),
  )
}
