// The right mouse button: what can be done with the chosen nodes, or with the ground.
'use client'
import { useReactFlow } from '@xyflow/react'
import { type MouseEvent, type ReactNode, useState } from 'react'
import type { PlayTree } from '../../blocks/play/tree'
import type { DocumentStore } from '../document/store'
import { blockChoices } from '../library/choices'
import { detachStep } from '../library/steps'
import { ContextMenu, type MenuEntry } from '../ui/Menu'
import { useDocument, useSession } from '../workbench/session'
import { useView } from '../workbench/view'
import type { Actions } from './actions'
import type { Edge } from './align'
import { asked } from './asked'
import { isDocumentNode } from './handles'
import { sightMiddle } from './sight'
import { fitting } from './useSight'
import { placeOf } from './wires'

interface NodeMenuProps {
  readonly actions: Actions
  readonly readOnly: boolean
  readonly onConnect: (id: string) => void
  readonly children: ReactNode
}
type Under =
  | { readonly kind: 'ground' }
  | { readonly kind: 'node'; readonly id: string }
  /** The frame that lies over nodes that were chosen with one. */
  | { readonly kind: 'frame' }
  | { readonly kind: 'wire'; readonly id: string }

const edges: readonly (readonly [string, Edge])[] = [
  ['Align left', 'left'],
  ['Align right', 'right'],
  ['Align top', 'top'],
  ['Align bottom', 'bottom'],
  ['Space evenly', 'spread'],
]

const underOf = (event: MouseEvent): Under => {
  const target = event.target instanceof Element ? event.target : null
  if (target?.closest('.react-flow__nodesselection')) return { kind: 'frame' }
  const node = target?.closest<HTMLElement>('.react-flow__node')?.dataset.id
  if (node !== undefined && isDocumentNode(node)) return { kind: 'node', id: node }
  const wire = target?.closest<SVGElement>('.react-flow__edge')?.dataset.id
  return wire === undefined ? { kind: 'ground' } : { kind: 'wire', id: wire }
}

const versionOf = (ref: string): string => ref.split('@')[1] ?? ''

/** What becomes of the Block of a node, and of nodes that may become one. */
const blockEntries = (ids: readonly string[], tree: PlayTree, store: DocumentStore): readonly MenuEntry[] => {
  const [first = ''] = ids
  const { keep, detach, newest } =
    ids.length === 1 ? blockChoices(tree, first) : { keep: false, detach: false, newest: null }
  const entries: readonly (MenuEntry | false)[] = [
    keep && {
      label: 'Keep in my library…',
      keys: 'K',
      run: () => asked.setState({ kind: 'keep', id: first }, true),
    },
    newest !== null && {
      label: `Use version ${versionOf(newest)}…`,
      keys: 'U',
      run: () => asked.setState({ kind: 'upgrade', id: first }, true),
    },
    detach && { label: 'Detach a copy', keys: '⇧ D', run: () => detachStep(store, first) },
    { label: 'Make a Block…', keys: 'B', run: () => asked.setState({ kind: 'fold', ids }, true) },
    { kind: 'line' },
  ]
  return entries.filter((one) => one !== false)
}

interface NodeScene extends Pick<NodeMenuProps, 'actions' | 'onConnect'> {
  readonly tree: PlayTree
  readonly store: DocumentStore
}

const nodeEntries = (ids: readonly string[], { actions, onConnect, tree, store }: NodeScene): readonly MenuEntry[] => {
  const [first] = ids
  if (first === undefined) return []
  const single: readonly MenuEntry[] =
    ids.length === 1
      ? [
          { label: 'Connect…', keys: 'C', run: () => onConnect(first) },
          { label: 'Rename…', keys: 'F2', run: () => asked.setState({ kind: 'rename', id: first }, true) },
          { label: 'Note…', keys: 'N', run: () => asked.setState({ kind: 'note', id: first }, true) },
          { kind: 'line' },
        ]
      : [...edges.map(([label, edge]): MenuEntry => ({ label, run: () => actions.align(ids, edge) })), { kind: 'line' }]
  return [
    ...single,
    ...blockEntries(ids, tree, store),
    { label: 'Copy as text', keys: 'Ctrl C', run: () => void actions.copy(ids) },
    { label: 'Duplicate', keys: 'Ctrl D', run: () => actions.duplicate(ids) },
    { kind: 'line' },
    {
      label: ids.length === 1 ? 'Delete' : `Delete ${ids.length} nodes`,
      keys: 'Del',
      danger: true,
      run: () => actions.remove(ids, []),
    },
  ]
}

export const NodeMenu = ({ actions, readOnly, onConnect, children }: NodeMenuProps) => {
  const [under, setUnder] = useState<Under>({ kind: 'ground' })
  const selected = useView((view) => view.selected)
  const { store } = useSession()
  const tree = useDocument(({ document }) => document.tree)
  const { fitView } = useReactFlow()
  const paste = async (): Promise<void> => actions.paste(await navigator.clipboard.readText(), sightMiddle())
  const fit: MenuEntry = { label: 'Fit to window', keys: 'F', run: () => void fitView({ ...fitting, duration: 160 }) }
  const wire = under.kind === 'wire' ? placeOf(under.id) : null
  const entries: readonly MenuEntry[] = readOnly
    ? [fit]
    : under.kind === 'node' || under.kind === 'frame'
      ? nodeEntries(
          under.kind === 'frame' || selected.includes(under.id) ? selected.filter(isDocumentNode) : [under.id],
          { actions, onConnect, tree, store },
        )
      : wire !== null
        ? [{ label: 'Delete this wire', keys: 'Del', danger: true, run: () => actions.disconnect(wire) }]
        : [
            { label: 'Paste text', keys: 'Ctrl V', run: () => void paste() },
            { label: 'Arrange', keys: '⇧ L', run: actions.arrange },
            fit,
          ]
  return (
    <ContextMenu entries={entries}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the menu is reached by keyboard from the node in focus */}
      <div className="h-full w-full" onContextMenu={(event) => setUnder(underOf(event))}>
        {children}
      </div>
    </ContextMenu>
  )
}
