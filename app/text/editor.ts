// The editor of the text face: CodeMirror with YAML, keys that lead to the one history, and changes that nobody typed.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import type { Fix } from '../../blocks/kit/problem'
import type { Finding } from './diagnostics'
import { editorTheme } from './editorTheme'
import { lineChanges } from './lineChanges'
import { type PartEvents, partsOfPlay } from './parts'

export interface EditorOptions extends PartEvents {
  readonly parent: HTMLElement
  readonly nonce: string
  readonly onTyped: () => void
  readonly onUndo: () => void
  readonly onRedo: () => void
  /** Mends the problem at the cursor. */
  readonly onMend: () => void
  /** Shows the node at the cursor on the graph. */
  readonly onGraph: () => void
  readonly onCursor: (offset: number) => void
  /** Completion and hover. */
  readonly help: Extension
}

const notTyped = Annotation.define<boolean>()
const locked = new Compartment()

/** The history is the document's: CodeMirror keeps none. */
const ownKeys = ({ onUndo, onRedo, onMend, onGraph }: EditorOptions): Extension => {
  const run = (act: () => void) => (): boolean => {
    act()
    return true
  }
  const held = { preventDefault: true, stopPropagation: true }
  return keymap.of([
    { key: 'Mod-z', run: run(onUndo), ...held },
    { key: 'Mod-y', run: run(onRedo), ...held },
    { key: 'Mod-Shift-z', run: run(onRedo), ...held },
    { key: 'Mod-.', run: run(onMend), ...held },
    { key: 'Mod-Enter', run: run(onGraph), ...held },
  ])
}

export const makeEditor = (options: EditorOptions): EditorView =>
  new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: '',
      extensions: [
        ownKeys(options),
        locked.of([]),
        lineNumbers(),
        highlightActiveLineGutter(),
        lintGutter(),
        drawSelection(),
        dropCursor(),
        indentOnInput(),
        indentUnit.of('  '),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        autocompletion({ icons: false }),
        options.help,
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...completionKeymap, ...lintKeymap]),
        yaml(),
        editorTheme,
        partsOfPlay(options),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'Text of the Play', spellcheck: 'false', tabindex: '0' }),
        ...(options.nonce === '' ? [] : [EditorView.cspNonce.of(options.nonce)]),
        EditorView.updateListener.of(({ docChanged, selectionSet, state, transactions }) => {
          if (selectionSet || docChanged) options.onCursor(state.selection.main.head)
          const typed = transactions.some((one) => one.docChanged && one.annotation(notTyped) !== true)
          if (docChanged && typed) options.onTyped()
        }),
      ],
    }),
  })

/** Exchanges what differs, line by line, so that cursor and scroll stay. */
export const writeText = (view: EditorView, text: string): void => {
  const changes = lineChanges(view.state.doc.toString(), text)
  if (changes.length > 0) view.dispatch({ changes, annotations: notTyped.of(true) })
}

export const lockEditor = (view: EditorView, readOnly: boolean): void =>
  view.dispatch({
    effects: locked.reconfigure(readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : []),
  })

export const showFindings = (view: EditorView, findings: readonly Finding[], fix: (fix: Fix) => void): void => {
  const end = view.state.doc.length
  const shown = findings.map(
    ({ from, to, severity, message, fixes }): Diagnostic => ({
      from: Math.min(from, end),
      to: Math.min(to, end),
      severity,
      message,
      actions: fixes.map((one) => ({ name: one.label.replaceAll('`', ''), apply: () => fix(one) })),
    }),
  )
  view.dispatch(setDiagnostics(view.state, shown))
}
