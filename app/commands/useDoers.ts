// What the commands do, through the document, the view and the keys of the panels.
'use client'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { attendNode } from '../canvas/attend'
import { newPlay } from '../home/plays'
import { pressOf } from '../ui/keys'
import { notify } from '../ui/notify'
import { currentTheme, setTheme } from '../ui/theme'
import { decideOn, tradeMarket } from '../workbench/choose'
import { useMenus } from '../workbench/menus'
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

const failed = (error: unknown): void => {
  notify({ tone: 'error', text: 'No Play was made', detail: error instanceof Error ? error.message : String(error) })
}

/** `duplicate`: as the button of the bar does it. */
export const useDoers = (duplicate: () => void): Doers => {
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
        attendNode(id)
      },
      go: (node) => {
        useView.setState({ selected: [node], reveal: { node }, inside: [] })
        attendNode(node)
      },
      open: (path) => router.push(path),
      theme: () => setTheme(currentTheme() === 'dark' ? 'light' : 'dark'),
      menu: (menu) => soon(() => useMenus.setState({ open: menu })),
      trade: (market) => tradeMarket(store, market),
      decideOn: (tf) => decideOn(store, tf),
      duplicate,
      begin: () => void newPlay().then((id) => router.push(`/play/${id}`), failed),
      press: (key, onGraph) => {
        if (onGraph) useView.setState({ face: 'graph' })
        soon(() => press(key))
      },
    }),
    [store, router, duplicate],
  )
}
