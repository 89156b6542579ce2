// The funnel of the whole run: how many bars each step let through, and how many it alone stopped.
'use client'
import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Engine } from '../engine/engine'
import type { Funnel as FunnelOfSetup, RunResult } from '../engine/protocol'
import { Empty } from '../ui/Empty'
import { Segmented } from '../ui/Segmented'
import { SkeletonLines } from '../ui/Skeleton'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { useView } from '../workbench/view'
import { count, none } from './format'
import { type FunnelLine, funnelFor, funnelLines } from './funnelRows'
import { nodeOf, pathTitle } from './names'
import { useDimmed } from './useDimmed'
import { useWhy } from './why'

const tries = 3

const fetchFunnels = async (engine: Engine, wanted: () => boolean): Promise<readonly FunnelOfSetup[] | null> => {
  for (let i = 0; i < tries && wanted(); i++) {
    const funnels = await engine.funnel()
    if (funnels !== null) return funnels
  }
  return null
}

type Held = { readonly of: RunResult; readonly funnels: readonly FunnelOfSetup[] | null }

/** Funnels of the newest run; those of the run before stay until they are counted. */
const useFunnels = (): { funnels: readonly FunnelOfSetup[] | null; settled: boolean } => {
  const { engine } = useSession()
  const result = useRun((run) => run.result)
  const [held, setHeld] = useState<Held | null>(null)
  useEffect(() => {
    if (result === null) return
    let wanted = true
    void fetchFunnels(engine, () => wanted).then((funnels) => {
      if (wanted) setHeld({ of: result, funnels })
    })
    return () => {
      wanted = false
    }
  }, [engine, result])
  return { funnels: result === null ? null : (held?.funnels ?? null), settled: held !== null && held.of === result }
}

const Bar = ({ line }: { line: FunnelLine }) => (
  <span aria-hidden className="relative block h-2 w-full">
    <span className="absolute inset-y-0 left-0 rounded-[2px] bg-active" style={{ width: `${100 * line.before}%` }} />
    <span
      className={`absolute inset-y-0 left-0 min-w-px rounded-[2px] ${line.here ? 'bg-you' : 'bg-2'}`}
      style={{ width: `${100 * line.share}%` }}
    />
  </span>
)

const figure = 'px-2 text-right'

const Step = ({ line, isNode }: { line: FunnelLine; isNode: boolean }) => (
  <tr
    className={`h-6.5 border-b border-line-1 ${line.here ? 'bg-you-bg text-1 shadow-[inset_2px_0_0_var(--you)]' : 'hover:bg-hover'}`}
    aria-current={line.here ? 'step' : undefined}
    onMouseEnter={() => isNode && useView.setState({ hovered: nodeOf(line.step) })}
    onMouseLeave={() => isNode && useView.setState({ hovered: null })}
  >
    <th scope="row" className="w-[38%] max-w-0 px-3 text-left font-normal whitespace-nowrap">
      <span className="flex items-center gap-1.5">
        {isNode ? (
          <button
            type="button"
            className="truncate rounded-chip hover:underline"
            onClick={() => useView.setState({ reveal: { node: nodeOf(line.step) }, selected: [nodeOf(line.step)] })}
          >
            {line.title}
          </button>
        ) : (
          <span className={line.step === 'orders' ? 'font-semibold text-1' : ''}>{line.title}</span>
        )}
        {line.doubt !== null && <TriangleAlert size={12} className="flex-none text-warn" aria-label={line.doubt} />}
      </span>
    </th>
    <td className="w-[22%] px-2">
      <Bar line={line} />
    </td>
    <td className={`${figure} text-1`}>{count(line.left)}</td>
    <td className={`${figure} ${line.doubt !== null && line.stopped === 0 ? 'text-warn' : ''}`}>
      {line.step === 'all' ? '' : count(line.stopped)}
    </td>
    <td className={`${figure} pr-3`}>
      {line.onlyIt === null ? (line.step === 'all' ? '' : none) : count(line.onlyIt)}
    </td>
  </tr>
)

const Steps = ({ lines }: { lines: readonly FunnelLine[] }) => (
  <>
    <table className="w-full">
      <caption className="sr-only">Bars that each step on the way to an entry let through</caption>
      <thead className="sticky top-0 bg-panel text-11 text-3">
        <tr className="h-6.5 border-b border-line-1">
          <th scope="col" className="px-3 text-left font-medium">
            Step, in order
          </th>
          <th scope="col" colSpan={2} className="px-2 text-left font-medium">
            Bars still in
          </th>
          <th scope="col" className={`${figure} font-medium`}>
            Stopped
          </th>
          <th
            scope="col"
            className={`${figure} pr-3 font-medium`}
            title="Bars that only this step stopped: without it they would have passed"
          >
            Only it
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Step key={line.step} line={line} isNode={line.title !== line.step && !fixed.has(line.step)} />
        ))}
      </tbody>
    </table>
    <ul className="flex flex-col gap-1.5 p-3 text-11 leading-4">
      {lines
        .filter(({ doubt }) => doubt !== null)
        .map(({ step, doubt }) => (
          <li key={step} className="flex gap-2">
            <TriangleAlert size={12} className="mt-0.5 flex-none text-warn" aria-hidden />
            <span>{doubt}</span>
          </li>
        ))}
    </ul>
  </>
)

/** Steps that are no nodes of the Play. */
const fixed = new Set(['all', 'warm', 'flat', 'rise', 'limits', 'orders'])

export const Funnel = () => {
  const { funnels, settled } = useFunnels()
  const { answer, question } = useWhy()
  const tree = useDocument(({ document }) => document.tree)
  const dimmed = useDimmed()
  const [chosen, setChosen] = useState<number | null>(null)
  const none = useRun((run) => run.result === null)
  if (none || (settled && (funnels === null || funnels.length === 0)))
    return (
      <div className="h-full bg-panel p-3">
        <Empty title="No funnel yet">
          It counts how many bars each condition lets through, as soon as a run has ended here.
        </Empty>
      </div>
    )
  if (funnels === null || funnels.length === 0)
    return (
      <div className="h-full bg-panel">
        <SkeletonLines lines={6} label="Counting bars" />
      </div>
    )
  const asked = question === null ? null : answer
  const place = Math.min(chosen ?? funnelFor(funnels, asked), funnels.length - 1)
  const funnel = funnels[place]
  if (funnel === undefined) return null
  return (
    <section
      aria-label="Funnel of the whole run"
      className={`flex h-full min-h-0 flex-col bg-panel transition-opacity ${dimmed ? 'opacity-55' : ''}`}
    >
      <header className="flex min-h-9 flex-none flex-wrap items-center gap-2 px-3 py-1.5">
        <h2 className="font-semibold text-1">Funnel of the whole run</h2>
        <span className="truncate text-11 text-3">bars stopped by each step</span>
        {asked !== null && (
          <span className="flex items-center gap-1.5 text-11 text-you">
            <span aria-hidden className="size-2 rounded-[2px] bg-you" /> this bar
          </span>
        )}
        {funnels.length > 1 && (
          <span className="ml-auto">
            <Segmented
              label="Way to an entry"
              size="s"
              value={String(place)}
              choices={funnels.map(({ side, setup }, i) => ({
                value: String(i),
                label: funnels.length > 2 ? `${side}, ${pathTitle(tree, setup)}` : side,
              }))}
              onValue={(value) => setChosen(Number(value))}
            />
          </span>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Steps lines={funnelLines(tree, funnel, asked)} />
      </div>
    </section>
  )
}
