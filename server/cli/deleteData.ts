// `playloom data delete`: series out of the store, after it was said what is lost with them.
import { type Command, Option } from 'commander'
import { isTimeframe, timeframes } from '../../blocks/kit/timeframe'
import { type Removal, type RemoveAsk, removableKinds } from '../run/data/removeSeries'
import { addCommand, type World } from './command'
import { actOnData, type Doing } from './dataPlace'
import { thousands } from './dataText'
import type { DataOptions } from './dataWork'
import { Answered, usage } from './stop'
import { timeText } from './times'

interface DeleteOptions extends DataOptions {
  readonly kind?: NonNullable<RemoveAsk['kind']>
  readonly tf?: string
  readonly dryRun?: boolean
  readonly yes?: boolean
}

const counted = (n: number, word: string): string => `${thousands(n)} ${word}${n === 1 ? '' : 's'}`

const usesText = ({ uses }: Removal): readonly string[] => {
  if (uses === null) return ['Which runs of record stand on it is not known: no database is named (DATABASE_URL).']
  const { runs, runCount, plays } = uses
  if (runCount + plays.length === 0) return ['No run of record and no Play stands on it.']
  return [
    `${counted(runCount, 'run')} of record ${runCount === 1 ? 'keeps its report and' : 'keep their reports and'} cannot be computed again:`,
    ...runs.map(({ id, title, createdMs }) => `  ${title}, ${timeText(createdMs)} (${id})`),
    ...(runCount > runs.length ? [`  and ${counted(runCount - runs.length, 'older run')}`] : []),
    ...plays.map(({ title }) => `The Play ${title} names it.`),
  ]
}

const removalText = (removal: Removal): string => {
  const { series, bytes, dryRun } = removal
  const head = dryRun ? 'Would be deleted' : 'Deleted'
  return [
    `${head}: ${thousands(series.length)} series, ${thousands(Math.ceil(bytes / 1024))} KiB`,
    ...series.map(({ instrument, kind, tf, rows, sha256 }) => {
      const name = [instrument, kind, tf].filter((part) => part !== null).join(' ')
      return `  ${name}: ${rows === null ? 'damaged' : counted(rows, 'row')}${sha256 === null ? '' : `, sha256 ${sha256.slice(0, 12)}`}`
    }),
    ...usesText(removal),
  ].join('\n')
}

const run = async (instrument: string, options: DeleteOptions, { data, shell }: Doing): Promise<void> => {
  const { kind, tf, dryRun = false, yes = false } = options
  if (tf !== undefined && !isTimeframe(tf))
    throw usage(`--tf ${tf}: not a timeframe`, `One of ${timeframes.join(', ')}.`)
  const removal = await data.remove({ instrument, kind, tf, dryRun: dryRun || !yes })
  shell.answer(removal, removalText(removal))
  if (dryRun || yes) return
  shell.complain('Nothing was deleted: say --yes to delete it.')
  throw new Answered('refused')
}

export const addDelete = (data: Command, world: World): void => {
  const command = addCommand(data, {
    name: 'delete <instrument>',
    summary: 'take series out of the store, after saying which runs and Plays stand on them',
    examples: ['data delete binance:BTCUSDT.P --dry-run', 'data delete binance:BTCUSDT --kind klines --tf 5m --yes'],
  })
    .addOption(new Option('--kind <kind>', 'of its series only these').choices([...removableKinds]))
    .option('--tf <timeframe>', 'of these only this one')
    .option('--dry-run', 'say what would go and leave everything')
    .option('--yes', 'do it')
  actOnData<DeleteOptions>(command, world, ({ args: [instrument = ''], options }, doing) =>
    run(instrument, options, doing),
  )
}
