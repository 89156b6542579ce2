// The bar of a run: which version of which Play, on what; its faces, and what can be done with it.
'use client'
import { Ellipsis, FileJson, GitCompare, Link2, Sheet, Workflow } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { Report } from '../../blocks/engine/report/document'
import { tradesCsv } from '../../blocks/engine/report/tradesCsv'
import { useApiClient } from '../ApiProvider'
import { download } from '../document/file'
import { storage } from '../document/storage'
import { day, marketName, shortHash } from '../results/format'
import type { RecordApi } from '../results/record'
import { tradesFileName } from '../results/trades'
import type { RunRow } from '../runs/runs'
import { IconButton } from '../ui/IconButton'
import { Menu, type MenuEntry } from '../ui/Menu'
import { ModeBadge } from '../ui/ModeBadge'
import { notify } from '../ui/notify'
import { Segmented } from '../ui/Segmented'
import { ThemeToggle } from '../ui/ThemeToggle'
import { Bar } from '../workbench/Shell'
import { AgainButton } from './AgainButton'
import type { RunFace } from './face'
import { versionDocument } from './openVersion'

const faces = [
  { value: 'overview', label: 'Overview' },
  { value: 'trades', label: 'Trades' },
  { value: 'record', label: 'Record' },
] as const satisfies readonly { value: RunFace; label: string }[]

const tried = (what: string, work: () => Promise<void>): void => {
  work().catch((error: unknown) =>
    notify({ tone: 'error', text: what, detail: error instanceof Error ? error.message : String(error) }),
  )
}

const useEntries = (run: RunRow, report: Report): readonly MenuEntry[] => {
  const api: RecordApi = useApiClient()
  const router = useRouter()
  const { id, playVersionId } = run
  return [
    {
      label: 'Compare with the run before',
      icon: <GitCompare size={13} aria-hidden />,
      run: () =>
        tried('Not compared', async () => {
          const before = await api.run.previous.query({ id })
          if (before === null) throw new Error('This Play has no earlier run that ended well.')
          router.push(`/compare/${before}/${id}`)
        }),
    },
    {
      label: 'Open this version as a Play',
      icon: <Workflow size={13} aria-hidden />,
      disabled: playVersionId === null,
      run: () =>
        tried('Not opened', async () => {
          const copy = await (await storage()).create(await versionDocument(api, playVersionId ?? ''))
          router.push(`/play/${copy}`)
        }),
    },
    { kind: 'line' },
    {
      label: 'Copy the link',
      icon: <Link2 size={13} aria-hidden />,
      run: () =>
        tried('Not copied', async () => {
          await navigator.clipboard.writeText(window.location.href)
          notify({ tone: 'done', text: 'The link to this run was copied.' })
        }),
    },
    {
      label: 'Save the report as JSON',
      icon: <FileJson size={13} aria-hidden />,
      run: () =>
        tried('Not saved', async () =>
          download(`run-${shortHash(report.tradesHash)}.json`, await api.run.text.query({ id }), 'application/json'),
        ),
    },
    {
      label: 'Save the trades as CSV',
      icon: <Sheet size={13} aria-hidden />,
      run: () => download(tradesFileName(report), tradesCsv(report), 'text/csv'),
    },
  ]
}

const Tools = ({
  run,
  report,
  face,
  onFace,
}: {
  run: RunRow
  report: Report
  face: RunFace
  onFace: (face: RunFace) => void
}) => (
  <>
    <span className="text-11 text-3 max-lg:hidden">
      {`${run.markets.map(marketName).join(', ')}, ${run.tf ?? ''}, ${day(run.fromMs)} \u2013 ${day(run.toMs)}`}
    </span>
    <Segmented label="Face of the run" value={face} choices={faces} onValue={onFace} />
    <span className="max-md:hidden">
      <AgainButton id={run.id} report={report} />
    </span>
    <Menu align="end" entries={useEntries(run, report)}>
      <IconButton label="What to do with this run" icon={<Ellipsis size={15} aria-hidden />} />
    </Menu>
  </>
)

export interface RunBarProps {
  readonly run: RunRow | null
  readonly report: Report | null
  readonly face: RunFace
  readonly onFace: (face: RunFace) => void
}

export const RunBar = ({ run, report, face, onFace }: RunBarProps) => (
  <Bar>
    <nav aria-label="Where you are" className="flex min-w-12 items-center gap-1.5 text-13 text-3">
      <Link href="/runs" className="text-3 hover:text-1 max-lg:hidden">
        Runs
      </Link>
      <span aria-hidden className="max-lg:hidden">
        ›
      </span>
      {run !== null && (
        <>
          <Link href={`/play/${run.playId}`} className="truncate font-semibold text-1 hover:underline">
            {run.title}
          </Link>
          {run.version !== null && (
            <span className="flex-none rounded-chip border border-line-2 px-1 text-11 leading-4 text-2 max-md:hidden">{`v${run.version}`}</span>
          )}
        </>
      )}
    </nav>
    <span className="max-md:hidden">
      <ModeBadge mode="backtest" />
    </span>
    <span className="ml-auto flex items-center gap-2">
      {run !== null && report !== null && <Tools run={run} report={report} face={face} onFace={onFace} />}
      <ThemeToggle />
    </span>
  </Bar>
)
