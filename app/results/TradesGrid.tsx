// The rows of the trades table: sorted, virtual, as wide as whole words; the arrow keys walk, Enter explains.
'use client'
import { createSortedRowModel, type Row, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { TradeRow } from '../../blocks/engine/report/document'
import { actionIn } from '../ui/keys'
import { askTrade, useView } from '../workbench/view'
import { columnNeed, type FittedColumn, fittedColumns, tracksOf } from './columnWidths'
import { type TradesAction, tradesKeys } from './keys'
import { columnsFor, rowWords, type TradeColumn, type TradeContext } from './tradeColumns'
import { useTradeSort } from './tradeFilter'

const rowHeight = 26
const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
type TableRow = Row<typeof features, TradeRow>

const ascending = (a: unknown, b: unknown): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

const columnsOf = (all: readonly TradeColumn[], context: TradeContext) =>
  all.map(({ id, title, sort }) => ({
    id,
    header: title,
    accessorFn: (trade: TradeRow) => sort(trade, context),
    sortUndefined: 'last' as const,
    sortDescFirst: true,
    sortFn: (a: TableRow, b: TableRow, column: string) => ascending(a.getValue(column), b.getValue(column)),
  }))

const useRows = (trades: readonly TradeRow[], all: readonly TradeColumn[], context: TradeContext) => {
  const columns = useMemo(() => columnsOf(all, context), [all, context])
  const data = useMemo(() => [...trades], [trades])
  const sort = useTradeSort()
  const sorting = useMemo(() => [sort], [sort])
  const table = useTable({
    features,
    columns,
    data,
    state: { sorting },
    onSortingChange: (change) => {
      const [next] = typeof change === 'function' ? change(sorting) : change
      if (next !== undefined) useTradeSort.setState(next)
    },
    enableSortingRemoval: false,
    enableMultiSort: false,
    getRowId: (trade: TradeRow) => String(trade.no),
  })
  return {
    sorting: sort,
    rows: table.getRowModel().rows,
    toggle: (id: string) => table.getColumn(id)?.toggleSorting(),
  }
}

/** The columns that fit into the box, with their tracks. */
const useFitting = (box: RefObject<HTMLDivElement | null>, needs: readonly FittedColumn[]) => {
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY)
  useLayoutEffect(() => {
    const { current } = box
    if (current === null) return
    setWidth(current.clientWidth)
    const watcher = new ResizeObserver(() => setWidth(current.clientWidth))
    watcher.observe(current)
    return () => watcher.disconnect()
  }, [box])
  return useMemo(() => {
    const fitting = fittedColumns(needs, width)
    return {
      columns: fitting.map(({ column }) => column),
      tracks: { gridTemplateColumns: tracksOf(fitting) },
    }
  }, [needs, width])
}

interface Fitting {
  readonly columns: readonly TradeColumn[]
  readonly tracks: { readonly gridTemplateColumns: string }
}

interface HeadProps extends Fitting {
  readonly sorting: { readonly id: string; readonly desc: boolean } | undefined
  readonly onSort: (id: string) => void
}

const Head = ({ sorting, onSort, columns, tracks }: HeadProps) => (
  <thead className="sticky top-0 z-10 block bg-panel">
    <tr style={tracks} className="grid border-b border-line-1">
      {columns.map(({ id, title, about, align }) => {
        const sorted = sorting?.id === id ? (sorting.desc ? 'descending' : 'ascending') : 'none'
        const Arrow = sorted === 'ascending' ? ArrowUp : ArrowDown
        return (
          <th key={id} scope="col" aria-sort={sorted} className={align === 'right' ? 'text-right' : 'text-left'}>
            <button
              type="button"
              title={about}
              onClick={() => onSort(id)}
              className={`relative inline-flex h-6.5 items-center px-1.5 text-11 font-medium hover:text-1 ${sorted === 'none' ? 'text-3' : 'text-2'}`}
            >
              {title}
              {sorted !== 'none' && (
                <Arrow size={10} aria-hidden className={`absolute ${align === 'right' ? '-left-1' : '-right-1'}`} />
              )}
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

interface LineProps extends Fitting {
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

const Line = ({ trade, index, top, state, context, columns, tracks }: LineProps) => (
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
    {columns.map((column) => (
      <td
        key={column.id}
        className={`truncate px-1.5 ${column.align === 'right' ? 'text-right' : ''} ${cellTone(column, trade)}`}
      >
        {column.id === 'no' && <Side side={trade.side} />}
        {column.text(trade, context)}
      </td>
    ))}
  </tr>
)

/** Set when a row was opened by the keyboard: the table that takes its place in the new layout takes the focus too. */
let keepsFocus = false

/** The next table takes the focus: what was pressed to bring it is gone. */
export const focusNextTable = (): void => {
  keepsFocus = true
}

interface WalkProps {
  readonly rows: readonly TableRow[]
  readonly active: number | null
  readonly go: (index: number) => void
  readonly page: number
}

const walk = (event: KeyboardEvent, { rows, active, go, page }: WalkProps): void => {
  const action = actionIn(tradesKeys, event)
  if (action === null) return
  const at = active ?? -1
  const steps: Readonly<Record<Exclude<TradesAction, 'explain'>, number>> = {
    after: at + 1,
    before: active === null ? 0 : at - 1,
    pageAfter: at + page,
    pageBefore: at - page,
    first: 0,
    last: rows.length - 1,
  }
  const trade = active === null ? undefined : rows[active]?.original
  if (action !== 'explain') {
    if (rows.length === 0) return
    go(Math.min(rows.length - 1, Math.max(0, steps[action])))
  } else if (trade !== undefined && event.target === event.currentTarget) {
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

interface TradesGridProps {
  /** All of the run: widths do not change with what is filtered. */
  readonly all: readonly TradeRow[]
  readonly trades: readonly TradeRow[]
  readonly context: TradeContext
}

export const TradesGrid = ({ all, trades, context }: TradesGridProps) => {
  const box = useRef<HTMLDivElement>(null)
  const table = useRef<HTMLTableElement>(null)
  const columns = useMemo(() => columnsFor(all), [all])
  const needs = useMemo(
    () => columns.map((column): FittedColumn => ({ column, needPx: columnNeed(all, column, context) })),
    [all, columns, context],
  )
  const fitting = useFitting(box, needs)
  const { sorting, rows, toggle } = useRows(trades, columns, context)
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
    <div ref={box} className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto bg-panel">
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
        <Head sorting={sorting} onSort={toggle} {...fitting} />
        <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const trade = rows[index]?.original
            if (trade === undefined) return null
            const state = trade.no === asked ? 'asked' : index === active ? 'active' : 'rest'
            return <Line key={trade.no} {...{ trade, index, state, context, ...fitting }} top={start - rowHeight} />
          })}
        </tbody>
      </table>
    </div>
  )
}
