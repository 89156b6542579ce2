// The Play as an outline, for reading: lane by lane what each node says, and its value at the time cursor.
'use client'
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import { wiringOf } from '../../blocks/play/connect'
import { type CursorState, type CursorStore, createCursor, cursorValue } from '../canvas/cursor'
import { valueLine } from '../canvas/figures'
import { iconOf } from '../canvas/icons'
import { modelOf, type PlacedNode, type Role } from '../canvas/model'
import type { NodeView } from '../canvas/nodeParts'
import { socketLetterOfOperands } from '../canvas/nodeView'
import { useCursorFeed } from '../canvas/useCursorFeed'
import { useBlocks } from '../library/library'
import { classes } from '../ui/classes'
import { Verdict, type VerdictKind } from '../ui/Verdict'
import { nodeWords, outlineOf } from './outline'
import { useRun } from './run'
import { useDocument, useSession } from './session'

const tones: Readonly<Record<Role, string>> = {
  filter: 'bg-filter',
  entry: 'bg-entry',
  exit: 'bg-exit',
  inval: 'bg-inval',
  none: 'bg-line-3',
}

const glyphs = { true: 'pass', false: 'no', first: 'fail', unknown: 'wait', plain: null } as const satisfies Readonly<
  Record<string, VerdictKind | null>
>

const none: ReadonlySet<string> = new Set()

/** Of the first output that holds a value. */
const lineAt = (state: CursorState, view: NodeView) => {
  for (const { name, handle, letter } of view.outputs) {
    const value = cursorValue(state, view.id, { name, handle })
    if (value === null) continue
    const operands = socketLetterOfOperands(view)
    return valueLine(value, { letter, operands, first: false })
  }
  return null
}

const Live = ({ view, cursor }: { view: NodeView; cursor: CursorStore }) => {
  // A line is compared by what it says: the store changes with every bar.
  const said = useSyncExternalStore(
    cursor.subscribe,
    useCallback(() => JSON.stringify(lineAt(cursor.getState(), view)), [cursor, view]),
  )
  const line = useMemo((): ReturnType<typeof lineAt> => JSON.parse(said), [said])
  if (line === null) return null
  const glyph = glyphs[line.tone]
  return (
    <span className="flex flex-none items-center gap-1.5 text-12 text-1 tabular-nums">
      {glyph === null || line.text.length < 6 ? line.text : null}
      {glyph !== null && <Verdict kind={glyph} />}
    </span>
  )
}

const Row = ({ node, cursor }: { node: PlacedNode; cursor: CursorStore }) => {
  const { view, problems } = node
  const Icon = iconOf(view.icon)
  const words = nodeWords(view)
  return (
    <li className="flex min-h-11 items-center gap-3 border-t border-line-1 px-4 py-1.5">
      <Icon size={15} strokeWidth={1.7} className="flex-none text-3" aria-hidden />
      <span className="min-w-0 flex-1">
        <b className="block text-13 leading-[18px]">{view.title}</b>
        {words !== '' && <span className="block text-11 leading-4 text-3">{words}</span>}
        {problems.map(({ message }) => (
          <span key={message} className="block text-11 leading-4 text-warn">
            {message}
          </span>
        ))}
      </span>
      <Live view={view} cursor={cursor} />
    </li>
  )
}

export const Outline = () => {
  const { engine } = useSession()
  const { tree, sidecar } = useDocument(({ document }) => document)
  const problems = useRun((run) => run.problems)
  const [cursor] = useState(createCursor)
  useCursorFeed(engine, cursor)
  const blocks = useBlocks()
  const parts = useMemo(
    () => outlineOf(modelOf({ tree, sidecar, wiring: wiringOf(tree, blocks), problems, open: none })),
    [tree, sidecar, problems, blocks],
  )
  if (parts.length === 0) return <p className="p-4 text-3">This Play has no nodes yet. Open it on a wider screen.</p>
  return (
    <div>
      {parts.map(({ key, title, about, role, nodes }) => (
        <section key={key} aria-label={title} className="mb-3 bg-panel">
          <h3 className="flex items-center gap-2 px-4 py-2 text-12">
            <span aria-hidden className={classes('h-3 w-[3px] rounded-full', tones[role])} />
            <b>{title}</b>
            <span className="text-11 text-3">{about}</span>
          </h3>
          <ul>
            {nodes.map((node) => (
              <Row key={node.view.id} node={node} cursor={cursor} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
