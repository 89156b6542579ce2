// Completion and hover of the text face, from the last good Play of the document.
import { type CompletionContext, type CompletionResult, snippet } from '@codemirror/autocomplete'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, hoverTooltip, keymap } from '@codemirror/view'
import { wiringOf } from '../../blocks/play/connect'
import type { PlayTree } from '../../blocks/play/tree'
import type { DocumentStore } from '../document/store'
import { ownNow, withBlocks } from '../library/library'
import type { Own } from '../library/own'
import { completeAt, type Known } from './complete'
import { definitionOf, meaningAt, wordAt } from './meaningAt'

/** Sockets are worked out once per Play and library. */
const knownOf = (store: DocumentStore): (() => Known) => {
  let last: { readonly tree: PlayTree; readonly own: Own; readonly known: Known } | null = null
  return () => {
    const { tree } = store.getState().document
    const own = ownNow()
    if (last?.tree !== tree || last.own !== own)
      last = { tree, own, known: { tree, wiring: wiringOf(tree, withBlocks) } }
    return last.known
  }
}

const sourceOf =
  (known: () => Known) =>
  ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const found = completeAt(state.doc.toString(), pos, known())
    if (found === null || (!explicit && found.from === pos)) return null
    return {
      from: found.from,
      options: found.choices.map(({ label, detail, info, apply }) => ({
        label,
        detail,
        ...(info === undefined ? {} : { info }),
        ...(apply === undefined ? {} : { apply: apply.includes('#{}') ? snippet(apply) : apply }),
      })),
      validFor: /^[$a-z0-9_.:/@]*$/i,
    }
  }

const line = (tag: 'b' | 'p', text: string): HTMLElement => {
  const element = document.createElement(tag)
  element.textContent = text
  return element
}

const meanings = (known: () => Known): Extension =>
  hoverTooltip(({ state }, pos) => {
    const text = state.doc.toString()
    const word = wordAt(text, pos)
    const meaning = word === null ? null : meaningAt(text, word, known().tree)
    if (word === null || meaning === null) return null
    return {
      pos: word.from,
      end: word.to,
      create: () => {
        const dom = document.createElement('div')
        dom.className = 'cm-docs'
        dom.append(line('b', meaning.title), ...meaning.lines.map((one) => line('p', one)))
        return { dom }
      },
    }
  })

/** F12 on a name leads to the line that makes it. */
const toDefinition = (view: EditorView): boolean => {
  const { state } = view
  const text = state.doc.toString()
  const word = wordAt(text, state.selection.main.head)
  const at = word === null ? null : definitionOf(text, word.text)
  if (at === null) return false
  view.dispatch({
    selection: { anchor: at },
    effects: EditorView.scrollIntoView(at, { y: 'center' }),
    userEvent: 'select',
  })
  return true
}

export const textHelp = (store: DocumentStore): Extension => {
  const known = knownOf(store)
  const source = sourceOf(known)
  return [
    EditorState.languageData.of(() => [{ autocomplete: source }]),
    meanings(known),
    keymap.of([{ key: 'F12', run: toDefinition }]),
  ]
}
