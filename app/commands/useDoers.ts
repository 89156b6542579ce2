// What the commands do, through the document, the view and the keys of the panels.
'use client'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { pressOf } from '../ui/keys'
import { currentTheme, setTheme } from '../ui/theme'
import { useSession } from '../workbench/session'
import { useView } from '../workbench/view'
import { addBlock } from './addBlock'
import type { Doers } from './commands'

/** After the list has closed and given the focus back, and the graph is drawn. */
const soon = (act: () => void): void => {
  setTimeout(() => requestAnimationFrame(act), 60)
}

const press = (key: string): void => {
  // Whoever listens for keys leaves those alone that are typed into a field.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  document.body.dispatchEvent(new KeyboardEvent('keydown', { ...pressOf(key), bubbles: true, cancelable: true }))
}

export const useDoers = (): Doers => {
  const { store } = useSession()
  const router = useRouter()
  return useMemo(
    () => ({
      undo: () => store.getState().undo(),
      redo: () => store.getState().redo(),
      face: (face) => useView.setState({ face }),
      tab: (evidence) => useView.setState({ evidence, question: null, drawer: true }),
      add: (type) => {
        const id = addBlock(store, type)
        useView.setState({ selected: [id], reveal: { node: id }, inside: [] })
      },
      go: (node) => useView.setState({ selected: [node], reveal: { node }, inside: [] }),
      open: (path) => router.push(path),
      theme: () => setTheme(currentTheme() === 'dark' ? 'light' : 'dark'),
      press: (key, onGraph) => {
        if (onGraph) useView.setState({ face: 'graph' })
        soon(() => press(key))
      },
    }),
    [store, router],
  )
}
