// From when to when a run goes. Left alone it stops at the lockbox line; going beyond it is said, never silent.
'use client'
import { CalendarRange, ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import type { Dataset } from '../../blocks/engine/dataset'
import { Button } from '../ui/Button'
import { Popover } from '../ui/Popover'
import { TextField } from '../ui/TextField'
import { useMenu } from './menus'
import { dayText, endsOf, monthText, textOf } from './range'
import { useRun } from './run'
import { useDocument } from './session'
import { setChoices, useRunChoices } from './settings'

/** What is stored and where the lockbox line lies; and a word when the range goes beyond it. */
const Stored = ({ dataset, toMs }: { dataset: Dataset; toMs: number | null }) => (
  <>
    <p className="text-11 text-3">
      Stored: {dayText(dataset.span.firstMs)} to {dayText(dataset.span.endMs - 1)}. The last fifth is kept unseen for
      the final test: results stop on {dayText(dataset.lockboxMs - 1)}.
    </p>
    {toMs !== null && toMs > dataset.lockboxMs && (
      <p className="text-11 text-warn">
        This range goes beyond the lockbox line: what you see there can no longer prove anything.
      </p>
    )}
  </>
)

const RangeForm = ({ id, onDone }: { id: string; onDone: () => void }) => {
  const { fromMs, toMs } = useRunChoices(id)
  const dataset = useRun((run) => run.dataset)
  const [typed, setTyped] = useState(() => textOf({ fromMs, toMs }))
  const ends = endsOf(typed)
  const fields = useId()
  return (
    <form
      className="flex w-64 flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (typeof ends === 'string') return
        setChoices(id, ends)
        onDone()
      }}
    >
      <label className="text-11 text-3" htmlFor={`${fields}from`}>
        First day
      </label>
      <TextField
        id={`${fields}from`}
        value={typed.from}
        placeholder={dataset === null ? 'first bar' : dayText(dataset.span.firstMs)}
        onText={(from) => setTyped({ ...typed, from })}
      />
      <label className="text-11 text-3" htmlFor={`${fields}to`}>
        Last day
      </label>
      <TextField
        id={`${fields}to`}
        value={typed.to}
        placeholder={dataset === null ? 'lockbox line' : `${dayText(dataset.lockboxMs - 1)}, the lockbox line`}
        onText={(to) => setTyped({ ...typed, to })}
      />
      {typeof ends === 'string' && (
        <p role="alert" className="text-11 text-neg">
          {ends}
        </p>
      )}
      {dataset !== null && <Stored dataset={dataset} toMs={typeof ends === 'string' ? null : ends.toMs} />}
      <div className="flex justify-end gap-2">
        <Button
          look="quiet"
          onClick={() => {
            setChoices(id, { fromMs: null, toMs: null })
            onDone()
          }}
        >
          All but the lockbox
        </Button>
        <Button type="submit" look="primary" disabled={typeof ends === 'string'}>
          Run
        </Button>
      </div>
    </form>
  )
}

export const RangeMenu = () => {
  const id = useDocument(({ document }) => document.id)
  const dataset = useRun((run) => run.dataset)
  const [open, setOpen] = useMenu('range')
  const word = dataset === null ? 'Range' : `${monthText(dataset.fromMs)} – ${monthText(dataset.toMs - 1)}`
  return (
    <Popover
      label="Range of the run"
      align="end"
      open={open}
      onOpen={setOpen}
      trigger={
        <Button look="quiet" aria-label={`Range of the run: ${word}`}>
          <CalendarRange size={15} className="xl:hidden" aria-hidden />
          <span className="max-xl:hidden">{word}</span>
          <ChevronDown size={12} aria-hidden />
        </Button>
      }
    >
      <RangeForm id={id} onDone={() => setOpen(false)} />
    </Popover>
  )
}
