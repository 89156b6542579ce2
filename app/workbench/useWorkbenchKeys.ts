// Keys that hold everywhere. Panels bind their own; a field that is typed in keeps its letters.
'use client'
import { useEffect } from 'react'
import type { DocumentStore } from '../document/store'
import { type WorkbenchAction, workbenchActionOf } from './keys'
import { leaveQuestion, useView } from './view'

/** What a screen can do; a key of what is absent stays the browser's. */
export interface KeyActions {
  readonly store?: DocumentStore
  readonly onFind?: () => void
  readonly onHelp?: () => void
  readonly onExport?: () => void
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null)

const leave = (): boolean => {
  const { question, inside } = useView.getState()
  if (question !== null) leaveQuestion()
  else if (inside.length > 0) useView.setState({ inside: inside.slice(0, -1) })
  else return false
  return true
}

/** True: it was done, and is nobody else's any more. */
export const workbenchDoers = ({ store, onFind, onHelp, onExport }: KeyActions) => {
  const maybe = (act: (() => void) | undefined) => (): boolean => {
    act?.()
    return act !== undefined
  }
  return {
    find: maybe(onFind),
    help: maybe(onHelp),
    export: maybe(onExport),
    undo: maybe(store && (() => store.getState().undo())),
    redo: maybe(store && (() => store.getState().redo())),
    leave,
  } satisfies Record<WorkbenchAction, () => boolean>
}

export const useWorkbenchKeys = ({ store, onFind, onHelp, onExport }: KeyActions): void => {
  useEffect(() => {
    const doers = workbenchDoers({
      ...(store && { store }),
      ...(onFind && { onFind }),
      ...(onHelp && { onHelp }),
      ...(onExport && { onExport }),
    })
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const action = workbenchActionOf(event, isTyping(event.target))
      if (action !== null && doers[action]()) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [store, onFind, onHelp, onExport])
}
