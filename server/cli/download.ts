// `playloom data download`: history of a venue into the store, by the worker of a server or by this process.
import type { Command } from 'commander'
import type { DownloadResult } from '../run/data/download'
import type { DownloadStep } from '../run/data/downloadRequest'
import { addCommand, type World } from './command'
import { actOnData, type Doing } from './dataPlace'
import { thousands } from './dataText'
import type { DataOptions } from './dataWork'
import { usage } from './stop'
import { timeOption, timeText } from './times'

interface DownloadOptions extends DataOptions {
  readonly kind?: string
  readonly tf?: string
  readonly from?: number
  readonly to?: number
}

const stepText = ({ label, rows, untilMs }: DownloadStep): string =>
  `${label}  ${thousands(rows)} rows to ${timeText(untilMs)}`

/** More holes than these are in the JSON. */
const holesShown = 5

const resultText = (
  instrument: string,
  { series, fromMs, toMs, added, pages, holes, notes, markets }: DownloadResult,
): string => {
  if (series === null)
    return `${instrument.split(':')[0]}: facts of ${thousands(markets)} markets as of ${timeText(fromMs)}`
  const name = [series.instrument, series.kind, series.tf].filter((part) => part !== null).join(' ')
  const more = holes.length - holesShown
  return [
    `${name}: ${thousands(added)} new rows in ${thousands(pages)} pages; nothing is missing from ${timeText(fromMs)} to ${timeText(toMs)}${holes.length > 0 ? ', but' : ''}`,
    ...holes
      .slice(0, holesShown)
      .map((hole) => `  the venue has none from ${timeText(hole.fromMs)} to ${timeText(hole.toMs)}`),
    ...(more > 0 ? [`  and in ${thousands(more)} more stretches (--json has them all)`] : []),
    ...notes.map((note) => `  ${note}`),
  ].join('\n')
}

const run = async (instrument: string, options: DownloadOptions, { data, shell }: Doing): Promise<void> => {
  const { kind, tf, from: fromMs, to: toMs } = options
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    throw usage('--from is not before --to: the range is empty')
  const progress = (step: DownloadStep): void => shell.progress({ label: stepText(step), share: step.share })
  const result = await data.download({ instrument, kind, tf, fromMs, toMs, progress })
  shell.answer({ instrument, kind: kind ?? 'klines', tf: tf ?? null, ...result }, resultText(instrument, result))
}

export const addDownload = (data: Command, world: World): void => {
  const command = addCommand(data, {
    name: 'download <instrument>',
    summary: "fetch a venue's history into the store; only what is missing is asked for",
    examples: [
      'data download binance:BTCUSDT.P --tf 1m --from 2024-01-01 --to 2024-07-01',
      'data download bybit:ETHUSDT.P --kind funding --from 2023-01-01',
    ],
  })
    .option('--tf <timeframe>', 'of the bars')
    .option('--from <time>', 'first moment, UTC (2024-01-01 or ISO to the minute)', timeOption('--from'))
    .option('--to <time>', 'end, itself not included; default: the last closed bar', timeOption('--to'))
    .option(
      '--kind <kind>',
      'klines (default), mark, funding, open-interest, long-short, or instruments: the filters of all its markets',
    )
  actOnData<DownloadOptions>(command, world, ({ args: [instrument = ''], options }, doing) =>
    run(instrument, options, doing),
  )
}
