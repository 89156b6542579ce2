// `playloom data import|download|delete|list|check|export`: market data on this machine.
import { type Command, Option } from 'commander'
import { isTimeframe, timeframes } from '../../blocks/kit/timeframe'
import { checkSeries } from '../run/data/checkSeries'
import { type ExportKind, exportKinds, exportSeries } from '../run/data/exportSeries'
import { importFiles, importKinds } from '../run/data/importFiles'
import { listSeries } from '../run/data/listSeries'
import { routeBars } from '../run/data/routeBars'
import { act, addCommand, type Manners, type Surroundings, type World } from './command'
import { checkText, importText, listText, thousands } from './dataText'
import { addDelete } from './deleteData'
import { addDownload } from './download'
import { addRangeOptions } from './runOptions'
import { problemsText } from './shell'
import { Answered, unwrap, usage } from './stop'
import { withData } from './withData'

interface ImportOptions extends Manners {
  readonly instrument?: string
  readonly kind?: string
  readonly tf?: string
  readonly interval?: string
  readonly layout?: 'ohlcv'
  readonly column?: string
  readonly name?: string
  readonly source?: string
  readonly unit?: string
  readonly delay?: string
  readonly maxAge?: string
  readonly skipBad?: boolean
}

const runImport = async (files: readonly string[], options: ImportOptions, around: Surroundings): Promise<void> => {
  const { shell, signal } = around
  const { tf, interval } = options
  if (tf !== undefined && interval !== undefined && tf !== interval)
    throw usage(`--tf ${tf} and --interval ${interval} contradict each other`)
  const request = { ...options, files, tf: tf ?? interval, signal, progress: shell.progress }
  const result = unwrap(await withData(around, (ports) => importFiles(request, ports)))
  shell.answer(result, importText(result))
}

const list = async (around: Surroundings): Promise<void> => {
  const { series, problems } = await withData(around, ({ store }) => listSeries(store))
  if (problems.length > 0) around.shell.complain(problemsText(problems))
  around.shell.answer(series, listText(series, around.env.dataDir))
}

const check = async (instrument: string | undefined, around: Surroundings): Promise<void> => {
  const report = unwrap(await withData(around, ({ store }) => checkSeries(instrument, store)))
  around.shell.answer(report, checkText(report))
  for (const { message } of report.problems) around.shell.complain(message)
  if (report.problems.some(({ severity }) => severity === 'error')) throw new Answered('problems')
}

interface ExportOptions extends Manners {
  readonly kind?: ExportKind
  readonly tf?: string
  readonly from?: number
  readonly to?: number
  readonly out: string
  readonly format?: 'csv' | 'parquet'
}

const runExport = async (instrument: string, options: ExportOptions, around: Surroundings): Promise<void> => {
  const { kind, tf, from: fromMs, to: toMs, out: path } = options
  if (tf !== undefined && !isTimeframe(tf))
    throw usage(`--tf ${tf}: not a timeframe`, `One of ${timeframes.join(', ')}.`)
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    throw usage('--from is not before --to: the range is empty')
  const format = options.format ?? (path.endsWith('.parquet') ? 'parquet' : 'csv')
  const request = { instrument, kind, tf, fromMs, toMs, path, format }
  const { rows, series } = unwrap(
    await withData(around, ({ store, venues, tables }) =>
      exportSeries(request, { bars: routeBars(venues, store), tables }),
    ),
  )
  const answer = { path, format, rows, instrument, kind: series.kind, tf: series.tf, synthetic: series.synthetic }
  around.shell.answer(
    answer,
    `${path}: ${thousands(rows)} rows of ${instrument}${series.synthetic ? ' (SYNTHETIC)' : ''}`,
  )
}

const addImport = (data: Command, world: World): void => {
  const command = addCommand(data, {
    name: 'import <files...>',
    summary: 'read bars, funding, published figures or market facts into the store; one bad row refuses its file',
    examples: [
      'data import BTCUSDT-1m-2023-*.zip --instrument binance:BTCUSDT',
      'data import fng.csv --kind series --name fear_greed --source alternative.me --unit index --delay 1h --max-age 2d',
    ],
  })
    .option('--instrument <id>', 'whose data they are (venue:SYMBOL, .P for a perpetual), where the files do not tell')
    .option('--kind <kind>', `${importKinds.join(', ')}, where the files do not tell`)
    .option('--tf <timeframe>', 'of the bars, where the files do not tell')
    .option('--interval <timeframe>', 'the same, of published figures; none: a series without a grid')
    .option('--name <name>', 'what a series is: fear_greed, btc')
    .option('--source <source>', 'who published it: coinmetrics, alternative.me')
    .option('--unit <unit>', 'of its values; of open interest: base, USD')
    .option('--delay <time>', 'from the stamp of a value to the moment when it could be read: 1h, 48h')
    .option('--max-age <time>', 'from the stamp of a value to the moment when it says nothing any more: 3d')
    .option('--column <column>', 'of a table of several series, the one to take; default: all')
    .addOption(
      new Option('--layout <layout>', 'of a table without a header: open_time, open, high, low, close, volume').choices(
        ['ohlcv'],
      ),
    )
    .option('--skip-bad', 'take the good rows of bad files; what is left out is counted in every later report')
  act<ImportOptions>(command, world, ({ args, options }, around) => runImport(args, options, around))
}

export const addDataCommands = (program: Command, world: World): void => {
  const data = program
    .command('data')
    .helpCommand(false)
    .summary('import, download, delete, list, check and export market data')
    .description('Market data.')
  addImport(data, world)
  addDownload(data, world)
  addDelete(data, world)

  const listing = addCommand(data, {
    name: 'list',
    summary: 'what is stored: range, rows, gaps, hash and quality of each series',
    examples: ['data list', 'data list --json'],
  })
  act(listing, world, (_, around) => list(around))

  const checking = addCommand(data, {
    name: 'check [instrument]',
    summary: 'verify every stored byte and say what is odd: gaps, flat stretches, jumps',
    examples: ['data check binance:BTCUSDT', 'data check --json'],
  })
  act(checking, world, ({ args: [instrument] }, around) => check(instrument, around))

  const exporting = addRangeOptions(
    addCommand(data, {
      name: 'export <instrument>',
      summary: 'write a series as one CSV or Parquet file, times in Unix ms UTC',
      examples: [
        'data export binance:BTCUSDT --tf 1m --from 2023-01-01 --to 2023-02-01 --out january.csv',
        'data export synthetic:BTCUSDT.P --out synthetic.parquet',
      ],
    }),
  )
    .addOption(new Option('--kind <kind>', 'which of its series').choices(exportKinds))
    .option('--tf <timeframe>', 'of several, the one to take; default: the finest')
    .requiredOption('--out <file>', 'the file to write')
    .addOption(
      new Option('--format <format>', 'default: what the name of the file says, else csv').choices(['csv', 'parquet']),
    )
  act<ExportOptions>(exporting, world, ({ args: [instrument = ''], options }, around) =>
    runExport(instrument, options, around),
  )
}
