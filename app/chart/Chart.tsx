// The chart of the workbench: bars, trades, lines and panes of the Play, and the time cursor that all panels share.
'use client'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Flat } from '../../blocks/play/flat'
import { classes } from '../ui/classes'
import { useLate } from '../ui/Progress'
import { themeChanged } from '../ui/theme'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { askBar, askTrade, useView } from '../workbench/view'
import { ChartStates } from './ChartStates'
import { Controller, type Shown } from './controller'
import type { Subject } from './feed'
import { Legend, Switches } from './Legend'
import { linesOf } from './lines'
import type { PictureEvents, Scene } from './picture'
import { useKeys } from './useKeys'
import { type Choices, instrumentsIn, useFlat, useScene, useSubject, useTrades } from './useShown'

const click: PictureEvents['onClick'] = (at) => {
  if ('mark' in at) askTrade(at.mark.trade)
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

type StageRefs = Pick<ReturnType<typeof useController>, 'host' | 'line' | 'tag'>

interface StageProps extends StageRefs {
  readonly instrument: string
  readonly dim: boolean
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** The picture and the time cursor over it; takes the keys. */
const Stage = ({ instrument, dim, onKeyDown, host, line, tag }: StageProps) => (
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

export const Chart = () => {
  const [shown, setShown] = useState<Shown>('nothing')
  const { controller, ...refs } = useController(setShown)
  const flat = useFlat()
  const lines = useMemo(() => (flat === null ? [] : linesOf(flat)), [flat])
  const { instrument, instruments, setChosen } = useInstrument()
  const switches = useSwitches(flat)
  const { switched, structure } = switches
  const choices = useMemo((): Choices => ({ switched, structure }), [switched, structure])
  const subject = useSubject(instrument, flat, choices)
  const scene = useScene(instrument, flat, structure)
  useFollowing({ controller, subject, scene })
  const working = useRun(({ status }) => status.kind === 'running' || status.kind === 'loading')
  const dim = useLate(working && shown === 'bars')
  const { said, onKeyDown } = useKeys(controller, scene.marks)
  return (
    <div className="relative h-full min-h-0 overflow-hidden bg-canvas">
      <Stage {...refs} instrument={instrument} dim={dim} onKeyDown={onKeyDown} />
      <p id="chart-keys" className="sr-only">
        Arrow keys move the time cursor by one bar, with Shift by ten. Home and End go to the first and last bar. Plus
        and minus zoom. Enter explains the bar.
      </p>
      <p aria-live="polite" data-testid="chart-spoken" className="sr-only">
        {said}
      </p>
      {controller !== null && shown === 'bars' && (
        <>
          <Legend store={controller.readout} subject={subject} />
          <Switches
            {...switches}
            {...{ lines, subject, instruments }}
            onInstrument={setChosen}
            onHome={() => controller.toHome()}
          />
        </>
      )}
      <ChartStates shown={shown} />
    </div>
  )
}
