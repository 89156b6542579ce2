// The card that leads to the guided first backtest, for who left it, went another way or has no room to draw.
'use client'
import { Play } from 'lucide-react'
import { Button } from '../ui/Button'
import { SyntheticChip } from '../ui/Chip'
import { GuideSteps } from './GuideSteps'

export interface FirstBacktestProps {
  /** There is a Play of it: it goes on where it was left. */
  readonly begun: boolean
  readonly onStart: () => void
}

export const FirstBacktest = ({ begun, onStart }: FirstBacktestProps) => (
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
      <GuideSteps at={null} />
    </div>
    <div className="dotted flex min-w-0 flex-col justify-center gap-4 p-6">
      <div className="flex flex-wrap items-center gap-2">
        <b className="text-13 text-1">EMA reclaim</b>
        <span className="text-11 text-3">half built, on a practice market</span>
        <SyntheticChip />
      </div>
      <p className="max-w-[52ch] text-13 leading-5">
        Two wires and a stop are left for you to draw. Each step says what it will do, and can be done for you; the
        chart and the figures follow every edit.
      </p>
      <Button look="primary" size="l" className="self-start max-md:hidden" onClick={onStart}>
        <Play size={14} aria-hidden />
        {begun ? 'Go on' : 'Start'}
      </Button>
      <p className="text-11 text-3 md:hidden">Drawing needs more room: open this page on a wider screen.</p>
    </div>
  </section>
)
