// What stands in place of the chart: waiting for bars, none, too many, or a fault, and what to do.
'use client'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { Fault } from '../ui/Fault'
import { Skeleton } from '../ui/Skeleton'
import { sentence } from '../ui/sentence'
import { useRun } from '../workbench/run'
import { useSession } from '../workbench/session'
import { runAgain } from '../workbench/settings'
import type { Shown } from './controller'

/** Waits for bars: where candles will stand, in the true size of the axes. How much of them is there, the result's head says. */
const Waiting = () => (
  <div className="absolute inset-0 z-20 grid place-items-center bg-canvas p-6" aria-busy>
    <div role="status" className="flex h-1/2 w-full items-end gap-2 pr-16">
      <span className="sr-only">Waiting for bars</span>
      {[30, 44, 38, 56, 49, 63, 58, 72, 66, 80, 71, 77, 86, 79, 90, 84].map((height, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars that have no identity and never move
        <span key={i} className="flex-1" style={{ height: `${height}%` }}>
          <Skeleton className="h-full w-full opacity-50" />
        </span>
      ))}
    </div>
  </div>
)

export interface ChartStatesProps {
  readonly shown: Shown
  /** What went wrong stands above the chart already: it is not said twice. */
  readonly isTold?: boolean | undefined
}

/** What stands in place of the bars: that there are none, and what to do. Null: bars are there or on their way. */
const Instead = ({ shown, isTold = false }: ChartStatesProps) => {
  const status = useRun((run) => run.status)
  const problem = useRun((run) => run.dataProblem)
  const card =
    problem !== null ? (
      <NoBars isTold={isTold} {...problem} />
    ) : shown === 'bars' ? null : status.kind === 'too_much_data' ? (
      <Empty title="Too many bars for the page">Choose a shorter range or a slower timeframe to see them here.</Empty>
    ) : status.kind === 'failed' ? (
      <NoBars isTold={isTold} {...status} />
    ) : shown === 'empty' ? (
      <Empty title="No bars in this range">Choose another range, or import bars for this market.</Empty>
    ) : null
  if (card === null) return null
  return <div className="absolute inset-0 z-20 grid place-items-center bg-canvas p-6">{card}</div>
}

interface NoBarsProps {
  readonly isTold: boolean
  readonly message: string
  readonly hint: string | null
}

const NoBars = ({ isTold, message, hint }: NoBarsProps) => {
  const { store } = useSession()
  if (isTold) return <Empty title="No bars to show">They come when what is said above is mended.</Empty>
  return (
    <Fault
      title={sentence(message)}
      action={
        <Button size="s" onClick={() => runAgain(store.getState().document.id)}>
          Try again
        </Button>
      }
    >
      {hint === null ? null : sentence(hint)}
    </Fault>
  )
}

export const ChartStates = (props: ChartStatesProps) => (
  <>
    {props.shown === 'nothing' && <Waiting />}
    <Instead {...props} />
  </>
)
