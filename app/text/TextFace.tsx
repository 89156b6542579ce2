// The Play as text: the same document as the graph, with completion, errors at their place and the one history.
'use client'
import type { EditorView } from '@codemirror/view'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Fix } from '../../blocks/kit/problem'
import type { Parsed } from '../../blocks/play/text/parse'
import { useNonce } from '../NonceProvider'
import { notify } from '../ui/notify'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { useView } from '../workbench/view'
import { type Finding, findingAt, findingsOf } from './diagnostics'
import { lockEditor, makeEditor, showFindings, writeText } from './editor'
import { textHelp } from './help'
import { idAtCursor, showSelected } from './parts'
import { TextFooter } from './TextFooter'
import { startTextSync, type TextSync } from './textSync'

interface Made {
  readonly view: EditorView
  readonly sync: TextSync
}

/** What the editor tells of: `onRead` what the text says each time it was read. */
interface Heard {
  readonly onRead: (parsed: Parsed) => void
  readonly onMend: () => void
  readonly onCursor: (offset: number) => void
}

const showOnGraph = (view: EditorView): void => {
  const node = idAtCursor(view)
  if (node !== null) useView.setState({ face: 'graph', selected: [node], inside: [], reveal: { node } })
}

/** The editor for as long as the face is shown. */
const useEditor = (heard: Heard) => {
  const { store } = useSession()
  const nonce = useNonce()
  const holder = useRef<HTMLDivElement>(null)
  const [made, setMade] = useState<Made | null>(null)
  const listeners = useRef(heard)
  listeners.current = heard
  useEffect(() => {
    if (holder.current === null) return
    let sync: TextSync | null = null
    const view = makeEditor({
      parent: holder.current,
      nonce,
      onTyped: () => sync?.typed(),
      onUndo: () => sync?.undo(),
      onRedo: () => sync?.redo(),
      onMend: () => listeners.current.onMend(),
      onGraph: () => showOnGraph(view),
      onCursor: (offset) => listeners.current.onCursor(offset),
      onSelect: (id) => useView.setState({ selected: id === null ? [] : [id] }),
      onHover: (hovered) => useView.setState({ hovered }),
      help: textHelp(store),
    })
    const text = (): string => view.state.doc.toString()
    sync = startTextSync(store, {
      text,
      write: (next) => writeText(view, next),
      onRead: (parsed) => listeners.current.onRead(parsed),
    })
    setMade({ view, sync })
    return () => {
      sync?.stop()
      view.destroy()
      useView.setState({ hovered: null })
    }
  }, [store, nonce])
  return { holder, made }
}

export const TextFace = () => {
  const [parsed, setParsed] = useState<Parsed | null>(null)
  const [cursor, setCursor] = useState(0)
  const [findings, setFindings] = useState<readonly Finding[]>([])
  const mend = useRef<() => void>(() => undefined)
  const { holder, made } = useEditor({
    onRead: setParsed,
    onMend: () => mend.current(),
    onCursor: setCursor,
  })
  const checked = useRun((run) => run.problems)
  const readOnly = useDocument((state) => state.readOnly)
  const selected = useView((view) => view.selected)

  const fix = useCallback(
    (one: Fix): void => {
      if (made === null) return
      const done = made.sync.fix(one)
      made.view.focus()
      if (!done) notify({ tone: 'error', text: 'This has to be mended by hand: the text has other errors too.' })
    },
    [made],
  )
  const here = made === null ? null : findingAt(made.view.state.doc.toString(), findings, cursor)
  const first = here?.fixes[0]
  mend.current = () => {
    if (first !== undefined) fix(first)
  }

  useEffect(() => {
    if (made === null || parsed === null) return
    const { view } = made
    const problems = parsed.tree === undefined ? parsed.problems : checked
    const next = findingsOf(view.state.doc.toString(), problems, parsed.places)
    setFindings(next)
    showFindings(view, next, fix)
  }, [made, parsed, checked, fix])
  useEffect(() => {
    if (made !== null) lockEditor(made.view, readOnly)
  }, [made, readOnly])
  useEffect(() => {
    if (made !== null) showSelected(made.view, selected)
  }, [made, selected])

  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col bg-canvas">
      <div ref={holder} className="min-h-0 flex-1 overflow-hidden" />
      <TextFooter
        findings={findings}
        here={here}
        onFix={fix}
        onDrop={() => made?.sync.drop()}
        onFormat={() => made?.sync.format()}
        onGraph={made === null || idAtCursor(made.view) === null ? null : () => showOnGraph(made.view)}
      />
    </div>
  )
}
