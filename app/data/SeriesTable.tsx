// Every series in one table, grouped by instrument; a row leads to the page of its series.
'use client'
import { Ellipsis, Trash2 } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { bytesText, countText } from '../home/sizes'
import { SyntheticChip } from '../ui/Chip'
import { classes } from '../ui/classes'
import { IconButton } from '../ui/IconButton'
import { Menu } from '../ui/Menu'
import { Skeleton } from '../ui/Skeleton'
import { Verdict, type VerdictKind } from '../ui/Verdict'
import { marketWord, venueOf } from '../workbench/markets'
import { dayText, type SeriesGroup, type SeriesRow, seriesHref, seriesWord, sourceText, timeText } from './rows'

const verdictWords: Readonly<Record<VerdictKind, string>> = {
  pass: 'clean',
  fail: 'damaged',
  unclear: 'not whole',
  no: 'empty',
  wait: 'made up',
}

/** Columns that a narrow screen has no room for. */
const wide = 'max-lg:hidden'
const medium = 'max-md:hidden'

const Head = () => (
  <thead className="sticky top-0 z-10 bg-panel">
    <tr className="h-[26px] text-left text-11 text-3 [&>th]:font-normal [&>th]:shadow-[inset_0_-1px_0_var(--line-1)]">
      <th className="w-32 pl-3">Series</th>
      <th className={`w-24 ${medium}`}>From</th>
      <th className={`w-24 ${medium}`}>To</th>
      <th className="w-22 pr-4 text-right">Rows</th>
      <th className={`w-14 pr-4 text-right ${medium}`}>Gaps</th>
      <th>Quality</th>
      <th className={`w-[16%] ${wide}`}>Source</th>
      <th className={`w-20 pr-4 text-right ${medium}`}>Size</th>
      <th className={`w-24 pr-3 ${wide}`}>Content</th>
    </tr>
  </thead>
)

const Quality = ({ verdict, quality, damage }: SeriesRow) => (
  <span className="flex items-center gap-1.5">
    <Verdict kind={verdict} word={verdictWords[verdict]} />
    <span className={classes('truncate', damage !== null && 'text-neg')} title={damage ?? quality}>
      {quality}
    </span>
  </span>
)

const Row = ({ row }: { row: SeriesRow }) => {
  const { info, bytes } = row
  const name = seriesWord(row)
  return (
    <tr className="h-[26px] border-t border-line-1 text-2 hover:bg-hover max-md:h-10">
      <td className="truncate pl-3">
        <Link
          href={seriesHref(row)}
          aria-label={`${row.instrument} ${name}`}
          className="rounded-chip py-1 text-1 hover:underline"
        >
          {name}
        </Link>
      </td>
      <td className={medium} title={info === null ? undefined : timeText(info.fromMs)}>
        {info === null ? '\u2013' : dayText(info.fromMs)}
      </td>
      <td className={medium} title={info === null ? undefined : timeText(info.toMs)}>
        {info === null ? '\u2013' : dayText(Math.max(info.fromMs, info.toMs - 1))}
      </td>
      <td className="pr-4 text-right text-1">{info === null ? '\u2013' : countText(info.rows)}</td>
      <td className={`pr-4 text-right ${medium}`}>{info === null ? '\u2013' : countText(info.gaps)}</td>
      <td className="max-w-0 pr-3">
        <Quality {...row} />
      </td>
      <td className={`max-w-0 truncate pr-3 text-3 ${wide}`} title={info?.source.slice(0, 40).join('\n')}>
        {sourceText(info?.source ?? [])}
      </td>
      <td className={`pr-4 text-right ${medium}`}>{bytesText(bytes)}</td>
      <td className={`truncate pr-3 font-mono text-11 text-3 ${wide}`} title={info?.sha256}>
        {info?.sha256.slice(0, 8)}
      </td>
    </tr>
  )
}

const GroupHead = ({ title, note, children }: { title: string; note?: string; children?: ReactNode }) => (
  <tr className="h-8 border-t border-line-1 first:border-0">
    <th scope="rowgroup" colSpan={3} className="pt-1 pl-3 text-left font-normal">
      <span className="flex items-center gap-2">
        <b className="text-12 font-semibold text-1">{title}</b>
        {note !== undefined && <span className="text-11 text-3">{note}</span>}
        {children}
      </span>
    </th>
  </tr>
)

/** The first ones are markets; shapes such as a double bottom follow. */
const namedPractice = 6

/** Made when it is needed: one line for all of it. */
const Practice = ({ markets }: { markets: readonly string[] }) => (
  <section aria-label="Practice market" className="border-t border-line-1 px-3 pt-2 pb-3 text-12">
    <h3 className="flex items-center gap-2 font-semibold text-1">
      Practice market
      <SyntheticChip />
    </h3>
    <p className="mt-1 leading-[18px] text-3" title={markets.map(marketWord).join(', ')}>
      {`Made up by Playloom whenever it is needed, and takes no room: ${markets.slice(0, namedPractice).map(marketWord).join(', ')}${
        markets.length > namedPractice ? `, and ${markets.length - namedPractice} shapes to try a Play on` : ''
      }.`}
    </p>
  </section>
)

const Group = ({
  group: { instrument, rows },
  onDelete,
}: { group: SeriesGroup } & Pick<SeriesTableProps, 'onDelete'>) => (
  <tbody aria-label={instrument}>
    <GroupHead title={marketWord(instrument)} note={venueOf(instrument)}>
      <Menu
        entries={[
          {
            ...{ label: `Delete all of ${marketWord(instrument)}`, danger: true },
            icon: <Trash2 size={13} aria-hidden />,
            run: () => onDelete(instrument),
          },
        ]}
      >
        <IconButton size="s" label={`More about ${instrument}`} icon={<Ellipsis size={14} aria-hidden />} />
      </Menu>
    </GroupHead>
    {rows.map((row) => (
      <Row key={`${row.kind} ${row.tf}`} row={row} />
    ))}
  </tbody>
)

const tableLook = 'w-full table-fixed text-12 tabular-nums'

export interface SeriesTableProps {
  readonly groups: readonly SeriesGroup[]
  /** Made-up markets. */
  readonly practice: readonly string[]
  /** All series of an instrument. */
  readonly onDelete: (instrument: string) => void
}

export const SeriesTable = ({ groups, practice, onDelete }: SeriesTableProps) => (
  <>
    {groups.length > 0 && (
      <table className={tableLook}>
        <caption className="sr-only">Stored series by market</caption>
        <Head />
        {groups.map((group) => (
          <Group key={group.instrument} group={group} onDelete={onDelete} />
        ))}
      </table>
    )}
    {practice.length > 0 && <Practice markets={practice} />}
  </>
)

const waiting = ['w-14', 'w-10', 'w-16', 'w-14', 'w-12', 'w-16', 'w-10', 'w-14'] as const

/** The same columns while the server is asked. */
export const SeriesTableWaiting = () => (
  <div role="status">
    <span className="sr-only">The list of market data is on its way</span>
    <table className={tableLook} aria-hidden>
      <Head />
      <tbody>
        {waiting.map((width, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity and never move
          <tr key={i} className="h-[26px] border-t border-line-1">
            <td className="pl-3">
              <Skeleton className={width} />
            </td>
            <td className={medium}>
              <Skeleton className="w-16" />
            </td>
            <td className={medium}>
              <Skeleton className="w-16" />
            </td>
            <td className="pr-4 text-right">
              <Skeleton className={width} />
            </td>
            <td className={`pr-4 text-right ${medium}`}>
              <Skeleton className="w-5" />
            </td>
            <td>
              <Skeleton className="w-20" />
            </td>
            <td className={wide}>
              <Skeleton className="w-32" />
            </td>
            <td className={`pr-4 text-right ${medium}`}>
              <Skeleton className="w-12" />
            </td>
            <td className={`pr-3 ${wide}`}>
              <Skeleton className="w-14" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
