// The table of runs, its head above what scrolls, and the way to older ones.
'use client'
import { Button } from '../ui/Button'
import { Skeleton } from '../ui/Skeleton'
import { RunLine, type RunLineProps } from './RunLine'
import type { RunRow } from './runs'

const heads = [
  ['Compare', 'w-9 pl-3 max-md:hidden', true],
  ['State', 'w-24 px-2 text-left max-md:w-12 max-md:pl-3', false],
  ['Play', 'px-2 text-left', false],
  ['Market', 'w-52 px-2 text-left max-xl:w-44 max-lg:hidden', false],
  ['Range', 'w-48 px-2 text-left max-lg:hidden', false],
  ['Net profit', 'w-24 px-2 text-right max-md:w-20', false],
  ['Trades', 'w-16 px-2 text-right max-md:hidden', false],
  ['Sharpe', 'w-16 px-2 text-right max-md:hidden', false],
  ['Drawdown', 'w-20 px-2 text-right max-md:hidden', false],
  ['Took', 'w-20 px-2 text-right max-lg:hidden', false],
  ['When', 'w-24 px-2 text-right max-md:w-22', false],
  ['Cancel', 'w-9 pr-2', true],
] as const

const Head = () => (
  <thead className="sticky top-0 z-10 bg-panel text-11 text-3 shadow-[inset_0_-1px_0_var(--line-1)]">
    <tr className="h-7">
      {heads.map(([title, look, hidden]) => (
        <th key={title} scope="col" className={`font-medium ${look}`}>
          {hidden ? <span className="sr-only">{title}</span> : title}
        </th>
      ))}
    </tr>
  </thead>
)

const table = 'w-full table-fixed border-collapse'

/** As wide as what comes. */
export const RunTableLoading = () => (
  <div role="status" className="min-h-0 overflow-hidden">
    <span className="sr-only">Runs are on their way</span>
    <table aria-hidden className={table}>
      <Head />
      <tbody>
        {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => (
          <tr key={key} className="h-[30px] border-b border-line-1">
            {heads.map(([title, look, hidden]) => (
              <td key={title} className={look}>
                {!hidden && <Skeleton className={look.includes('text-right') ? 'w-10' : 'w-3/5'} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

export interface RunTableProps extends Omit<RunLineProps, 'run' | 'chosen'> {
  readonly rows: readonly RunRow[]
  readonly chosen: readonly string[]
  /** Null: there are no older ones. */
  readonly onOlder: (() => void) | null
  readonly busy: boolean
}

export const RunTable = ({ rows, chosen, onOlder, busy, ...line }: RunTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keys
  <section aria-label="List of runs" tabIndex={0} className="min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]">
    <table className={table}>
      <caption className="sr-only">Runs on the server, newest first</caption>
      <Head />
      <tbody>
        {rows.map((run) => (
          <RunLine key={run.id} run={run} chosen={chosen.includes(run.id)} {...line} />
        ))}
      </tbody>
    </table>
    {onOlder !== null && (
      <div className="grid place-items-center p-3">
        <Button size="s" busy={busy} onClick={onOlder}>
          Show older runs
        </Button>
      </div>
    )}
  </section>
)
