// Beside the tabs: how many trades there are, what to filter them by, and the file of them.
'use client'
import { Download, ListFilter } from 'lucide-react'
import { useMemo } from 'react'
import type { Outcome } from '../../blocks/engine/metrics/outcome'
import { tradesCsv } from '../../blocks/engine/report/tradesCsv'
import { download } from '../document/file'
import { IconButton } from '../ui/IconButton'
import { Menu, type MenuEntry } from '../ui/Menu'
import { count } from './format'
import { exitName } from './reasons'
import { everything, isFiltering, matches, outcomeNames, reasonsIn, useTradeFilter } from './tradeFilter'
import { allTrades, tradesFileName } from './trades'
import { useReport } from './useReport'

const sides = [
  ['long', 'Long'],
  ['short', 'Short'],
] as const
const outcomes: readonly Outcome[] = ['win', 'loss', 'breakeven']

/** Chosen again, a choice is taken back. */
const useEntries = (): readonly MenuEntry[] => {
  const report = useReport()
  const filter = useTradeFilter()
  return useMemo(() => {
    const trades = report === null ? [] : allTrades(report)
    const entry = <K extends keyof typeof filter>(key: K, value: (typeof filter)[K], label: string): MenuEntry => ({
      label,
      checked: filter[key] === value,
      run: () => useTradeFilter.setState({ [key]: filter[key] === value ? null : value }),
    })
    return [
      { kind: 'label', label: 'Side' },
      ...sides.map(([side, label]) => entry('side', side, label)),
      { kind: 'label', label: 'Result' },
      ...outcomes.map((outcome) => entry('outcome', outcome, outcomeNames[outcome])),
      { kind: 'label', label: 'Left by' },
      ...reasonsIn(trades).map((reason) => entry('reason', reason, exitName(reason))),
      { kind: 'line' },
      { label: 'Show all', disabled: !isFiltering(filter), run: () => useTradeFilter.setState(everything) },
    ]
  }, [report, filter])
}

export const TradesHead = () => {
  const report = useReport()
  const filter = useTradeFilter()
  const entries = useEntries()
  const all = useMemo(() => (report === null ? [] : allTrades(report)), [report])
  if (report === null || all.length === 0) return null
  const save = (): void =>
    download(
      tradesFileName(report),
      tradesCsv(report, (trade) => matches(trade, filter)),
      'text/csv',
    )
  return (
    <div className="flex min-w-0 items-center gap-1">
      <span className="flex-none pr-1 text-11 text-3">
        {count(all.length)}
        {/* The tab beside it says so too. */}
        <span className="max-[1440px]:sr-only">{all.length === 1 ? ' trade' : ' trades'}</span>
      </span>
      <Menu entries={entries}>
        <IconButton
          size="s"
          label="Filter trades"
          pressed={isFiltering(filter)}
          icon={<ListFilter size={14} aria-hidden />}
        />
      </Menu>
      <IconButton
        size="s"
        label={isFiltering(filter) ? 'Save the filtered closed trades as CSV' : 'Save all closed trades as CSV'}
        onClick={save}
        icon={<Download size={14} aria-hidden />}
      />
    </div>
  )
}
