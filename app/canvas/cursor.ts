// Values at the time cursor, outside of React: each node on the screen listens for its own. Nothing here reaches the document.
import { createStore } from 'zustand/vanilla'
import type { NodeValue, WhyAnswer } from '../engine/protocol'

export interface CursorState {
  /** Close of the decision that the values stand for, Unix ms. */
  readonly timeMs: number | null
  readonly values: Readonly<Record<string, NodeValue>>
  /** The answer to the question that is asked, if one is. */
  readonly why: WhyAnswer | null
  /** The values are of a run before the last edit. */
  readonly stale: boolean
  /** The last values of numeric outputs, `node.output`. */
  readonly sparks: Readonly<Record<string, readonly number[]>>
}

export const emptyCursor: CursorState = { timeMs: null, values: {}, why: null, stale: false, sparks: {} }
export const createCursor = () => createStore<CursorState>()(() => emptyCursor)
export type CursorStore = ReturnType<typeof createCursor>

/** The value of an output. Of a mirrored side its own nodes come first. */
export const cursorValue = (
  { values, why }: Pick<CursorState, 'values' | 'why'>,
  id: string,
  output: { readonly name: string; readonly handle: string | null },
): NodeValue | null => {
  const names = [...(output.handle === null ? [id] : []), `${id}.${output.name}`]
  const side = why?.side ?? null
  const sides = side === null ? [''] : [`${side}/`, '']
  for (const side of sides) {
    for (const name of names) {
      const value = Object.hasOwn(values, `${side}${name}`) ? values[`${side}${name}`] : undefined
      if (value !== undefined) return value
    }
  }
  return null
}
