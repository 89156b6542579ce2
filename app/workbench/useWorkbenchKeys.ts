// Keys that hold everywhere on the workbench. Panels bind their own; a field that is typed in keeps its letters.
'use client'
import { useEffect } from 'react'
import type { DocumentStore } from '../document/store'
import { leaveQuestion, useView } from './view'

interface KeyActions {
  readonly store: DocumentStore
  readonly onFind: () => void
  readonly onHelp: () => void
  readonly onExport: () => void
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null)

/** With Control or Command: these act even while a field is typed in, apart from undo, which is then the field's own. */
const commanded = (event: KeyboardEvent, { store, onFind, onExport }: KeyActions): boolean => {
  const key = event.key.toLowerCase()
  if (key === 'k') onFind()
  else if (key === 's') onExport()
  else if (typing(event.target)) return false
  else if (key === 'z' && event.shiftKey) store.getState().redo()
  else if (key === 'z') store.getState().undo()
  else if (key === 'y') store.getState().redo()
  else return false
  return true
}

const plain = (event: KeyboardEvent, { onHelp }: KeyActions): boolean => {
  if (typing(event.target)) return false
  const { question, inside } = useView.getState()
  if (event.key === '?') onHelp()
  else if (event.key === 'Escape' && question !== null) leaveQuestion()
  else if (event.key === 'Escape' && inside.length > 0) useView.setState({ inside: inside.slice(0, -1) })
  else return false
  return true
}

export const useWorkbenchKeys = (actions: KeyActions): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey) return
      const done = event.ctrlKey || event.metaKey ? commanded(event, actions) : plain(event, actions)
      if (done) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  })
}
