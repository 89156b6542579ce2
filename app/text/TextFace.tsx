// The Play as text: the same document as the graph, with completion, errors at their place and the one history.
'use client'
import type { EditorView } from '@codemirror/view'
import { CircleAlert, CircleCheck, Copy, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { playHash } from '../../blocks/play/canonical'
import type { Parsed } from '../../blocks/play/text/parse'
import { useNonce } from '../NonceProvider'
import { Button } from '../ui/Button'
import { classes } from '../ui/classes'
import { notify } from '../ui/notify'
import { Tooltip } from '../ui/Tooltip'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { useView } from '../workbench/view'
import { type Finding, findingsOf } from './diagnostics'
import { lockEditor, makeEditor, showFindings, writeText } from './editor'
import { textHelp } from './help'
import { showSelected } from './parts'
import { startTextSync, type TextSync } from './textSync'

interface Made {
  readonly view: EditorView
  readonly sync: TextSync
}

/** The editor for as long as the face is shown; `onRead` is told what the text says each time it was read. */
const useEditor = (onRead: (parsed: Parsed) => void) => {
  const { store } = useSession()
  const nonce = useNonce()
  const holder = useRef<HTMLDivElement>(null)
  const [made, setMade] = useState<Made | null>(null)
  useEffect(() => {
    if (holder.current === null) return
    let sync: TextSync | null = null
    const view = makeEditor({
      parent: holder.current,
      nonce,
      onTyped: () => sync?.typed(),
      onUndo: () => sync?.undo(),
      onRedo: () => sync?.redo(),
      onSelect: (id) => useView.setState({ selected: id === null ? [] : [id] }),
      onHover: (hovered) => useView.setState({ hovered }),
      help: textHelp(store),
    })
    const text = (): string => view.state.doc.toString()
    sync = startTextSync(store, { text, write: (next) => writeText(view, next), onRead })
    setMade({ view, sync })
    return () => {
      sync?.stop()
      view.destroy()
      useView.setState({ hovered: null })
    }
  }, [store, nonce, onRead])
  return { holder, made }
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

const Status = ({ findings, loose }: { findings: readonly Finding[]; loose: boolean }) => {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const parts = [errors > 0 && counted(errors, 'error'), warnings > 0 && counted(warnings, 'warning')]
  const words = parts.filter((part) => part !== false).join(', ')
  if (loose)
    return (
      <>
        <CircleAlert size={13} className="flex-none text-neg" aria-hidden />
        <span className="truncate">
          Not a Play yet{words === '' ? '' : `: ${words}`}. The graph keeps the last good one.
        </span>
      </>
    )
  if (words !== '')
    return (
      <>
        <TriangleAlert size={13} className={classes('flex-none', errors > 0 ? 'text-neg' : 'text-warn')} aria-hidden />
        <span className="truncate">{words}</span>
      </>
    )
  return (
    <>
      <CircleCheck size={13} className="flex-none text-pos" aria-hidden />
      <span className="truncate">No problems</span>
    </>
  )
}

const Hash = () => {
  const tree = useDocument(({ document }) => document.tree)
  const hash = playHash(tree)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(hash)
    notify({ tone: 'done', text: 'Hash of the Play copied' })
  }
  return (
    <Tooltip text="Hash of this Play, of its text alone. Click to copy it whole.">
      <Button look="quiet" size="s" onClick={() => void copy()} aria-label={`Copy the hash ${hash}`}>
        <Copy size={12} aria-hidden />
        <span className="font-mono text-11">{hash.slice(0, 12)}</span>
      </Button>
    </Tooltip>
  )
}

export const TextFace = () => {
  const [parsed, setParsed] = useState<Parsed | null>(null)
  const { holder, made } = useEditor(setParsed)
  const checked = useRun((run) => run.problems)
  const loose = useDocument((state) => state.loose !== null)
  const readOnly = useDocument((state) => state.readOnly)
  const selected = useView((view) => view.selected)
  const [findings, setFindings] = useState<readonly Finding[]>([])

  useEffect(() => {
    if (made === null || parsed === null) return
    const { view, sync } = made
    const isPlay = parsed.tree !== undefined
    const problems = isPlay ? checked : parsed.problems
    const next = findingsOf(view.state.doc.toString(), problems, parsed.places)
    setFindings(next)
    showFindings(view, next, (fix) => {
      if (!sync.fix(fix))
        notify({ tone: 'error', text: 'This has to be mended by hand: the text has other errors too.' })
    })
  }, [made, parsed, checked])
  useEffect(() => {
    if (made !== null) lockEditor(made.view, readOnly)
  }, [made, readOnly])
  useEffect(() => {
    if (made !== null) showSelected(made.view, selected)
  }, [made, selected])

  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col bg-canvas">
      <div ref={holder} className="min-h-0 flex-1 overflow-hidden" />
      <footer className="flex h-8 flex-none items-center gap-2 border-t border-line-1 bg-panel px-3 text-11 text-2">
        <div role="status" className="flex min-w-0 flex-1 items-center gap-1.5">
          <Status findings={findings} loose={loose} />
        </div>
        {loose ? (
          <Button size="s" onClick={() => made?.sync.drop()}>
            Back to the last good text
          </Button>
        ) : (
          <Button look="quiet" size="s" disabled={readOnly} onClick={() => made?.sync.format()}>
            Format
          </Button>
        )}
        <Hash />
      </footer>
    </div>
  )
}
