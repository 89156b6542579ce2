// The chart of the workbench: bars, trades, lines and panes of the Play, and the time cursor that all panels share.
'use client'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { classes } from '../ui/classes'
import { useLate } from '../ui/Progress'
import { themeChanged } from '../ui/theme'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { askBar, askTrade, useView } from '../workbench/view'
import { Attribution } from './Attribution'
import { ChartStates, type ChartStatesProps } from './ChartStates'
import { Controller, type Shown } from './controller'
import { setDrawing, useDrawing } from './drawing'
import type { Subject } from './feed'
import { Legend, PaneLegends } from './Legend'
import { linesOf } from './lines'
import type { Scene } from './pack'
import { Switches, type SwitchesProps } from './Switches'
import { useCovered } from './useCovered'
import { useKeys } from './useKeys'
import { instrumentsIn, useFlat, useScene, useSubject, useTrades } from './useShown'

interface Heard {
  readonly onShown: (shown: Shown) => void
  readonly onDay: () => void
}

/** One controller for the life of the panel; cursor and jumps of other panels are followed. */
const useController = ({ onShown, onDay }: Heard) => {
  const { engine } = useSession()
  const host = useRef<HTMLDivElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const tag = useRef<HTMLDivElement>(null)
  const tip = useRef<HTMLDivElement>(null)
  const [controller, setController] = useState<Controller | null>(null)
  useEffect(() => {
    if (host.current === null || line.current === null || tag.current === null || tip.current === null) return
    const made: Controller = new Controller({
      element: host.current,
      line: line.current,
      tag: tag.current,
      tip: tip.current,
      engine,
      onShown,
      onDay,
      onCursor: (ms) => useView.setState({ cursorMs: ms }),
      onClick: (at) => {
        const ms = 'ms' in at ? at.ms : 'index' in at ? made.closeAt(at.index) : null
        if ('mark' in at) askTrade(at.mark.trade)
        else if (ms !== null) askBar(ms, made.instrument)
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
  }, [engine, onShown, onDay])
  return { controller, host, line, tag, tip }
}

/** What is switched on and off in this document, and how to switch. */
const useSwitches = () => {
  const id = useDocument(({ document }) => document.id)
  const drawing = useDrawing(id)
  const onSwitch = useCallback(
    (key: string, on: boolean) => setDrawing(id, ({ switched }) => ({ switched: { ...switched, [key]: on } })),
    [id],
  )
  const onDrawing = useCallback<SwitchesProps['onDrawing']>((change) => setDrawing(id, () => change), [id])
  return { drawing, onSwitch, onDrawing }
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

type StageRefs = Pick<ReturnType<typeof useController>, 'host' | 'line' | 'tag' | 'tip'>

interface StageProps extends StageRefs {
  readonly instrument: string
  readonly dim: boolean
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** The picture and the time cursor over it; takes the keys. */
const Stage = ({ instrument, dim, onKeyDown, host, line, tag, tip }: StageProps) => (
  <div
    role="application"
    aria-label={`Chart of ${instrument}`}
    aria-roledescription="chart"
    aria-describedby="chart-keys"
    // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys by itself
    tabIndex={0}
    onKeyDown={onKeyDown}
    className={classes('absolute inset-0 -outline-offset-2 transition-opacity', dim && 'opacity-60')}
  >
    <div ref={host} className="absolute inset-0" />
    <div ref={line} hidden className="pointer-events-none absolute top-0 left-0 z-[4] w-px bg-you" />
    <div
      ref={tag}
      data-testid="time-cursor"
      hidden
      className="pointer-events-none absolute left-0 z-[5] h-[18px] rounded-chip bg-you px-2 text-11 leading-[18px] font-medium whitespace-nowrap text-ink"
    />
    <div
      ref={tip}
      role="tooltip"
      hidden
      className="pointer-events-none absolute top-0 left-0 z-[15] max-w-64 rounded-node bg-raised px-2 py-1 text-11 leading-4 text-1 shadow-float"
    />
  </div>
)

interface Followed {
  readonly controller: Controller | null
  readonly subject: Subject
  readonly scene: Scene
}

/** Tells the controller what is drawn: anew when a run ended or data came, since the engine then answers otherwise. */
const useFollowing = ({ controller, subject, scene }: Followed): void => {
  const { status, result, dataset } = useRun()
  const goTo = useView((view) => view.goTo)
  const endMs = dataset === null ? 0 : Math.min(dataset.toMs, dataset.span.endMs)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that ended changes what the engine answers
  useEffect(() => {
    if (controller !== null && endMs > 0 && status.kind !== 'loading') controller.about(subject, endMs)
  }, [controller, subject, endMs, result, status.kind])
  useEffect(() => controller?.stage(scene), [controller, scene])
  useEffect(() => {
    if (goTo !== null && scene.path !== null) controller?.goToTrade(scene.path)
  }, [controller, goTo, scene.path])
}

interface OverProps extends Omit<SwitchesProps, 'onHome' | 'onDay' | 'days'> {
  readonly controller: Controller
}

/** Names, values and buttons over the picture: it draws nothing under them. */
const Over = ({ controller, ...props }: OverProps) => {
  const cover = useRef<HTMLDivElement>(null)
  useCovered(controller, cover, true)
  const width = useStore(controller.readout, (readout) => readout.width)
  const { subject, onSwitch } = props
  return (
    <>
      <div ref={cover} className="pointer-events-none absolute inset-0 z-10">
        <div className="@container flex items-start gap-3 pt-2 pr-1 pl-3" style={width > 0 ? { width } : undefined}>
          <Legend store={controller.readout} subject={subject} onSwitch={onSwitch} />
          <Switches
            {...props}
            days={controller.days()}
            onHome={() => controller.toHome()}
            onDay={(ms) => useView.setState({ cursorMs: ms, goTo: { ms } })}
          />
        </div>
      </div>
      <PaneLegends store={controller.readout} subject={subject} onSwitch={onSwitch} />
    </>
  )
}

export const Chart = ({ isTold }: Pick<ChartStatesProps, 'isTold'>) => {
  const [shown, setShown] = useState<Shown>('nothing')
  const [asking, setAsking] = useState(false)
  const onDay = useCallback(() => setAsking(true), [])
  const { controller, ...refs } = useController({ onShown: setShown, onDay })
  const flat = useFlat()
  const lines = useMemo(() => (flat === null ? [] : linesOf(flat)), [flat])
  const hasStructure = flat?.nodes.some(({ sockets }) => sockets['']?.letter === 'W') === true
  const { instrument, instruments, setChosen } = useInstrument()
  const switches = useSwitches()
  const subject = useSubject(instrument, flat, switches.drawing)
  const scene = useScene(instrument, switches.drawing)
  useFollowing({ controller, subject, scene })
  const working = useRun(({ status }) => status.kind === 'running' || status.kind === 'loading')
  const dim = useLate(working && shown === 'bars')
  const { said, onKeyDown } = useKeys(controller, scene.marks)
  return (
    <div className="relative h-full min-h-0 overflow-hidden bg-canvas">
      <Stage {...refs} instrument={instrument} dim={dim} onKeyDown={onKeyDown} />
      <p id="chart-keys" className="sr-only">
        Arrow keys move the time cursor by one bar, with Shift by ten. Home and End go to the first and last bar. Plus
        and minus zoom. Enter explains the bar. G goes to a day.
      </p>
      <p aria-live="polite" data-testid="chart-spoken" className="sr-only">
        {said}
      </p>
      {controller !== null && shown === 'bars' && (
        <Over
          controller={controller}
          {...switches}
          {...{ lines, subject, hasStructure, instruments, asking }}
          onAsking={setAsking}
          onInstrument={setChosen}
        />
      )}
      {shown === 'bars' && <Attribution />}
      <ChartStates shown={shown} isTold={isTold} />
    </div>
  )
}
