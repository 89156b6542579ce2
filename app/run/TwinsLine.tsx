// Other runs of the same document, settings, data and engine: they must have come to the same, or it is a bug.
'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useMemo } from 'react'
import type { Report } from '../../blocks/engine/report/document'
import { useApi } from '../ApiProvider'
import { BugReport } from '../results/BugReport'
import { bugOf } from '../results/bug'
import { counted } from '../results/format'
import type { RunRow } from '../runs/runs'
import { Button } from '../ui/Button'
import { Popover } from '../ui/Popover'
import { SkeletonLines } from '../ui/Skeleton'
import { Verdict } from '../ui/Verdict'
import { disagreeing } from './facts'

const sides = ['This run', 'The other'] as const

const Difference = ({ id, report }: { id: string; report: Report }) => {
  const { data: other } = useQuery(useApi().run.report.queryOptions({ id }))
  const bug = useMemo(() => (other === undefined ? null : bugOf(report, other, sides)), [report, other])
  if (bug === null) return <SkeletonLines lines={3} label="The other run is on its way" />
  return (
    <>
      <BugReport bug={bug} sides={sides} />
      <p className="mt-2 text-11">
        <Link href={`/run/${id}`} className="text-you hover:underline">
          Show the other run
        </Link>
      </p>
    </>
  )
}

interface TwinsLineProps {
  readonly run: RunRow
  readonly report: Report
  /** Nothing where all agree. */
  readonly bugOnly?: boolean
}

/** Nothing where it was run once. */
export const TwinsLine = ({ run, report, bugOnly = false }: TwinsLineProps) => {
  const { data: twins } = useQuery({ ...useApi().run.twins.queryOptions({ id: run.id }), refetchOnMount: 'always' })
  if (twins === undefined || twins.length === 0) return null
  const other = disagreeing(twins, report)
  if (other === undefined)
    return bugOnly ? null : (
      <span className="flex items-center gap-1.5 text-2">
        <Verdict kind="pass" word="verified" />
        {`${counted(twins.length, 'other run')} of the same: identical`}
      </span>
    )
  return (
    <Popover
      label="What differs between this run and another of the same"
      align="end"
      className="max-h-96 w-[420px] max-w-[calc(100vw-16px)] overflow-y-auto"
      trigger={
        <Button size="s" look="danger">
          Bug: another run of the same differs
        </Button>
      }
    >
      <Difference id={other.id} report={report} />
    </Popover>
  )
}
