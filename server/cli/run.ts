// `playloom run list|show|compare|export`: runs of record on a server.
import type { Command } from 'commander'
import type { Report } from '../../blocks/engine/report/document'
import { tradesCsv } from '../../blocks/engine/report/tradesCsv'
import { act, addCommand, type World } from './command'
import { writeWhole } from './files'
import { noSuch } from './follow'
import { type RemoteOptions, withRemote } from './remote'
import { renderReport } from './render/report'
import { renderCompared, renderRuns, whyText } from './render/runs'
import { usage } from './stop'

export const isRunId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

const idOf = (text: string | undefined): string => {
  if (text === undefined || !isRunId(text)) throw usage(`${text ?? ''}: not the id of a run`, 'run list names them.')
  return text.toLowerCase()
}

interface ListOptions extends RemoteOptions {
  readonly play?: string
  readonly most?: string
}

const mostOf = (text = '20'): number => {
  const most = Number(text)
  if (!Number.isInteger(most) || most < 1 || most > 500) throw usage(`--most ${text}: a whole number from 1 to 500`)
  return most
}

const addList = (run: Command, world: World): void => {
  const command = addCommand(run, {
    name: 'list',
    summary: 'runs of all Plays or of one, newest first, with what came of each',
    examples: ['run list', 'run list --play 4f1c02ab --most 100 --json'],
  })
    .option('--play <id>', 'of this Play alone')
    .option('--most <n>', 'how many; default: 20')
  act<ListOptions>(command, world, async ({ options }, { shell }) => {
    const most = mostOf(options.most)
    const rows = await withRemote(options, world, (remote) =>
      remote.run.list.query({ playId: options.play ?? null, before: null, most }),
    )
    shell.answer(rows, renderRuns(rows, shell.style))
  })
}

const addShow = (run: Command, world: World): void => {
  const command = addCommand(run, {
    name: 'show <id>',
    summary: 'one run: its state, or the report of what came of it',
    examples: ['run show 019a5d3e-6c1f-7b7e-9d50-0c2f5a4be111', 'run show 019a5d3e-6c1f-7b7e-9d50-0c2f5a4be111 --json'],
  })
  act<RemoteOptions>(command, world, async ({ args, options }, { shell }) => {
    const id = idOf(args[0])
    await withRemote(options, world, async (remote) => {
      const row = await remote.run.get.query({ id })
      if (row === null) throw noSuch(`there is no run ${id}`, 'run list names those that there are')
      if (row.state !== 'done') {
        const step = row.progress === null ? '' : `, ${row.progress.label} ${Math.floor(100 * row.progress.share)} %`
        shell.answer(row, `${row.title}: ${row.state}${step}\n${whyText(row)}`.trimEnd())
        return
      }
      const report: Report = await remote.run.report.query({ id })
      shell.answer(row, renderReport(report, shell.style))
    })
  })
}

const addCompare = (run: Command, world: World): void => {
  const command = addCommand(run, {
    name: 'compare <before> <after>',
    summary: 'two runs: what was changed, figures side by side, trades gained, lost and changed',
    examples: ['run compare <before> <after>', 'run compare <before> <after> --json'],
  })
  act<RemoteOptions>(command, world, async ({ args, options }, { shell }) => {
    const ids = { before: idOf(args[0]), after: idOf(args[1]) }
    const compared = await withRemote(options, world, (remote) => remote.run.compare.query(ids))
    shell.answer(compared, renderCompared(compared, shell.style))
  })
}

interface ExportOptions extends RemoteOptions {
  readonly out?: string
  readonly trades?: string
}

const addExport = (run: Command, world: World): void => {
  const command = addCommand(run, {
    name: 'export <id>',
    summary: 'the report of a run as JSON, byte for byte as it is kept',
    examples: ['run export <id> --out report.json', 'run export <id> --trades trades.csv > report.json'],
  })
    .option('--out <file>', 'the file to write; default: stdout')
    .option('--trades <file>', 'also write the closed trades as CSV')
  act<ExportOptions>(command, world, async ({ args, options }, { shell }) => {
    const id = idOf(args[0])
    const { out, trades } = options
    const text = await withRemote(options, world, (remote) => remote.run.text.query({ id }))
    if (trades !== undefined) await writeWhole(trades, tradesCsv(JSON.parse(text) as Report))
    if (out === undefined) {
      shell.pour([text])
      return
    }
    await writeWhole(out, text)
    shell.answer({ path: out, bytes: Buffer.byteLength(text) }, `${out}: the report of run ${id}`)
  })
}

export const addRunCommands = (program: Command, world: World): void => {
  const run = program
    .command('run')
    .helpCommand(false)
    .summary('list, show, compare and export the runs that a server keeps')
    .description('Runs of record.')
  for (const add of [addList, addShow, addCompare, addExport]) add(run, world)
}
