// What every node of the canvas needs beside its own data: the actions, the cursor, the wire that is being pulled.
'use client'
import { createContext, use, useCallback, useSyncExternalStore } from 'react'
import type { StoreApi } from 'zustand'
import type { Actions } from './actions'
import type { CursorState, CursorStore } from './cursor'
import type { PullState } from './pull'

export interface CanvasScene {
  readonly cursor: CursorStore
  readonly pull: StoreApi<PullState>
  readonly actions: Actions
  readonly readOnly: boolean
}

const SceneContext = createContext<CanvasScene | null>(null)
export const SceneProvider = SceneContext

export const useScene = (): CanvasScene => {
  const scene = use(SceneContext)
  if (scene === null) throw new Error('a node stands outside the canvas')
  return scene
}

/** A part of the cursor's state; draws anew only when that part changes. `select` gives equal things for equal states. */
export const useCursor = <T>(select: (state: CursorState) => T): T => {
  const { cursor } = useScene()
  const get = useCallback(() => select(cursor.getState()), [cursor, select])
  return useSyncExternalStore(cursor.subscribe, get, get)
}
