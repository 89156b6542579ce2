// Nodes in the editor: the lines of those that are selected, which one the cursor or the mouse is on.
import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import { outlineOf, type Part, partAt } from './outline'

const outline = StateField.define<readonly Part[]>({
  create: (state) => outlineOf(state.doc.toString()),
  update: (parts, change) => (change.docChanged ? outlineOf(change.state.doc.toString()) : parts),
})

const setSelected = StateEffect.define<readonly string[]>()

const selected = StateField.define<readonly string[]>({
  create: () => [],
  update: (ids, { effects }) => effects.reduce((kept, effect) => (effect.is(setSelected) ? effect.value : kept), ids),
})

const selectedLine = Decoration.line({ class: 'cm-part-selected' })

const selectedLines = EditorView.decorations.compute([outline, selected], (state): DecorationSet => {
  const ids = new Set(state.field(selected))
  const parts = state.field(outline).filter(({ id }) => ids.has(id))
  return Decoration.set(
    parts.flatMap(({ from, to }) => {
      const [first, last] = [state.doc.lineAt(from).number, state.doc.lineAt(to).number]
      return Array.from({ length: last - first + 1 }, (_, i) => selectedLine.range(state.doc.line(first + i).from))
    }),
  )
})

/** Marks the lines of nodes; the first of them comes into sight unless the cursor is in it. */
export const showSelected = (view: EditorView, ids: readonly string[]): void => {
  const parts = view.state.field(outline)
  const part = parts.find(({ id }) => ids.includes(id))
  const here = partAt(parts, view.state.selection.main.head)
  const effects: StateEffect<unknown>[] = [setSelected.of(ids)]
  if (part !== undefined && here !== part) effects.push(EditorView.scrollIntoView(part.from, { y: 'center' }))
  view.dispatch({ effects })
}

const idAt = (view: EditorView, offset: number): string | null => partAt(view.state.field(outline), offset)?.id ?? null

/** Node or side that the cursor is in. */
export const idAtCursor = (view: EditorView): string | null => idAt(view, view.state.selection.main.head)

export interface PartEvents {
  /** The cursor was put into a node by hand; null: into none. */
  readonly onSelect: (id: string | null) => void
  readonly onHover: (id: string | null) => void
}

export const partsOfPlay = ({ onSelect, onHover }: PartEvents): Extension => {
  let hovered: string | null = null
  const hover = (id: string | null): void => {
    if (id !== hovered) onHover(id)
    hovered = id
  }
  return [
    outline,
    selected,
    selectedLines,
    EditorView.updateListener.of(({ view, transactions, selectionSet }) => {
      const byHand = transactions.some((one) => one.isUserEvent('select') || one.isUserEvent('input'))
      if (selectionSet && byHand) onSelect(idAt(view, view.state.selection.main.head))
    }),
    EditorView.domEventHandlers({
      mousemove: ({ clientX, clientY }, view) => {
        const offset = view.posAtCoords({ x: clientX, y: clientY })
        hover(offset === null ? null : idAt(view, offset))
      },
      mouseleave: () => hover(null),
    }),
  ]
}
