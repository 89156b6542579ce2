// `backtest <play id>` and `verify <run id>`: runs of record, made by the worker of a server.

import { instrumentsOf } from '../../blocks/engine/dataset'
import { type Comparison, checkReport } from '../../blocks/engine/report/compare'
import type { Report } from '../../blocks/engine/report/document'
import type { Settings } from '../../blocks/engine/settings'
import { isTimeframe } from '../../blocks/kit/timeframe'
import { parseDocument } from '../../blocks/play/text/parse'
import type { PlayTree } from '../../blocks/play/tree'
import type { PageRun } from '../run/ports'
import type { Surroundings, World } from './command'
import { follow, noSuch } from './follow'
import { type Remote, type RemoteOptions, withRemote } from './remote'
import { renderComparison } from './render/comparison'
import type { RunRequest } from './runOptions'
import { Answered, Stop, usage } from './stop'

/** The Play as it was saved last, else its newest version. */
const documentOf = async (remote: Remote, id: string) => {
  const draft = await remote.play.draft.query({ id })
  if (draft !== null) return draft
  const [newest] = await remote.play.versions.query({ id })
  const version = newest === undefined ? null : await remote.play.version.query({ id: newest.id })
  if (version === null)
    throw noSuch(
      `the server knows no Play ${id}`,
      'name the id at the end of its address, or a file such as ./cross.yaml',
    )
  return version
}

const treeOf = (yaml: string, id: string): PlayTree => {
  const { tree, problems } = parseDocument(yaml, `Play ${id}`)
  if (tree !== undefined && 'play' in tree) return tree
  throw new Stop('problems', `Play ${id} is no whole Play as it was saved`, problems.length > 0 ? problems : undefined)
}

/** Bars of another instrument, by the instruments of the market that borrows them. */
const proxiesOf = ({ markets }: PlayTree, proxies: RunRequest['proxies']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(proxies).flatMap(([name, lender]) => {
      const own = markets[name]
      if (own === undefined) throw usage(`--proxy ${name}: the Play has no market of that name`)
      return [own].flat().map((instrument): [string, string] => [instrument, lender])
    }),
  )

/** A run of record says its range: what is left open is the first bar and the lockbox line, as everywhere. */
const rangeOf = async (
  remote: Remote,
  { tree, settings }: { readonly tree: PlayTree; readonly settings: Settings },
  { from, to }: Pick<RunRequest, 'from' | 'to'>,
): Promise<{ readonly fromMs: number; readonly toMs: number }> => {
  if (from !== undefined && to !== undefined) return { fromMs: from, toMs: to }
  if (!isTimeframe(tree.tf)) throw new Stop('problems', `The Play names no timeframe: ${tree.tf}`)
  const markets = Object.fromEntries(Object.entries(tree.markets).map(([name, market]) => [name, [market].flat()]))
  const { proxies, instruments, funding_gaps } = settings
  const { fromMs, toMs } = await remote.data.dataset.query({
    ...instrumentsOf([{ markets }]),
    tf: tree.tf,
    ...(from === undefined ? {} : { fromMs: from }),
    ...(to === undefined ? {} : { toMs: to }),
    settings: { proxies, instruments, funding_gaps },
  })
  return { fromMs, toMs }
}

const askOf = async (remote: Remote, tree: PlayTree, request: RunRequest): Promise<PageRun> => {
  const { markets, proxies, sets, settings } = request
  if (Object.keys(markets).length > 0)
    throw usage(
      '--market: a run of record runs the Play as it is kept',
      'Change its market on the page, or run its file.',
    )
  const own = { ...settings, proxies: { ...settings.proxies, ...proxiesOf(tree, proxies) } }
  return { tree, sets, settings: own, ...(await rangeOf(remote, { tree, settings: own }, request)) }
}

export const isPlayId = (text: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(text)

/** Runs a kept Play for the record; gives the report as it is kept. */
export const runRecord = (
  id: string,
  { request, options, world }: { readonly request: RunRequest; readonly options: RemoteOptions; readonly world: World },
  around: Surroundings,
): Promise<Report> =>
  withRemote(options, world, async (remote): Promise<Report> => {
    const { yaml, sidecar } = await documentOf(remote, id)
    const run = await askOf(remote, treeOf(yaml, id), request)
    const queued = await remote.run.queue.mutate({ playId: id, sidecar, run })
    around.shell.say(`run ${queued.id} of version ${queued.version}`)
    await follow(remote, queued.id, around)
    return remote.run.report.query({ id: queued.id })
  })

/** Runs it once more and says identical, or what differs. */
export const verifyRecord = (
  id: string,
  { options, world }: { readonly options: RemoteOptions; readonly world: World },
  around: Surroundings,
): Promise<void> =>
  withRemote(options, world, async (remote) => {
    const altered = checkReport((await remote.run.report.query({ id })) as Report)
    const tell = (comparison: Comparison): void => {
      around.shell.answer(comparison, renderComparison(comparison, around.shell.style))
      if (!comparison.identical) throw new Answered('problems')
    }
    if (altered.length > 0) return tell({ identical: false, differences: altered })
    const again = await remote.run.again.mutate({ id })
    around.shell.say(`run ${again.id}`)
    await follow(remote, again.id, around)
    tell(await remote.run.check.query({ first: id, second: again.id }))
  })
