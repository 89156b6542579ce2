// `playloom data import|download|delete|list|check|export`: market data of a server, or with --local of this machine.
import { type Command, Option } from 'commander'
import { isTimeframe, timeframes } from '../../blocks/kit/timeframe'
import { type ExportKind, exportKinds } from '../run/data/exportSeries'
import { importKinds } from '../run/data/importFiles'
import { addCommand, type World } from './command'
import { actOnData, type Doing } from './dataPlace'
import { checkText, importText, listText, thousands } from './dataText'
import type { DataOptions } from './dataWork'
import { addDelete } from './deleteData'
import { addDownload } from './download'
import { addRangeOptions } from './runOptions'
import { problemsText } from './shell'
import { Answered, usage } from './stop'

interface ImportOptions extends DataOptions {
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

const runImport = async (files: readonly string[], options: ImportOptions, { data, shell }: Doing): Promise<void> => {
  const { tf, interval, instrument, kind, layout, column, name, source, unit, delay, maxAge, skipBad = false } = options
  if (tf !== undefined && interval !== undefined && tf !== interval)
    throw usage(`--tf ${tf} and --interval ${interval} contradict each other`)
  const facts = { instrument, kind, layout, column, name, source, unit, delay, maxAge }
  const result = await data.import({ ...facts, files, tf: tf ?? interval, skipBad })
  shell.answer(result, importText(result))
}

const list = async ({ data, shell }: Doing): Promise<void> => {
  const { series, problems, dataDir } = await data.list()
  if (problems.length > 0) shell.complain(problemsText(problems))
  shell.answer(series, listText(series, dataDir))
}

const check = async (instrument: string | undefined, { data, shell }: Doing): Promise<void> => {
  const report = await data.check(instrument)
  shell.answer(report, checkText(report))
  for (const { message } of report.problems) shell.complain(message)
  if (report.problems.some(({ severity }) => severity === 'error')) throw new Answered('problems')
}

interface ExportOptions extends DataOptions {
  readonly kind?: ExportKind
  readonly tf?: string
  readonly from?: number
  readonly to?: number
  readonly out: string
  readonly format?: 'csv' | 'parquet'
}

const runExport = async (instrument: string, options: ExportOptions, { data, shell }: Doing): Promise<void> => {
  const { kind, tf, from: fromMs, to: toMs, out: path } = options
  if (tf !== undefined && !isTimeframe(tf))
    throw usage(`--tf ${tf}: not a timeframe`, `One of ${timeframes.join(', ')}.`)
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    throw usage('--from is not before --to: the range is empty')
  const format = options.format ?? (path.endsWith('.parquet') ? 'parquet' : 'csv')
  const { rows, synthetic, ...series } = await data.export({ instrument, kind, tf, fromMs, toMs, path, format })
  const answer = { path, format, rows, instrument, ...series, synthetic }
  shell.answer(answer, `${path}: ${thousands(rows)} rows of ${instrument}${synthetic ? ' (SYNTHETIC)' : ''}`)
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
  actOnData<ImportOptions>(command, world, ({ args, options }, doing) => runImport(args, options, doing))
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
  actOnData(listing, world, (_, doing) => list(doing))

  const checking = addCommand(data, {
    name: 'check [instrument]',
    summary: 'verify every stored byte and say what is odd: gaps, flat stretches, jumps',
    examples: ['data check binance:BTCUSDT', 'data check --json'],
  })
  actOnData(checking, world, ({ args: [instrument] }, doing) => check(instrument, doing))

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
  actOnData<ExportOptions>(exporting, world, ({ args: [instrument = ''], options }, doing) =>
    runExport(instrument, options, doing),
  )
}
