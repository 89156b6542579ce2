// Options that say how a run is made: range, markets, proxies, parameters, settings. Shared by every command that runs.
import type { Command } from 'commander'
import type { Settings } from '../../blocks/engine/settings'
import { readNumber } from '../../blocks/play/literal'
import type { Scalar } from '../../blocks/play/tree'
import { collect, type Manners } from './command'
import { bpsOption, numberOption, type SettingsOptions, settingsOf } from './settings'
import { usage } from './stop'
import { timeOption } from './times'

export interface RunOptions extends Manners, SettingsOptions {
  readonly local?: boolean
  readonly from?: number
  readonly to?: number
  readonly market?: readonly string[]
  readonly proxy?: readonly string[]
  readonly set?: readonly string[]
  readonly blocks?: readonly string[]
}

/** The run as asked for; times in Unix ms, [from, to). */
export interface RunRequest {
  readonly from?: number
  readonly to?: number
  /** Instruments by market name. */
  readonly markets: Readonly<Record<string, readonly string[]>>
  /** The instrument that lends its bars, by market name. */
  readonly proxies: Readonly<Record<string, string>>
  readonly sets: Readonly<Record<string, Scalar>>
  readonly settings: Settings
}

export const addRangeOptions = (command: Command): Command =>
  command
    .option(
      '--from <time>',
      'first moment, UTC (2024-01-01 or ISO to the minute); default: the first bar',
      timeOption('--from'),
    )
    .option('--to <time>', 'end, itself not included; default: the lockbox line, 80 % of the bars', timeOption('--to'))

export const blocksOption = [
  '--blocks <path>',
  'own Blocks that the Play uses: a document, or a folder of them',
  collect,
] as const

export const addRunOptions = (command: Command): Command =>
  addRangeOptions(command)
    .option('--market <name=instrument>', 'run a market of the Play on another instrument', collect)
    .option('--proxy <name=instrument>', 'borrow the bars of another instrument for signals and fills', collect)
    .option('--set <name=value>', "another value for one of the Play's parameters", collect)
    .option(...blocksOption)
    .option('--settings <file>', 'run settings, YAML or JSON')
    .option('--equity <usdt>', 'starting capital', numberOption('--equity'))
    .option('--fee-bps <bps>', 'maker and taker fee', bpsOption('--fee-bps'))
    .option('--maker-bps <bps>', 'maker fee', bpsOption('--maker-bps'))
    .option('--taker-bps <bps>', 'taker fee', bpsOption('--taker-bps'))
    .option('--slippage-bps <bps>', 'fixed slippage', numberOption('--slippage-bps'))
    .option('--latency-ms <ms>', 'time between decision and order', numberOption('--latency-ms'))
    .option('--margin <mode>', 'isolated or cross')
    .option('--funding-gaps <way>', 'refuse or mark')
    .option('--local', 'run here, on the data of DATA_DIR, without a server')

/** `name=value` pairs of one option; a name given twice or an empty half is wrong usage. */
const pairs = (option: string, list: readonly string[] = []): readonly (readonly [string, string])[] => {
  const seen = new Set<string>()
  return list.map((text) => {
    const at = text.indexOf('=')
    const name = text.slice(0, at)
    const value = text.slice(at + 1)
    if (at < 1 || value === '') throw usage(`${option} ${text}: not name=value`)
    if (seen.has(name)) throw usage(`${option} ${name} is given twice`)
    seen.add(name)
    return [name, value] as const
  })
}

/** As the document would read it: a plain decimal is a number, true and false are flags, the rest is text. */
const scalarOf = (text: string): Scalar => {
  const number = readNumber(text)
  if (number !== null) return number
  return text === 'true' ? true : text === 'false' ? false : text
}

export const requestOf = async (options: RunOptions): Promise<RunRequest> => {
  const { from, to } = options
  if (from !== undefined && to !== undefined && from >= to) throw usage('--from is not before --to: the range is empty')
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    markets: Object.fromEntries(pairs('--market', options.market).map(([name, ids]) => [name, ids.split(',')])),
    proxies: Object.fromEntries(pairs('--proxy', options.proxy)),
    sets: Object.fromEntries(pairs('--set', options.set).map(([name, value]) => [name, scalarOf(value)])),
    settings: await settingsOf(options),
  }
}
