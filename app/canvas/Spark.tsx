// The last values of an output as a thin line, in the colour that the chart gives it.
'use client'
import { useCallback } from 'react'
import type { CursorState } from './cursor'
import { useCursor } from './scene'
import { sparkPath } from './spark'

const height = 12

export const Spark = ({ id, width, colour }: { id: string; width: number; colour: string }) => {
  const values = useCursor(
    useCallback((state: CursorState) => (Object.hasOwn(state.sparks, id) ? state.sparks[id] : undefined), [id]),
  )
  const path = values === undefined ? null : sparkPath(values, width, height)
  if (path === null) return null
  return (
    <svg
      aria-hidden
      className="ml-auto flex-none overflow-visible"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <path d={path} fill="none" stroke={colour} strokeWidth={1.25} strokeLinejoin="round" opacity={0.9} />
    </svg>
  )
}
