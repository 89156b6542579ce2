// The funnel of the whole run: how many bars each step let through, and how many it alone stopped.
'use client'
import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { Funnel as FunnelOfSetup, RunResult } from '../engine/protocol'
import { Segmented } from '../ui/Segmented'
import { Select } from '../ui/Select'
import { SkeletonLines } from '../ui/Skeleton'
import { Tooltip } from '../ui/Tooltip'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { useView } from '../workbench/view'
import { Doubts, doubtId } from './Doubts'
import { count, marketName, none } from './format'
import { type FunnelLine, funnelFor, funnelLines } from './funnelRows'
import { MissingResult } from './MissingResult'
import { nodeOf, pathTitle } from './names'
import { patiently } from './patiently'
import { Scrolled } from './Scrolled'
import { useDimmed } from './useDimmed'
import { useWhy } from './why'

type Held = { readonly of: RunResult; readonly market: string; readonly funnels: readonly FunnelOfSetup[] | null }

/** Funnels of the newest run on a market; those of the run before stay until they are counted. */
const useFunnels = (market: string): { funnels: readonly FunnelOfSetup[] | null; settled: boolean } => {
  const { engine } = useSession()
  const result = useRun((run) => run.result)
  const [held, setHeld] = useState<Held | null>(null)
  useEffect(() => {
    if (result === null) return
    let wanted = true
    const ask = (): ReturnType<typeof engine.funnel> => engine.funnel(market)
    void patiently(engine, () => wanted, ask).then((funnels) => {
      if (wanted) setHeld({ of: result, market, funnels })
    })
    return () => {
      wanted = false
    }
  }, [engine, result, market])
  const mine = held?.market === market ? held : null
  return { funnels: result === null ? null : (mine?.funnels ?? null), settled: mine !== null && mine.of === result }
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
        {line.doubt !== null && (
          <button
            type="button"
            aria-label={`${line.doubt} Show what can be done.`}
            title={line.doubt}
            onClick={() => document.getElementById(doubtId(line.step))?.scrollIntoView({ block: 'nearest' })}
            className="grid size-5 flex-none place-items-center rounded-chip text-warn hover:bg-active"
          >
            <TriangleAlert size={12} aria-hidden />
          </button>
        )}
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

/** `still`: the lines without the bar in question, which stay while one bar after the other is asked about. */
const Steps = ({ lines, still }: { lines: readonly FunnelLine[]; still: readonly FunnelLine[] }) => (
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
            <Tooltip text="Bars that had come this far and were stopped here.">
              <button type="button" className="cursor-help rounded-chip underline decoration-dotted underline-offset-2">
                Stopped
              </button>
            </Tooltip>
          </th>
          <th scope="col" className={`${figure} pr-3 font-medium`}>
            <Tooltip text="Bars that this step alone stopped: every other condition agreed, so without it they would have passed.">
              <button type="button" className="cursor-help rounded-chip underline decoration-dotted underline-offset-2">
                Only it
              </button>
            </Tooltip>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Step key={line.step} line={line} isNode={line.title !== line.step && !fixed.has(line.step)} />
        ))}
      </tbody>
    </table>
    <Doubts lines={still} />
  </>
)

/** Steps that are no nodes of the Play. */
const fixed = new Set(['all', 'warm', 'flat', 'rise', 'limits', 'orders'])

/** Of a basket: one market after the other. */
const useMarket = () => {
  const question = useView((view) => view.question)
  const instruments = useRun((run) => run.result?.report.provenance.instruments)
  const [chosen, setChosen] = useState<string | null>(null)
  const markets = (instruments ?? []).map(({ instrument }) => instrument)
  const asked = question?.kind === 'bar' ? question.instrument : undefined
  const wanted = asked ?? chosen
  const market = wanted !== null && markets.includes(wanted) ? wanted : (markets[0] ?? '')
  return { market, markets, setChosen: asked === undefined ? setChosen : null }
}

const Heading = ({ asked, children }: { asked: boolean; children: ReactNode }) => (
  <header className="flex min-h-9 flex-none flex-wrap items-center gap-2 px-3 py-1.5">
    <h2 className="font-semibold text-1">Funnel of the whole run</h2>
    {asked && (
      <span className="flex items-center gap-1.5 text-11 text-you">
        <span aria-hidden className="size-2 rounded-[2px] bg-you" /> this bar
      </span>
    )}
    <span className="ml-auto flex items-center gap-2">{children}</span>
  </header>
)

export const Funnel = () => {
  const { market, markets, setChosen } = useMarket()
  const { funnels, settled } = useFunnels(market)
  const { answer, question } = useWhy()
  const tree = useDocument(({ document }) => document.tree)
  const dimmed = useDimmed()
  const [chosen, setPlace] = useState<number | null>(null)
  const hasResult = useRun((run) => run.result !== null)
  const asked = question === null ? null : answer
  const place = funnels === null ? 0 : Math.min(chosen ?? funnelFor(funnels, asked), funnels.length - 1)
  const funnel = funnels?.[place]
  const still = useMemo(() => (funnel === undefined ? [] : funnelLines(tree, funnel, null)), [tree, funnel])
  if (!hasResult || (settled && funnel === undefined))
    return (
      <div className="h-full bg-panel p-3">
        <MissingResult title="No funnel yet">
          It counts how many bars each condition lets through, as soon as a run has ended here.
        </MissingResult>
      </div>
    )
  if (funnels === null || funnel === undefined)
    return (
      <div className="h-full bg-panel">
        <SkeletonLines lines={6} label="Counting bars" />
      </div>
    )
  return (
    <section
      aria-label="Funnel of the whole run"
      className={`flex h-full min-h-0 flex-col bg-panel transition-opacity ${dimmed ? 'opacity-55' : ''}`}
    >
      <Heading asked={asked !== null}>
        {markets.length > 1 && setChosen !== null && (
          <Select
            aria-label="Market of the funnel"
            size="s"
            value={market}
            choices={markets.map((value) => ({ value, label: marketName(value) }))}
            onValue={setChosen}
          />
        )}
        {funnels.length > 1 && (
          <Segmented
            label="Way to an entry"
            size="s"
            value={String(place)}
            choices={funnels.map(({ side, setup }, i) => ({
              value: String(i),
              label: funnels.length > 2 ? `${side}, ${pathTitle(tree, setup)}` : side,
            }))}
            onValue={(value) => setPlace(Number(value))}
          />
        )}
      </Heading>
      <Scrolled label="Steps of the funnel">
        <Steps lines={asked === null ? still : funnelLines(tree, funnel, asked)} still={still} />
      </Scrolled>
    </section>
  )
}
