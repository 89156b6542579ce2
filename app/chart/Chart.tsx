// The chart of the workbench: bars, trades, lines and panes of the Play, and the time cursor that all panels share.
'use client'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Flat } from '../../blocks/play/flat'
import { Button } from '../ui/Button'
import { classes } from '../ui/classes'
import { Empty } from '../ui/Empty'
import { Fault } from '../ui/Fault'
import { Progress, useLate } from '../ui/Progress'
import { Skeleton } from '../ui/Skeleton'
import { themeChanged } from '../ui/theme'
import { takeSyntheticMarket } from '../workbench/autorun'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { askBar, askTrade, useView } from '../workbench/view'
import { Controller, type Shown } from './controller'
import { Legend, Switches } from './Legend'
import { linesOf } from './lines'
import type { PictureEvents } from './picture'
import { spoken } from './text'
import { type Mark, marksIn } from './trades'
import { type Choices, instrumentsIn, useFlat, useScene, useSubject, useTrades } from './useShown'

const click: PictureEvents['onClick'] = (at) => {
  if ('mark' in at) askTrade(at.mark.trade)
}

/** Waits for bars: where candles will stand, in the true size of the axes. */
const Waiting = () => {
  const { engine } = useSession()
  const status = useRun((run) => run.status)
  const loading = status.kind === 'loading' ? status.progress : null
  const late = useLate(loading !== null)
  return (
    <div className="absolute inset-0 z-20 grid place-items-center bg-canvas p-6" aria-busy>
      {loading !== null && late ? (
        <div className="w-72">
          <Progress
            label={loading.label}
            share={loading.total > 0 ? loading.done / loading.total : null}
            onCancel={engine.cancel}
          />
        </div>
      ) : (
        <div role="status" className="flex h-1/2 w-full items-end gap-2 pr-16">
          <span className="sr-only">Waiting for bars</span>
          {[30, 44, 38, 56, 49, 63, 58, 72, 66, 80, 71, 77, 86, 79, 90, 84].map((height, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bars that have no identity and never move
            <span key={i} className="flex-1" style={{ height: `${height}%` }}>
              <Skeleton className="h-full w-full opacity-50" />
            </span>
          ))}
        </div>
      )}
    </div>
  )
}

const words = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`

/** What stands in place of the bars: why there are none, and what to do. Null: bars are there or on their way. */
const Instead = ({ shown }: { readonly shown: Shown }) => {
  const { store } = useSession()
  const status = useRun((run) => run.status)
  const problem = useRun((run) => run.dataProblem)
  const synthetic = (
    <Button size="s" onClick={() => takeSyntheticMarket(store)}>
      Use the synthetic market
    </Button>
  )
  const card =
    problem !== null ? (
      <Fault title={problem.message} action={synthetic}>
        {problem.hint}
      </Fault>
    ) : shown === 'bars' ? null : status.kind === 'too_much_data' ? (
      <Empty title="Too many bars for the page">
        {`They would take ${words(status.bytes)} of ${words(status.budget)}. Runs go to the server; choose a shorter range or a slower timeframe to see bars here.`}
      </Empty>
    ) : status.kind === 'failed' ? (
      <Fault title={status.message}>{status.hint}</Fault>
    ) : shown === 'empty' ? (
      <Empty title="No bars in this range">Choose another range, or import bars for this market.</Empty>
    ) : null
  if (card === null) return null
  return <div className="absolute inset-0 z-20 grid place-items-center bg-canvas p-6">{card}</div>
}

/** One controller for the life of the panel; cursor and jumps of other panels are followed. */
const useController = (onShown: (shown: Shown) => void) => {
  const { engine } = useSession()
  const host = useRef<HTMLDivElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const tag = useRef<HTMLDivElement>(null)
  const [controller, setController] = useState<Controller | null>(null)
  useEffect(() => {
    if (host.current === null || line.current === null || tag.current === null) return
    const made: Controller = new Controller({
      element: host.current,
      line: line.current,
      tag: tag.current,
      engine,
      onShown,
      onCursor: (ms) => useView.setState({ cursorMs: ms }),
      onClick: (at) => {
        click(at)
        if ('index' in at) {
          const ms = made.closeAt(at.index)
          if (ms !== null) askBar(ms)
        }
      },
    })
    setController(made)
    made.setCursor(useView.getState().cursorMs)
    const unsubscribe = useView.subscribe((view, before) => {
      if (view.cursorMs !== before.cursorMs) made.setCursor(view.cursorMs)
      if (view.goTo !== before.goTo && view.goTo !== null && view.question?.kind !== 'trade') made.goTo(view.goTo.ms)
    })
    const retheme = (): void => made.retheme()
    window.addEventListener(themeChanged, retheme)
    return () => {
      unsubscribe()
      window.removeEventListener(themeChanged, retheme)
      setController(null)
      made.remove()
    }
  }, [engine, onShown])
  return { controller, host, line, tag }
}

/** Trades that began or ended on the bar that closed at `closeMs`. */
const marksOn = (marks: readonly Mark[], openMs: number, closeMs: number): readonly Mark[] =>
  marksIn(marks, openMs, closeMs - 1)

const explain = (controller: Controller, marks: readonly Mark[]): void => {
  const closeMs = controller.cursorClose()
  if (closeMs === null) return
  const [mark] = marksOn(marks, controller.readout.getState().openMs, closeMs)
  if (mark === undefined) askBar(closeMs)
  else askTrade(mark.trade)
}

/** Does what a key stands for; false for a key that stands for nothing. */
const press = (controller: Controller, key: string, { shift, marks }: { shift: boolean; marks: readonly Mark[] }) => {
  const bars = shift ? 10 : 1
  if (key === 'ArrowLeft') controller.step(-bars)
  else if (key === 'ArrowRight') controller.step(bars)
  else if (key === 'Home') controller.end('first')
  else if (key === 'End') controller.end('last')
  else if (key === '+' || key === '=') controller.zoom(1)
  else if (key === '-') controller.zoom(-1)
  else if (key === 'Enter') explain(controller, marks)
  else return false
  return true
}

const events: Readonly<Record<Mark['kind'], string>> = { entry: 'opened', part: 'partly closed', exit: 'closed' }

/** The sentence on the bar under the cursor. */
const sentence = (controller: Controller, marks: readonly Mark[]): string => {
  const { tf, openMs, bar, decimals } = controller.readout.getState()
  const closeMs = controller.cursorClose()
  if (tf === null || closeMs === null) return ''
  const also = marksOn(marks, openMs, closeMs).map(
    ({ kind, side, trade }) => `${side} trade ${trade.no} ${events[kind]}`,
  )
  return spoken({ openMs, tf, bar, decimals, also })
}

const useKeys = (controller: Controller | null, marks: readonly Mark[]) => {
  const [said, setSaid] = useState('')
  const onKeyDown = (event: KeyboardEvent): void => {
    if (controller === null || event.ctrlKey || event.metaKey || event.altKey) return
    if (!press(controller, event.key, { shift: event.shiftKey, marks })) return
    event.preventDefault()
    event.stopPropagation()
    // The readout follows within a frame.
    requestAnimationFrame(() => requestAnimationFrame(() => setSaid(sentence(controller, marks))))
  }
  return { said, onKeyDown }
}

const useSwitches = (flat: Flat | null) => {
  const [switched, setSwitched] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [structure, setStructure] = useState(true)
  const hasStructure = flat?.nodes.some(({ sockets }) => sockets['']?.letter === 'W') === true
  const onSwitch = useCallback((key: string, on: boolean) => setSwitched((before) => new Map(before).set(key, on)), [])
  return { switched, structure, hasStructure, onSwitch, onStructure: setStructure }
}

/** The instrument that is shown: that of the trade under question, the one chosen, or the first that is traded. */
const useInstrument = () => {
  const tree = useDocument(({ document }) => document.tree)
  const trades = useTrades()
  const question = useView((view) => view.question)
  const [chosen, setChosen] = useState<string | null>(null)
  const instruments = useMemo(() => instrumentsIn(tree), [tree])
  const asked = question?.kind === 'trade' ? trades.find(({ no }) => no === question.no)?.instrument : undefined
  const wanted = asked ?? chosen
  const instrument = wanted !== null && instruments.includes(wanted) ? wanted : (instruments[0] ?? '')
  return { instrument, instruments, setChosen }
}

export const Chart = () => {
  const [shown, setShown] = useState<Shown>('nothing')
  const { controller, host, line, tag } = useController(setShown)
  const flat = useFlat()
  const { instrument, instruments, setChosen } = useInstrument()
  const { switched, structure, hasStructure, onSwitch, onStructure } = useSwitches(flat)
  const choices = useMemo((): Choices => ({ switched, structure }), [switched, structure])
  const subject = useSubject(instrument, flat, choices)
  const scene = useScene(instrument, flat, structure)
  const { status, result, dataset, stale } = useRun()
  const working = status.kind === 'running' || status.kind === 'loading'
  const late = useLate(working && shown === 'bars')
  const { said, onKeyDown } = useKeys(controller, scene.marks)
  const goTo = useView((view) => view.goTo)
  const endMs = dataset === null ? 0 : Math.min(dataset.toMs, dataset.span.endMs)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that ended, or data that came, changes what the engine answers
  useEffect(() => {
    if (controller !== null && endMs > 0 && status.kind !== 'loading') controller.about(subject, endMs)
  }, [controller, subject, endMs, result, status.kind])
  useEffect(() => controller?.stage(scene), [controller, scene])
  useEffect(() => {
    if (goTo !== null && scene.path !== null) controller?.goToTrade(scene.path)
  }, [controller, goTo, scene.path])

  return (
    <div className="relative h-full min-h-0 overflow-hidden bg-canvas">
      <div
        role="application"
        aria-label={`Chart of ${instrument}`}
        aria-roledescription="chart"
        aria-describedby="chart-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys by itself
        tabIndex={0}
        onKeyDown={onKeyDown}
        className={classes(
          'absolute inset-0 -outline-offset-2 transition-opacity',
          (late || (stale && working && late)) && 'opacity-60',
          // The library's own style of its logo, which a strict policy keeps out.
          '[&_#tv-attr-logo]:absolute [&_#tv-attr-logo]:bottom-8 [&_#tv-attr-logo]:left-2.5 [&_#tv-attr-logo]:z-[3] [&_#tv-attr-logo]:h-[19px] [&_#tv-attr-logo]:w-[35px]',
        )}
      >
        <div ref={host} className="absolute inset-0" />
        <div ref={line} hidden className="pointer-events-none absolute top-0 left-0 z-[4] w-px bg-you" />
        <div
          ref={tag}
          hidden
          className="pointer-events-none absolute left-0 z-[5] h-[18px] rounded-chip bg-you px-2 text-11 leading-[18px] font-medium whitespace-nowrap text-ink"
        />
      </div>
      <p id="chart-keys" className="sr-only">
        Arrow keys move the time cursor by one bar, with Shift by ten. Home and End go to the first and last bar. Plus
        and minus zoom. Enter explains the bar.
      </p>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      {controller !== null && shown === 'bars' && (
        <>
          <Legend store={controller.readout} subject={subject} />
          <Switches
            lines={flat === null ? [] : linesOf(flat)}
            subject={subject}
            structure={structure}
            hasStructure={hasStructure}
            instruments={instruments}
            onSwitch={onSwitch}
            onStructure={onStructure}
            onInstrument={setChosen}
            onHome={() => controller.toHome()}
          />
        </>
      )}
      {shown === 'nothing' && <Waiting />}
      <Instead shown={shown} />
    </div>
  )
}
