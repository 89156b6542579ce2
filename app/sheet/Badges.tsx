// Words of state and figures.
import { Chip, SyntheticChip } from '../ui/Chip'
import { ModeBadge } from '../ui/ModeBadge'
import { Verdict } from '../ui/Verdict'
import { Section } from './Section'

const verdicts = [
  ['pass', 'pass, true'],
  ['fail', 'fail, first no'],
  ['unclear', 'unclear'],
  ['no', 'false'],
  ['wait', 'waiting'],
] as const

export const Badges = () => (
  <Section title="Badges and figures">
    <div className="flex flex-col gap-3">
      <div className="flex gap-2.5">
        <ModeBadge mode="backtest" />
        <ModeBadge mode="demo" />
        <ModeBadge mode="live" />
      </div>
      <div className="flex gap-2.5">
        <ModeBadge mode="backtest" small />
        <ModeBadge mode="demo" small />
        <ModeBadge mode="live" small />
        <SyntheticChip />
      </div>
      <div className="flex gap-4">
        {verdicts.map(([kind, word]) => (
          <span key={kind} className="flex items-center gap-1.5 text-11">
            <Verdict kind={kind} />
            {word}
          </span>
        ))}
      </div>
      <div className="flex gap-2">
        <Chip>neutral</Chip>
        <Chip tone="outline">v12</Chip>
        <Chip tone="pos">inside the band</Chip>
        <Chip tone="warn">stalled</Chip>
        <Chip tone="neg">refused</Chip>
        <Chip tone="you">28 Oct 02:00</Chip>
      </div>
      <div className="flex gap-3.5">
        <span className="text-pos">+2.87 R</span>
        <span className="text-neg">−1.09 R</span>
        <span className="font-semibold text-pos">+323.1</span>
        <span className="font-semibold text-neg">−125.8</span>
        <span className="text-3">0.00</span>
        <span className="font-semibold text-1">67,785.8</span>
        <span className="font-mono text-11">b41f9c07</span>
      </div>
    </div>
  </Section>
)
