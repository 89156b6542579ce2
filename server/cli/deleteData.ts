// `playloom data delete`: series out of the store, after it was said what is lost with them.
import { type Command, Option } from 'commander'
import { isTimeframe, timeframes } from '../../blocks/kit/timeframe'
import { type Removal, type RemoveAsk, removableKinds, removeSeries } from '../run/data/removeSeries'
import { routeBars } from '../run/data/routeBars'
import type { Stores } from '../run/stores'
import { openStoresOf } from '../wire'
import { act, addCommand, type Manners, type Surroundings, type World } from './command'
import { thousands } from './dataText'
import { Answered, unwrap, usage } from './stop'
import { timeText } from './times'
import { withData } from './withData'

interface DeleteOptions extends Manners {
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

const recordsOf = async ({ env }: Surroundings): Promise<Stores | null> =>
  env.databaseUrl === null ? null : await openStoresOf(env)

const run = async (instrument: string, options: DeleteOptions, around: Surroundings): Promise<void> => {
  const { kind, tf, dryRun = false, yes = false } = options
  if (tf !== undefined && !isTimeframe(tf))
    throw usage(`--tf ${tf}: not a timeframe`, `One of ${timeframes.join(', ')}.`)
  const records = await recordsOf(around)
  try {
    const removal = unwrap(
      await withData(around, ({ store, frames, venues }) => {
        const ports = { store, frames, bars: routeBars(venues, store), records, actor: 'local' }
        return removeSeries({ instrument, kind, tf, dryRun: dryRun || !yes }, ports)
      }),
    )
    around.shell.answer(removal, removalText(removal))
    if (dryRun || yes) return
    around.shell.complain('Nothing was deleted: say --yes to delete it.')
    throw new Answered('refused')
  } finally {
    await records?.close()
  }
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
  act<DeleteOptions>(command, world, ({ args: [instrument = ''], options }, around) => run(instrument, options, around))
}
