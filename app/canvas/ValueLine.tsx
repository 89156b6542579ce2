// The live line at a node's foot: value at the cursor, how far from the threshold, and the verdict.
'use client'
import { useCallback } from 'react'
import type { Letter } from '../../blocks/kit/socket'
import { seriesColour } from '../chart/colours'
import { classes } from '../ui/classes'
import { Verdict, type VerdictKind } from '../ui/Verdict'
import { useDocument } from '../workbench/session'
import { type CursorState, cursorValue } from './cursor'
import { asideWithin, type LineTone, valueLine } from './figures'
import type { NodeView, OutputView } from './nodeParts'
import { lineRoom } from './nodeSize'
import { useNodeState } from './nodeState'
import { socketLetterOfOperands } from './nodeView'
import { Spark } from './Spark'
import { useCursor } from './scene'
import { hasSpark, sparkKey } from './spark'
import { textWidth } from './textWidth'

const glyphs: Readonly<Record<LineTone, VerdictKind | null>> = {
  true: 'pass',
  false: 'no',
  first: 'fail',
  unknown: 'wait',
  plain: null,
}
const tones: Readonly<Record<LineTone, string>> = {
  true: 'bg-pos-bg text-1',
  false: 'text-3',
  first: 'bg-neg-bg text-1',
  unknown: 'text-3',
  plain: 'text-1',
}

interface ValueLineProps {
  readonly view: NodeView
  readonly output: OutputView
  readonly last: boolean
  readonly isExit: boolean
}

/** Letters whose columns hold no value: bars as a whole, swings, roles. */
const silent = new Set<Letter>(['B', 'W', 'Z', 'F', 'S', 'X', 'I'])

/** Room for the short line beside the value, and its colour; null: there is none. */
const useSparkPlace = (view: NodeView, output: OutputView, text: string | null) => {
  const colour = useDocument((state) => seriesColour(view.id, state.document.tree))
  if (text === null || !hasSpark(view, output)) return null
  const label = output.label === '' ? 0 : textWidth(output.label, 11.5) + 6
  const room = lineRoom(view, false) - label - textWidth(text, 11.5) - 14
  return room < 24 ? null : { width: Math.min(56, room), colour: `var(--${colour})` }
}

export const ValueLine = ({ view, output, last, isExit }: ValueLineProps) => {
  const { id } = view
  const { name, handle, letter } = output
  const value = useCursor(
    useCallback((state: CursorState) => cursorValue(state, id, { name, handle }), [id, name, handle]),
  )
  const { first } = useNodeState(id, isExit)
  const operands = socketLetterOfOperands(view)
  const line = value === null || silent.has(letter) ? null : valueLine(value, { letter, operands, first })
  const tone = line?.tone ?? (first ? 'first' : 'plain')
  const glyph = line === null ? null : glyphs[tone]
  const aside = line === null ? null : asideWithin(line, lineRoom(view, glyph !== null))
  const spark = useSparkPlace(view, output, line?.text ?? null)
  return (
    <div
      data-tone={tone}
      className={classes(
        'flex h-[22px] items-center gap-1.5 border-t border-line-1 pr-2.5 pl-3 text-[11.5px] whitespace-nowrap',
        last && 'rounded-b-node',
        tones[tone],
      )}
    >
      {output.label !== '' && (
        <span className="min-w-0 shrink-[99] truncate text-3" title={output.label}>
          {output.label}
        </span>
      )}
      <span
        className={classes(
          aside === null ? 'min-w-0 flex-1 truncate' : 'flex-none',
          line === null && 'text-3',
          output.label !== '' && 'text-right',
        )}
      >
        {line?.text ?? (silent.has(letter) && output.label === '' ? view.foot : '')}
      </span>
      {aside !== null && (
        <span className="min-w-0 flex-1 text-right text-3" title={line?.aside ?? undefined}>
          {aside}
        </span>
      )}
      {spark !== null && <Spark id={sparkKey({ node: id, output: name })} {...spark} />}
      {glyph !== null && <Verdict kind={glyph} />}
    </div>
  )
}
