// What a panel shows when there is nothing, not yet, not any more, or not at all.
'use client'
import { GitPullRequest } from 'lucide-react'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { Fault } from '../ui/Fault'
import { Panel } from '../ui/Panel'
import { Progress } from '../ui/Progress'
import { SkeletonLines } from '../ui/Skeleton'
import { Section } from './Section'

export const States = () => (
  <Section title="Empty, working, refused, loading, stale">
    <div className="grid grid-cols-3 gap-3">
      <Empty
        icon={<GitPullRequest size={18} aria-hidden />}
        title="Nothing to review"
        action={<Button size="s">Ask for a draft</Button>}
      >
        Drafts from notes and evolution land here.
      </Empty>
      <Progress label="Importing BTC" share={0.61} counts="641,220 of 1,051,200" onCancel={() => undefined} />
      <Fault title="File refused" action={<Button size="s">Show the 3 bad rows</Button>}>
        Line 4,127: high is below low. Nothing was changed.
      </Fault>
      <Panel card title="Trades" hint="149">
        <SkeletonLines lines={4} />
      </Panel>
      <Panel card title="Result" stale actions={<Button size="s">Run</Button>}>
        <p className="px-3 pb-3 text-15 font-semibold text-1">+20.1 %</p>
      </Panel>
      <Progress label="Looking for bars" share={null} counts="binance:BTCUSDT" />
    </div>
  </Section>
)
