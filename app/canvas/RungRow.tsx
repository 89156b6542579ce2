// A step of a ladder: how much is closed, and at what distance. Steps are added and taken away here.
'use client'
import { Minus, Plus } from 'lucide-react'
import type { Scalar, Value } from '../../blocks/play/tree'
import { valueAt } from '../document/edits/values'
import { NumberField } from '../ui/NumberField'
import { useSession } from '../workbench/session'
import { numberOf, withUnit } from './fields'
import type { RowView } from './nodeParts'
import { useScene } from './scene'
import { literalWords } from './words'

type Rung = Extract<RowView, { kind: 'rung' }>

const Amount = ({ value, label, onScalar }: { value: Value; label: string; onScalar: (next: Scalar) => void }) => {
  const shown = typeof value === 'object' ? null : numberOf(value)
  if (shown === null) return <span className="text-3">{literalWords(value)}</span>
  const { unit, suffix } = shown
  return (
    <NumberField
      size="s"
      value={shown.value}
      step={suffix === '%' ? 5 : 0.25}
      min={0}
      {...(unit === null ? {} : { unit })}
      aria-label={label}
      onValue={(next) => onScalar(withUnit(next, suffix))}
    />
  )
}

export const RungRow = ({ node, row }: { node: string; row: Rung }) => {
  const { store } = useSession()
  const { actions, readOnly } = useScene()
  const change = (edit: (steps: readonly Value[]) => readonly Value[]): void => {
    const steps = valueAt(store.getState().document.tree, { node, key: 'steps' })
    if (Array.isArray(steps)) actions.setValue(node, 'steps', edit(steps as readonly Value[]))
  }
  const write = (key: 'at' | 'close', value: Scalar): void =>
    change((steps) => steps.map((step, i) => (i === row.no ? { at: row.at, close: row.close, [key]: value } : step)))
  const button =
    'nodrag grid size-3.5 flex-none place-items-center rounded-chip text-3 opacity-0 group-hover/node:opacity-100 hover:text-1 focus-visible:opacity-100'
  return (
    <div className="flex h-6 items-center gap-1.5 pr-2 pl-3 text-[11.5px] whitespace-nowrap text-2">
      <Amount value={row.close} label={`Step ${row.no + 1} closes`} onScalar={(next) => write('close', next)} />
      <span className="text-3">at</span>
      <Amount value={row.at} label={`Step ${row.no + 1} at`} onScalar={(next) => write('at', next)} />
      {!readOnly && (
        <span className="ml-auto flex gap-0.5">
          <button
            type="button"
            aria-label={`Add a step after step ${row.no + 1}`}
            title="Add a step"
            className={button}
            onClick={() =>
              change((steps) => [...steps.slice(0, row.no + 1), nextStep(row), ...steps.slice(row.no + 1)])
            }
          >
            <Plus size={10} aria-hidden />
          </button>
          <button
            type="button"
            aria-label={`Take step ${row.no + 1} away`}
            title="Take this step away"
            className={button}
            onClick={() => change((steps) => (steps.length > 1 ? steps.filter((_, i) => i !== row.no) : steps))}
          >
            <Minus size={10} aria-hidden />
          </button>
        </span>
      )}
    </div>
  )
}

/** One unit further out, a tenth of the size. */
const nextStep = ({ at }: Rung): Value => {
  const shown = typeof at === 'object' ? null : numberOf(at)
  return { at: shown === null ? '1R' : withUnit(shown.value + 1, shown.suffix), close: '10%' }
}
