// How a node stands under the question that is asked: the first that said no, or off the way.
'use client'
import { useCallback } from 'react'
import type { CursorState } from './cursor'
import { useCursor } from './scene'

export interface NodeState {
  readonly first: boolean
  readonly dimmed: boolean
}
const states = {
  plain: { first: false, dimmed: false },
  first: { first: true, dimmed: false },
  dimmed: { first: false, dimmed: true },
} as const

/** The condition that said no; where a whole side of the Play did not matter, what hangs on it. */
export const stateOf = ({ why }: Pick<CursorState, 'why'>, id: string, isExit: boolean): NodeState => {
  if (why === null) return states.plain
  const own = (path: string | null): boolean =>
    path !== null && path.replace(/^(long|short)\//, '').split('/')[0] === id
  if (own(why.node) && why.did !== 'entry' && why.did !== 'add') return states.first
  const noTrade = why.did === 'nothing' && why.reason !== 'in_trade'
  return noTrade && isExit ? states.dimmed : states.plain
}

export const useNodeState = (id: string, isExit: boolean): NodeState =>
  useCursor(useCallback((state: CursorState) => stateOf(state, id, isExit), [id, isExit]))
