// Trades of the run: sortable, virtual, linked both ways with the chart; the arrow keys walk, Enter explains.
'use client'
import {
  createSortedRowModel,
  type Row,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { TradeRow } from '../../blocks/engine/report/document'
import { Empty } from '../ui/Empty'
import { Skeleton } from '../ui/Skeleton'
import { useRun } from '../workbench/run'
import { askTrade, useView } from '../workbench/view'
import { counted } from './format'
import { rowWords, type TradeColumn, type TradeContext, tradeColumns } from './tradeColumns'
import { allTrades, barMsOf } from './trades'
import { useDimmed } from './useDimmed'
import { useReport, useTick } from './useReport'

const rowHeight = 26
const tracks = { gridTemplateColumns: tradeColumns.map(({ track }) => track).join(' ') }
const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
type TableRow = Row<typeof features, TradeRow>

const ascending = (a: unknown, b: unknown): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

const columnsOf = (context: TradeContext) =>
  tradeColumns.map(({ id, title, sort }) => ({
    id,
    header: title,
    accessorFn: (trade: TradeRow) => sort(trade, context),
    sortUndefined: 'last' as const,
    sortDescFirst: true,
    sortFn: (a: TableRow, b: TableRow, column: string) => ascending(a.getValue(column), b.getValue(column)),
  }))

const useRows = (trades: readonly TradeRow[], context: TradeContext) => {
  const columns = useMemo(() => columnsOf(context), [context])
  const data = useMemo(() => [...trades], [trades])
  const [sorting, setSorting] = useState<SortingState>([{ id: 'no', desc: true }])
  const table = useTable({
    features,
    columns,
    data,
    state: { sorting },
    onSortingChange: setSorting,
    enableSortingRemoval: false,
    enableMultiSort: false,
    getRowId: (trade: TradeRow) => String(trade.no),
  })
  return {
    sorting: sorting[0],
    rows: table.getRowModel().rows,
    toggle: (id: string) => table.getColumn(id)?.toggleSorting(),
  }
}

interface HeadProps {
  readonly sorting: { readonly id: string; readonly desc: boolean } | undefined
  readonly onSort: (id: string) => void
}

const Head = ({ sorting, onSort }: HeadProps) => (
  <thead className="sticky top-0 z-10 block bg-panel">
    <tr style={tracks} className="grid border-b border-line-1">
      {tradeColumns.map(({ id, title, about, align }) => {
        const sorted = sorting?.id === id ? (sorting.desc ? 'descending' : 'ascending') : 'none'
        return (
          <th key={id} scope="col" aria-sort={sorted} className={align === 'right' ? 'text-right' : 'text-left'}>
            <button
              type="button"
              title={about}
              onClick={() => onSort(id)}
              className={`inline-flex h-6.5 items-center gap-1 px-2 text-11 font-medium hover:text-1 ${sorted === 'none' ? 'text-3' : 'text-2'}`}
            >
              {title}
              {sorted === 'descending' && <ArrowDown size={10} aria-hidden />}
              {sorted === 'ascending' && <ArrowUp size={10} aria-hidden />}
            </button>
          </th>
        )
      })}
    </tr>
  </thead>
)

const toneClass = { [-1]: 'text-neg', 0: 'text-2', 1: 'text-pos' } as const

const cellTone = (column: TradeColumn, trade: TradeRow): string => {
  if (column.tone !== undefined) return toneClass[column.tone(trade)]
  return column.id === 'entry' ? 'text-1' : ''
}

const Side = ({ side }: { side: TradeRow['side'] }) => (
  <span role="img" aria-label={side} className="mr-1.5 text-[8px] text-3">
    {side === 'long' ? '▲' : '▼'}
  </span>
)

interface LineProps {
  readonly trade: TradeRow
  readonly index: number
  readonly top: number
  readonly state: 'asked' | 'active' | 'rest'
  readonly context: TradeContext
}

const looks = {
  asked: 'bg-you-bg text-1 shadow-[inset_2px_0_0_var(--you)]',
  active: 'bg-hover',
  rest: 'hover:bg-hover',
}

const Line = ({ trade, index, top, state, context }: LineProps) => (
  <tr
    id={`trade-${trade.no}`}
    aria-rowindex={index + 2}
    aria-selected={state === 'asked'}
    aria-label={rowWords(trade)}
    onClick={() => askTrade(trade)}
    onMouseEnter={() => useView.setState({ cursorMs: trade.entryMs })}
    style={{ ...tracks, transform: `translateY(${top}px)` }}
    className={`absolute inset-x-0 top-0 grid h-6.5 cursor-pointer items-center border-b border-line-1 text-2 ${looks[state]}`}
  >
    {tradeColumns.map((column) => (
      <td
        key={column.id}
        className={`truncate px-2 ${column.align === 'right' ? 'text-right' : ''} ${cellTone(column, trade)}`}
      >
        {column.id === 'no' && <Side side={trade.side} />}
        {column.text(trade, context)}
      </td>
    ))}
  </tr>
)

/** Set when a row was opened by the keyboard: the table that takes its place in the new layout takes the focus too. */
let keepsFocus = false

interface WalkProps {
  readonly rows: readonly TableRow[]
  readonly active: number | null
  readonly go: (index: number) => void
  readonly page: number
}

const walk = (event: KeyboardEvent, { rows, active, go, page }: WalkProps): void => {
  const at = active ?? -1
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: active === null ? 0 : at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: rows.length - 1,
  }
  const to = steps[event.key]
  const trade = active === null ? undefined : rows[active]?.original
  if (to !== undefined && rows.length > 0) go(Math.min(rows.length - 1, Math.max(0, to)))
  else if (
    (event.key === 'Enter' || event.key === ' ') &&
    trade !== undefined &&
    event.target === event.currentTarget
  ) {
    keepsFocus = true
    askTrade(trade)
  } else return
  event.preventDefault()
  event.stopPropagation()
}

const useActive = (rows: readonly TableRow[], table: RefObject<HTMLTableElement | null>) => {
  const asked = useView((view) => (view.question?.kind === 'trade' ? view.question.no : null))
  const [activeNo, setActiveNo] = useState<number | null>(asked)
  useEffect(() => {
    if (asked !== null) setActiveNo(asked)
  }, [asked])
  useEffect(() => {
    if (keepsFocus) table.current?.focus({ preventScroll: true })
    keepsFocus = false
  }, [table])
  const found = activeNo === null ? -1 : rows.findIndex(({ original }) => original.no === activeNo)
  return { asked, active: found < 0 ? null : found, setActiveNo }
}

/** Leaving the table puts the cursor back where the question is. */
const leave = (): void => useView.setState(({ question }) => ({ cursorMs: question?.ms ?? null }))

const Grid = ({ trades, context }: { trades: readonly TradeRow[]; context: TradeContext }) => {
  const box = useRef<HTMLDivElement>(null)
  const table = useRef<HTMLTableElement>(null)
  const { sorting, rows, toggle } = useRows(trades, context)
  const { asked, active, setActiveNo } = useActive(rows, table)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    overscan: 8,
  })
  useEffect(() => {
    if (active !== null) virtual.scrollToIndex(active, { align: 'auto' })
  }, [active, virtual])
  const go = (index: number): void => {
    const trade = rows[index]?.original
    if (trade === undefined) return
    setActiveNo(trade.no)
    useView.setState({ cursorMs: trade.entryMs, goTo: { ms: trade.entryMs } })
  }
  const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 2)
  const current = active === null ? undefined : rows[active]?.original
  return (
    <div ref={box} className="h-full min-h-0 overflow-auto bg-panel">
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are chosen with the keys, which makes it a grid
        role="grid"
        aria-label={`Trades, ${trades.length}`}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={current === undefined ? undefined : `trade-${current.no}`}
        tabIndex={0}
        onKeyDown={(event) => walk(event, { rows, active, go, page })}
        onMouseLeave={leave}
        className="block focus-visible:outline-offset-[-2px]"
      >
        <Head sorting={sorting} onSort={toggle} />
        <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const trade = rows[index]?.original
            if (trade === undefined) return null
            const state = trade.no === asked ? 'asked' : index === active ? 'active' : 'rest'
            return <Line key={trade.no} {...{ trade, index, state, context }} top={start - rowHeight} />
          })}
        </tbody>
      </table>
    </div>
  )
}

const Loading = () => (
  <div role="status" className="h-full overflow-hidden bg-panel">
    <span className="sr-only">Trades are on their way</span>
    {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
      <div key={key} style={tracks} className="grid h-6.5 items-center border-b border-line-1">
        {tradeColumns.map(({ id, align }) => (
          <span key={id} className={`px-2 ${align === 'right' ? 'text-right' : ''}`}>
            <Skeleton className={id === 'opened' ? 'w-24' : 'w-9'} />
          </span>
        ))}
      </div>
    ))}
  </div>
)

export const TradesTable = () => {
  const report = useReport()
  const tickOf = useTick()
  const working = useRun(({ status }) => status.kind === 'loading' || status.kind === 'running')
  const dimmed = useDimmed()
  const trades = useMemo(() => (report === null ? [] : allTrades(report)), [report])
  const barMs = report === null ? 1 : barMsOf(report)
  const context = useMemo(() => ({ barMs, tickOf }), [barMs, tickOf])
  if (report === null && working) return <Loading />
  if (report === null)
    return (
      <div className="h-full bg-panel p-3">
        <Empty title="No trades yet">They come as soon as the Play has an entry, an exit and data to run on.</Empty>
      </div>
    )
  if (trades.length === 0)
    return (
      <div className="h-full bg-panel p-3">
        <Empty title="No trades in this run">
          {`None of ${counted(report.range.decisionBars, 'bar')} led to an entry. The funnel shows where they stop; a click on a bar of the chart says why.`}
        </Empty>
      </div>
    )
  return (
    <div className={`h-full min-h-0 transition-opacity ${dimmed ? 'opacity-55' : ''}`}>
      <Grid trades={trades} context={context} />
    </div>
  )
}
