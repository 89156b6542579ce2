// The one visible history: undo, redo, and the list of all steps with a jump to each.
'use client'
import { History as HistoryIcon, Redo2, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { classes } from '../ui/classes'
import { IconButton } from '../ui/IconButton'
import { Popover } from '../ui/Popover'
import { useDocument, useSession } from '../workbench/session'
import { ago } from './times'

const Step = ({
  label,
  time,
  state,
  onJump,
}: {
  label: string
  time: string
  state: 'done' | 'here' | 'undone'
  onJump: () => void
}) => (
  <li>
    <button
      type="button"
      aria-current={state === 'here' ? 'step' : undefined}
      onClick={onJump}
      className={classes(
        'flex h-[26px] w-full items-center gap-3 border-l-2 px-2.5 text-left transition-colors duration-(--move-fast) hover:bg-hover',
        state === 'here' ? 'border-you bg-you-bg text-1' : 'border-transparent',
        state === 'undone' ? 'text-3' : 'text-1',
      )}
    >
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {state === 'undone' && <span className="flex-none text-11 text-3">undone</span>}
      <span className="flex-none text-11 text-3 tabular-nums">{time}</span>
    </button>
  </li>
)

const Steps = () => {
  const { store } = useSession()
  const { steps, at } = useDocument(({ history }) => history)
  // The times are those of the moment at which the list was opened.
  const [nowMs] = useState(() => Date.now())
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [])
  // Steps have no name of their own: their place is what they are.
  const rows = steps.map(({ label, atMs }, i) => ({ key: `${i + 1} ${label}`, label, atMs, place: i + 1 }))
  const jump = (to: number) => () => store.getState().jump(to)
  const stateOf = (place: number) => (place === at ? 'here' : place < at ? 'done' : 'undone')
  return (
    <ol ref={list} className="max-h-[60vh] overflow-y-auto py-1">
      <Step label="Opened" time="" state={stateOf(0)} onJump={jump(0)} />
      {rows.map(({ key, label, atMs, place }) => (
        <Step key={key} label={label} time={ago(atMs, nowMs)} state={stateOf(place)} onJump={jump(place)} />
      ))}
    </ol>
  )
}

/** Every step of the open document; the newest last. */
export const HistoryMenu = () => (
  <Popover
    label="History"
    align="end"
    className="w-80 p-0"
    trigger={<IconButton label="History" icon={<HistoryIcon size={15} aria-hidden />} />}
  >
    <h2 className="border-b border-line-1 px-2.5 py-2 font-semibold text-1">History</h2>
    <Steps />
  </Popover>
)

/** Undo, redo and the history, for the top bar. Their keys are bound where all keys are. */
export const HistoryButtons = () => {
  const { store } = useSession()
  const { steps, at } = useDocument(({ history }) => history)
  const readOnly = useDocument((state) => state.readOnly)
  const [last, next] = [steps[at - 1], steps[at]]
  return (
    <fieldset aria-label="Undo and history" className="flex flex-none items-center">
      <IconButton
        label={last === undefined ? 'Undo' : `Undo: ${last.label}`}
        keys="Control+Z"
        icon={<Undo2 size={15} aria-hidden />}
        disabled={readOnly || last === undefined}
        onClick={() => store.getState().undo()}
      />
      <IconButton
        label={next === undefined ? 'Redo' : `Redo: ${next.label}`}
        keys="Control+Shift+Z"
        icon={<Redo2 size={15} aria-hidden />}
        disabled={readOnly || next === undefined}
        onClick={() => store.getState().redo()}
      />
      <HistoryMenu />
    </fieldset>
  )
}
