// `playloom data download`: history of a venue into the store on this machine.
import type { Command } from 'commander'
import { type DownloadResult, type DownloadStep, download } from '../run/data/download'
import { openVenues } from '../wireVenues'
import { act, addCommand, type Manners, type Surroundings, type World } from './command'
import { thousands } from './dataText'
import { unwrap, usage } from './stop'
import { timeOption, timeText } from './times'
import { withData } from './withData'

interface DownloadOptions extends Manners {
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

const run = async (instrument: string, options: DownloadOptions, around: Surroundings): Promise<void> => {
  const { shell, signal, env } = around
  const { kind, tf, from: fromMs, to: toMs } = options
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    throw usage('--from is not before --to: the range is empty')
  const progress = (step: DownloadStep): void => shell.progress({ label: stepText(step), share: step.share })
  const venue = await openVenues(env)
  const request = { instrument, kind, tf, fromMs, toMs, signal, progress }
  const result = unwrap(await withData(around, ({ store }) => download(request, { store, venue })))
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
  act<DownloadOptions>(command, world, ({ args: [instrument = ''], options }, around) =>
    run(instrument, options, around),
  )
}
