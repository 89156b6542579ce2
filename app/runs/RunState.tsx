// The state of a run: a glyph and a word.
'use client'
import { LoaderCircle } from 'lucide-react'
import { Verdict } from '../ui/Verdict'
import { type RunRow, stateKinds } from './runs'

const tones: Readonly<Record<RunRow['state'], string>> = {
  queued: 'text-2',
  running: 'text-1',
  done: 'text-2',
  refused: 'text-neg',
  failed: 'text-neg',
  cancelled: 'text-3',
}

export const RunState = ({ run: { state } }: { run: Pick<RunRow, 'state'> }) => (
  <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${tones[state]}`}>
    <span aria-hidden className="inline-flex">
      {state === 'running' ? (
        <LoaderCircle size={14} className="animate-spin text-you motion-reduce:animate-none" />
      ) : (
        <Verdict kind={stateKinds[state]} word="" />
      )}
    </span>
    <span className="max-md:sr-only">{state}</span>
  </span>
)
