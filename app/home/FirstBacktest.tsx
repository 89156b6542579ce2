// The card of the guided first backtest: its five steps, and what will be built.
'use client'
import { Play } from 'lucide-react'
import { Button } from '../ui/Button'
import { SyntheticChip } from '../ui/Chip'
import { guideSteps } from './guide'
import { HalfGraph } from './HalfGraph'

const Steps = () => (
  <ol className="flex flex-col gap-0.5">
    {guideSteps.map(({ title, text }, i) => (
      <li key={title} className="flex gap-3 rounded-node px-2 py-2">
        <span className="grid size-5 flex-none place-items-center rounded-full border border-line-3 text-11 text-3 tabular-nums">
          {i + 1}
        </span>
        <span className="min-w-0">
          <b className="block text-12 leading-5 text-1">{title}</b>
          <span className="block text-11 leading-4 text-3">{text}</span>
        </span>
      </li>
    ))}
  </ol>
)

export interface FirstBacktestProps {
  readonly busy: boolean
  readonly onStart: () => void
}

export const FirstBacktest = ({ busy, onStart }: FirstBacktestProps) => (
  <section
    aria-labelledby="first-backtest"
    className="grid grid-cols-1 overflow-hidden rounded-card border border-line-1 bg-panel md:grid-cols-[290px_minmax(0,1fr)]"
  >
    <div className="flex flex-col gap-2 border-line-1 p-4 md:border-r">
      <div className="flex items-baseline justify-between">
        <h2 id="first-backtest" className="text-13 font-semibold text-1">
          Your first backtest
        </h2>
        <span className="text-11 text-3">under 5 minutes</span>
      </div>
      <Steps />
    </div>
    <div className="flex min-w-0 flex-col bg-canvas p-4">
      <div className="flex items-center gap-2">
        <b className="text-13 text-1">EMA reclaim</b>
        <span className="text-11 text-3">half built, on a practice market</span>
        <SyntheticChip />
      </div>
      <div className="grid flex-1 place-items-center py-2">
        <HalfGraph />
      </div>
      <div className="flex items-center gap-3">
        <Button look="primary" size="l" busy={busy} onClick={onStart}>
          <Play size={14} aria-hidden />
          Start
        </Button>
        <span className="text-11 leading-4 text-3">
          You wire the missing parts on the graph. Each step can be done for you.
        </span>
      </div>
    </div>
  </section>
)
