// Completion and hover of the text face, from the last good Play of the document.
import { type CompletionContext, type CompletionResult, snippet } from '@codemirror/autocomplete'
import { EditorState, type Extension } from '@codemirror/state'
import { hoverTooltip } from '@codemirror/view'
import { wiringOf } from '../../blocks/play/connect'
import type { PlayTree } from '../../blocks/play/tree'
import type { DocumentStore } from '../document/store'
import { completeAt, type Known, meaningOf } from './complete'

/** Sockets are worked out once per Play. */
const knownOf = (store: DocumentStore): (() => Known) => {
  let last: { readonly tree: PlayTree; readonly known: Known } | null = null
  return () => {
    const { tree } = store.getState().document
    if (last?.tree !== tree) last = { tree, known: { tree, wiring: wiringOf(tree) } }
    return last.known
  }
}

/** The cursor stands inside of the brackets that come along. */
const inside = (text: string): string => text.replace('{  }', '{ #{} }').replace('[]', '[#{}]')

const sourceOf =
  (known: () => Known) =>
  ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const found = completeAt(state.doc.toString(), pos, known())
    if (found === null || (!explicit && found.from === pos)) return null
    return {
      from: found.from,
      options: found.choices.map(({ label, detail, apply }) => ({
        label,
        detail,
        ...(apply === undefined ? {} : { apply: /\{ {2}\}|\[\]/.test(apply) ? snippet(inside(apply)) : apply }),
      })),
      validFor: /^[$a-z0-9_.]*$/i,
    }
  }

const meanings = hoverTooltip((view, pos) => {
  const word = view.state.wordAt(pos)
  const meaning = word === null ? null : meaningOf(view.state.sliceDoc(word.from, word.to))
  if (word === null || meaning === null) return null
  return {
    pos: word.from,
    end: word.to,
    create: () => {
      const dom = document.createElement('div')
      dom.className = 'cm-docs'
      dom.textContent = meaning
      return { dom }
    },
  }
})

export const textHelp = (store: DocumentStore): Extension => {
  const source = sourceOf(knownOf(store))
  return [EditorState.languageData.of(() => [{ autocomplete: source }]), meanings]
}
