// One series: its figures, its gaps on a line of time, what is odd about it, its files and where its rows come from.
'use client'
import { skipToken, useQuery } from '@tanstack/react-query'
import { ChevronRight, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { isTimeframe, tfMs } from '../../blocks/kit/timeframe'
import { useApi } from '../ApiProvider'
import { bytesText, countText } from '../home/sizes'
import { Button } from '../ui/Button'
import { Fault } from '../ui/Fault'
import { Panel } from '../ui/Panel'
import { SkeletonLines } from '../ui/Skeleton'
import { sentence } from '../ui/sentence'
import { ThemeToggle } from '../ui/ThemeToggle'
import { marketWord, venueOf } from '../workbench/markets'
import { Bar, Shell } from '../workbench/Shell'
import type { SeriesDetail, SeriesKey } from './api'
import { DeleteDialog } from './DeleteDialog'
import { DownloadList } from './DownloadList'
import { FilesPanel } from './FilesPanel'
import { GapsPanel } from './GapsPanel'
import { QualityPanel } from './QualityPanel'
import { lengthText, seriesWord, timeText } from './rows'
import { SourcesPanel } from './SourcesPanel'
import { useDownloads } from './useDownloads'

export interface SeriesPageProps {
  readonly instrument: string
  readonly kind: string
  readonly tf: string | null
}

/** Null: the address names nothing that a series could be. What kinds there are is the server's word. */
const keyOf = ({ instrument, kind, tf }: SeriesPageProps): SeriesKey | null =>
  (tf !== null && !isTimeframe(tf)) || !/^[a-z-]+$/.test(kind)
    ? null
    : { instrument, kind: kind as SeriesKey['kind'], tf }

const Top = ({ instrument, kind, tf, children }: SeriesPageProps & { children?: ReactNode }) => (
  <Bar>
    <nav aria-label="Where you are" className="flex min-w-0 items-center gap-1 text-13">
      <Link href="/data" className="rounded-chip text-2 hover:text-1 hover:underline">
        Data
      </Link>
      <ChevronRight size={14} className="flex-none text-3" aria-hidden />
      <h1 className="truncate font-semibold text-1">{`${marketWord(instrument)}, ${seriesWord({ kind, tf })}`}</h1>
      <span className="ml-1 text-11 text-3 max-md:hidden">{venueOf(instrument)}</span>
    </nav>
    <span className="ml-auto flex items-center gap-2">
      {children}
      <ThemeToggle />
    </span>
  </Bar>
)

const Figure = ({ label, value, note }: { label: string; value: string; note?: string | undefined }) => (
  <div className="min-w-0 px-3 py-2">
    <dt className="truncate text-11 leading-4 text-3">{label}</dt>
    <dd className="truncate text-13 leading-5 font-semibold text-1 tabular-nums">{value}</dd>
    <dd className="truncate text-11 leading-4 text-3 tabular-nums">{note ?? ' '}</dd>
  </div>
)

const leftOut = (skipped: Readonly<Record<string, number | undefined>>): number =>
  Object.values(skipped).reduce<number>((sum, n) => sum + (n ?? 0), 0)

const Figures = ({ detail: { info, bytes, files } }: { detail: SeriesDetail }) => {
  if (info === null) return null
  const skipped = leftOut(info.skipped)
  return (
    <dl className="grid flex-none grid-cols-6 divide-x divide-line-1 overflow-hidden rounded-card border border-line-1 bg-panel max-lg:grid-cols-3 max-md:grid-cols-2 max-lg:divide-x-0">
      <Figure label="From, UTC" value={timeText(info.fromMs)} />
      <Figure label="To, UTC" value={timeText(info.toMs)} />
      <Figure
        label={rowsWords[info.kind] ?? 'Values'}
        value={countText(info.rows)}
        note={skipped === 0 ? 'none left out' : `${countText(skipped)} bad rows left out`}
      />
      <Figure
        label="Missing"
        value={info.tf === null ? '\u2013' : countText(info.missing)}
        note={
          info.tf === null
            ? 'it has no fixed interval'
            : `in ${countText(info.gaps)} ${info.gaps === 1 ? 'gap' : 'gaps'}`
        }
      />
      <Figure label="Repeated rows" value={countText(info.duplicates)} note="the same values, kept once" />
      <Figure
        label="Size"
        value={bytesText(bytes)}
        note={`${countText(files.length)} ${files.length === 1 ? 'file' : 'files'}, content ${info.sha256.slice(0, 8)}`}
      />
    </dl>
  )
}

const Damaged = ({ damage }: { damage: string }) => (
  <div className="flex-none">
    <Fault title="This series is damaged">
      <p>{sentence(damage)}</p>
      <p>No run reads it. What to do: delete it here, then download or import it again.</p>
    </Fault>
  </div>
)

/** What is on its way for this series, and the last that ended since the page was opened. */
const OwnDownloads = ({ detail: { instrument, kind, tf } }: { detail: SeriesDetail }) => {
  const { all } = useDownloads()
  const [openedMs] = useState(() => Date.now())
  const own = (all ?? []).filter(
    (now) =>
      now.instrument === instrument && now.kind === kind && now.tf === tf && (now.endedMs ?? Infinity) > openedMs,
  )
  if (own.length === 0) return null
  return (
    <div className="flex-none rounded-card border border-line-1 bg-panel p-3">
      <DownloadList downloads={own} />
    </div>
  )
}

/** Of figures that somebody publishes: when they are known, and for how long they count. */
const PublishedLine = ({ detail: { info } }: { detail: SeriesDetail }) => {
  const published = info?.published
  if (published === undefined) return null
  const { name, source, unit, delayMs, maxAgeMs } = published
  const known = delayMs === 0 ? 'at its stamp' : `${lengthText(delayMs)} after its stamp`
  return (
    <p className="flex-none rounded-card border border-line-1 bg-panel px-3 py-2 text-12 text-2">
      <b className="font-semibold text-1">{name}</b>
      {` in ${unit}, published by ${source}. A value is known ${known} and counts until ${lengthText(maxAgeMs)} after it.`}
    </p>
  )
}

const rowsWords: Readonly<Record<string, string>> = { klines: 'Bars', mark: 'Bars', funding: 'Settlements' }

const Whole = ({ detail }: { detail: SeriesDetail }) => {
  const { info } = detail
  return (
    <>
      <OwnDownloads detail={detail} />
      <PublishedLine detail={detail} />
      <Figures detail={detail} />
      {info !== null && info.tf !== null && <GapsPanel detail={detail} info={info} barMs={tfMs[info.tf]} />}
      <div className="grid min-h-0 flex-1 grid-cols-3 gap-3 max-xl:grid-cols-2 max-lg:flex-none max-lg:grid-cols-1">
        <QualityPanel detail={detail} />
        <FilesPanel detail={detail} />
        <SourcesPanel detail={detail} />
      </div>
    </>
  )
}

const Waiting = () => (
  <Panel card title="Series">
    <SkeletonLines lines={5} label="The series is on its way" />
  </Panel>
)

const NotThere = ({ message, again }: { message: string; again: (() => void) | null }) => (
  <Fault
    title="This series cannot be shown"
    action={
      <span className="flex gap-2">
        {again !== null && <Button onClick={again}>Try again</Button>}
        <Link href="/data" className="inline-flex h-7 items-center rounded-node px-2 text-12 text-1 hover:underline">
          To all data
        </Link>
      </span>
    }
  >
    {sentence(message)}
  </Fault>
)

export const SeriesPage = (props: SeriesPageProps) => {
  const key = keyOf(props)
  const router = useRouter()
  const [deleting, setDeleting] = useState(false)
  const api = useApi().data.series
  const { data, error, refetch } = useQuery(api.queryOptions(key ?? skipToken))
  const top = (
    <Top {...props}>
      {data !== undefined && (
        <Button onClick={() => setDeleting(true)}>
          <Trash2 size={14} aria-hidden />
          Delete
        </Button>
      )}
    </Top>
  )
  return (
    <Shell bar={top} at="data">
      <main className="flex min-h-0 flex-col gap-3 overflow-y-auto bg-app p-3">
        {key === null ? (
          <NotThere message="there is no kind of data or timeframe of this name" again={null} />
        ) : data !== undefined ? (
          <>
            {data.damage !== null && <Damaged damage={data.damage} />}
            <Whole detail={data} />
          </>
        ) : error !== null ? (
          <NotThere message={error.message} again={() => void refetch()} />
        ) : (
          <Waiting />
        )}
      </main>
      {key !== null && (
        <DeleteDialog
          what={deleting ? { instrument: key.instrument, key } : null}
          onClose={() => setDeleting(false)}
          onGone={() => router.push('/data')}
        />
      )}
    </Shell>
  )
}
