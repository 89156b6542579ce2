// Market data on this machine: every series with its quality, what is on its way, and the disk.
'use client'
import { useQuery } from '@tanstack/react-query'
import { Database, Download, Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useApi } from '../ApiProvider'
import { DropTarget } from '../home/DropTarget'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { Fault } from '../ui/Fault'
import { Panel } from '../ui/Panel'
import { TextField } from '../ui/TextField'
import { PlainBar, Shell } from '../workbench/Shell'
import { AddFiles } from './AddFiles'
import type { Store } from './api'
import { DamageBand } from './DamageBand'
import { DeleteDialog } from './DeleteDialog'
import { DiskCard } from './DiskCard'
import { DownloadDialog } from './DownloadDialog'
import { DownloadsCard } from './DownloadsCard'
import { symbolOf } from './downloads'
import { FactsCard } from './FactsCard'
import { ImportCard } from './ImportCard'
import { countsText, found, groupsOf, practiceMarkets, rowsOf } from './rows'
import { SeriesTable, SeriesTableWaiting } from './SeriesTable'
import { useDownloads } from './useDownloads'
import { useImports } from './useImports'

const NoServer = ({ message, again, busy }: { message: string; again: () => void; busy: boolean }) => (
  <div className="p-3">
    <Fault
      title="The server does not tell what is stored"
      action={
        <Button busy={busy} onClick={again}>
          Try again
        </Button>
      }
    >
      <p>{message}</p>
      <p>
        Nothing was changed. If it was stopped, start it again with <code>npm start</code>.
      </p>
    </Fault>
  </div>
)

const NothingStored = () => (
  <div className="p-3">
    <Empty icon={<Database size={20} strokeWidth={1.6} aria-hidden />} title="No market data yet">
      Download the history of a venue, or drop CSV, ZIP or Parquet files anywhere on this page. Until then Plays run on
      the practice market below.
    </Empty>
  </div>
)

const NothingFound = ({ onAll }: { onAll: () => void }) => (
  <div className="p-3">
    <Empty title="No series is like that" action={<Button onClick={onAll}>Show all series</Button>} />
  </div>
)

const Listed = ({ store, typed, onAll }: { store: Store; typed: string; onAll: () => void }) => {
  const [deleting, setDeleting] = useState<string | null>(null)
  const groups = useMemo(() => groupsOf(found(rowsOf(store), typed)), [store, typed])
  const practice = practiceMarkets(store, typed)
  return (
    <>
      {store.series.length === 0 && <NothingStored />}
      <DeleteDialog what={deleting === null ? null : { instrument: deleting }} onClose={() => setDeleting(null)} />
      {groups.length + practice.length === 0 ? (
        <NothingFound onAll={onAll} />
      ) : (
        <SeriesTable {...{ groups, practice }} onDelete={setDeleting} />
      )}
    </>
  )
}

const SeriesPanel = ({ store }: { store: Store | undefined }) => {
  const [typed, setTyped] = useState('')
  return (
    <Panel
      card
      title="Series"
      hint={store === undefined ? undefined : countsText(rowsOf(store))}
      className="min-h-0 max-lg:min-h-80"
      actions={
        <div className="w-56 max-md:w-28">
          <TextField
            aria-label="Filter series"
            placeholder="Filter: btc funding"
            value={typed}
            onText={setTyped}
            before={<Search size={13} aria-hidden />}
          />
        </div>
      }
    >
      {store === undefined ? <SeriesTableWaiting /> : <Listed store={store} typed={typed} onAll={() => setTyped('')} />}
    </Panel>
  )
}

/** Asked for most, before anything is stored. */
const usualSymbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'BNBUSDT', 'XRPUSDT', 'DOGEUSDT', 'SUIUSDT', 'LINKUSDT']

const knownSymbols = (store: Store | undefined): readonly string[] => [
  ...new Set([...(store?.series ?? []).map(({ instrument }) => symbolOf(instrument)), ...usualSymbols]),
]

export const DataPage = () => {
  const { data, error, refetch, isFetching } = useQuery(useApi().data.store.queryOptions())
  const downloads = useDownloads()
  const imports = useImports()
  const [asking, setAsking] = useState(false)
  const top = (
    <PlainBar title="Data">
      <AddFiles onFiles={imports.add} />
      <Button look="primary" onClick={() => setAsking(true)}>
        <Download size={14} aria-hidden />
        <span className="max-md:sr-only">Download</span>
      </Button>
    </PlainBar>
  )
  return (
    <Shell bar={top} at="data">
      <main className="grid min-h-0 grid-cols-[minmax(0,1fr)_340px] gap-3 bg-app p-3 max-lg:grid-cols-1 max-lg:overflow-y-auto">
        <h1 className="sr-only">Market data</h1>
        <div className="flex min-h-0 min-w-0 flex-col gap-3">
          {data !== undefined && <DamageBand store={data} />}
          {data === undefined && error !== null ? (
            <NoServer message={error.message} again={() => void refetch()} busy={isFetching} />
          ) : (
            <SeriesPanel store={data} />
          )}
        </div>
        <div className="flex min-h-0 flex-col gap-3 overflow-y-auto max-lg:overflow-visible">
          <ImportCard imports={imports} />
          <DownloadsCard downloads={downloads} />
          <DiskCard disk={data?.disk} />
          {data !== undefined && <FactsCard facts={data.facts} />}
        </div>
      </main>
      <DropTarget onFile={(_, all) => imports.add(all)}>Drop market data (CSV, ZIP, Parquet, JSON)</DropTarget>
      <DownloadDialog open={asking} onClose={() => setAsking(false)} known={knownSymbols(data)} />
    </Shell>
  )
}
