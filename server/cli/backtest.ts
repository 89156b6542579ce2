// `playloom backtest` and `playloom verify`: run Plays on stored bars, report, and run a stored report again.
import type { Command } from 'commander'
import { type Comparison, checkReport, compareReports } from '../../blocks/engine/report/compare'
import type { Report } from '../../blocks/engine/report/document'
import { tradesCsv } from '../../blocks/engine/report/tradesCsv'
import type { DecisionRecord } from '../../blocks/engine/simulate/desk'
import { act, addCommand, type Surroundings, type World } from './command'
import { compute, type Place } from './compute'
import { readText, writeWhole } from './files'
import { isPlayId, runRecord, verifyRecord } from './recordRun'
import type { RemoteOptions } from './remote'
import { renderComparison } from './render/comparison'
import { renderReport } from './render/report'
import { isRunId } from './run'
import { blockTexts, playTexts } from './running'
import { addRunOptions, type RunOptions, requestOf } from './runOptions'
import { Answered, problemOf, Stop, usage } from './stop'
import { rerunOf } from './storedReport'
import { timeOption, timeText } from './times'

interface BacktestOptions extends RunOptions, RemoteOptions {
  readonly trace?: number
  readonly trades?: string
}

const traceText = (trace: readonly DecisionRecord[], ms: number): string => {
  const lines = trace.map(({ instrument, did, side, setup, reason, node }) => {
    const why = [reason, node === null ? null : `node ${node}`].filter((part) => part !== null).join(', ')
    return `  ${instrument}  ${did} ${side}${setup === null ? '' : ` ${setup}`}${why === '' ? '' : `: ${why}`}`
  })
  return [`Decisions at ${timeText(ms)}`, ...(lines.length > 0 ? lines : ['  none']), ''].join('\n')
}

const saveTrades = async (path: string | undefined, report: Report, { shell }: Surroundings): Promise<void> => {
  if (path === undefined) return
  await writeWhole(path, tradesCsv(report))
  shell.say(`${report.trades.length} trades written to ${path}`)
}

/** A Play that a server keeps, run there for the record. */
const runKept = async (id: string, { options, world, around }: Place & { options: BacktestOptions }): Promise<void> => {
  if (options.blocks !== undefined) throw usage('--blocks needs a file: a kept Play uses the Blocks of its server')
  if (options.trace !== undefined) throw usage('--trace needs a file: a run of record keeps no single decisions')
  const request = await requestOf(options)
  const report = await runRecord(id, { request, options, world }, around)
  await saveTrades(options.trades, report, around)
  around.shell.answer(report, renderReport(report, around.shell.style))
}

const runBacktest = async (
  files: readonly string[],
  place: Place & { readonly options: BacktestOptions },
): Promise<void> => {
  const { options, around } = place
  const { shell } = around
  const [only] = files
  if (options.local !== true && files.length === 1 && only !== undefined && isPlayId(only)) return runKept(only, place)
  const request = await requestOf(options)
  const plays = await playTexts(files)
  const traceAt = options.trace
  const blocks = await blockTexts(options.blocks)
  const report = await compute(
    'backtest',
    { ...request, plays, blocks, ...(traceAt === undefined ? {} : { traceAt }) },
    place,
  )
  await saveTrades(options.trades, report, around)
  const traced = traceAt === undefined ? '' : `${traceText(report.trace ?? [], traceAt)}\n`
  shell.answer(report, `${traced}${renderReport(report, shell.style)}`)
}

/** Reports of a few thousand trades have a megabyte; this is far beyond the largest. */
const maxReportBytes = 256 * 1024 * 1024

const compared = (stored: Report, fresh: Report, file: string): Comparison => {
  try {
    const altered = checkReport(stored)
    if (altered.length > 0) return { identical: false, differences: altered }
    return compareReports(stored, fresh)
  } catch (error) {
    // A file that has the keys of a report but not its contents: its fault, told as such.
    const why = error instanceof Error ? error.message : String(error)
    throw new Stop('problems', `${file} is not a whole report`, [
      { ...problemOf('not_a_report', `${file} is not a whole report: ${why}`), where: { file } },
    ])
  }
}

type VerifyOptions = RemoteOptions & { readonly local?: boolean }

const verify = async (file: string, place: Place & { readonly options: VerifyOptions }): Promise<void> => {
  const { options, world, around } = place
  if (options.local !== true && isRunId(file)) return verifyRecord(file, { options, world }, around)
  const { report, ask } = rerunOf(await readText(file, maxReportBytes), file)
  const { documents: _, blocks: __, ...fresh } = await compute('backtest', ask, place)
  const comparison = compared(report, fresh, file)
  around.shell.answer(comparison, renderComparison(comparison, around.shell.style))
  if (!comparison.identical) throw new Answered('problems')
}

export const addBacktestCommands = (program: Command, world: World): void => {
  const running = addRunOptions(
    addCommand(program, {
      name: 'backtest <plays...>',
      summary:
        'run Plays on stored bars, in one wallet in the order given, or a kept Play by its id, and print the report',
      examples: [
        'backtest ema_pullback.yaml --from 2023-01-01 --to 2024-01-01 --proxy main=binance:BTCUSDT',
        'backtest cross.yaml --local --market main=synthetic:BTCUSDT.P --set fast=13 --json',
      ],
    }),
  )
    .option('--trace <time>', 'also say what was decided at that close', timeOption('--trace'))
    .option('--trades <file>', 'write the closed trades as CSV')
  act<BacktestOptions>(running, world, ({ args, options }, around) => runBacktest(args, { options, world, around }))

  const verifying = addCommand(program, {
    name: 'verify <run>',
    summary: 'run a run of a server, or the JSON report of a backtest, again and say identical, or what differs',
    examples: ['verify report.json', 'verify 019a5d3e-6c1f-7b7e-9d50-0c2f5a4be111'],
  }).option('--local', 'run here, on the data of DATA_DIR, without a server')
  act<VerifyOptions>(verifying, world, ({ args: [file = ''], options }, around) =>
    verify(file, { options, world, around }),
  )
}
