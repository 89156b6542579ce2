// The editor's look, from the tokens alone: no component knows which theme is on.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { Decoration, EditorView, MatchDecorator, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const float = {
  backgroundColor: 'var(--raised)',
  color: 'var(--text-2)',
  border: 'none',
  borderRadius: 'var(--r-card)',
  boxShadow: 'var(--shadow-pop)',
}

const look = EditorView.theme({
  '&': { height: '100%', fontSize: 'var(--fs-12)', backgroundColor: 'var(--canvas)', color: 'var(--text-1)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--ff-mono)', lineHeight: '20px', overflow: 'auto' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--you)' },
  '.cm-line': { padding: '0 16px 0 6px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--you)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--canvas)', color: 'var(--text-3)', border: 'none', fontSize: 'var(--fs-10)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 12px', minWidth: '36px' },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0' },
  '.cm-lint-marker': { width: '8px', height: '8px', margin: '6px auto', borderRadius: '50%', content: 'none' },
  '.cm-lint-marker-error': { content: 'none', backgroundColor: 'var(--neg)' },
  '.cm-lint-marker-warning': { content: 'none', backgroundColor: 'var(--warn)' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--panel)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text-1)' },
  '.cm-part-selected': { backgroundColor: 'var(--you-bg)' },
  '&.cm-focused .cm-activeLine.cm-part-selected': { backgroundColor: 'var(--you-bg)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--you-line)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--active)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-bg)', outline: '1px solid var(--warn-line)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--warn-line)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--active)', color: 'inherit' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--neg-bg)', color: 'inherit' },
  '.cm-lintRange-error, .cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecorationLine: 'underline',
    textDecorationStyle: 'wavy',
    textDecorationThickness: '1px',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-error': { textDecorationColor: 'var(--neg)' },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--warn)' },
  '.cm-parameter': { color: 'var(--t-number)' },
})

const floats = EditorView.theme({
  '.cm-tooltip': { ...float, fontFamily: 'var(--ff-ui)', fontSize: 'var(--fs-12)', zIndex: '40', overflow: 'hidden' },
  '.cm-tooltip-hover': { maxWidth: '420px' },
  '.cm-docs': { padding: '6px 10px', lineHeight: 'var(--lh-body)' },
  '.cm-docs b': { color: 'var(--text-1)', fontWeight: '600', fontFamily: 'var(--ff-mono)' },
  '.cm-docs p': { margin: '2px 0 0' },
  '.cm-diagnostic': { padding: '6px 10px', border: 'none', color: 'var(--text-1)', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { boxShadow: 'inset 2px 0 0 var(--neg)' },
  '.cm-diagnostic-warning': { boxShadow: 'inset 2px 0 0 var(--warn)' },
  '.cm-diagnosticAction': {
    display: 'block',
    margin: '6px 0 2px',
    padding: '2px 8px',
    backgroundColor: 'var(--raised)',
    color: 'var(--text-1)',
    border: '1px solid var(--line-2)',
    borderRadius: 'var(--r-2)',
    font: 'inherit',
    cursor: 'default',
  },
  '.cm-diagnosticAction:hover': { backgroundColor: 'var(--hover)', borderColor: 'var(--line-3)' },
  // What is said beside a choice stands outside of the list.
  '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'visible' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--ff-ui)', maxHeight: '240px', padding: '4px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: '3px 8px',
    borderRadius: '4px',
    lineHeight: '20px',
    color: 'var(--text-2)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--you-bg)',
    color: 'var(--text-1)',
  },
  '.cm-completionLabel': { fontFamily: 'var(--ff-mono)' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--you)' },
  '.cm-completionDetail': { color: 'var(--text-3)', fontStyle: 'normal', marginLeft: '12px', fontSize: 'var(--fs-11)' },
  '.cm-tooltip.cm-completionInfo': {
    ...float,
    padding: '6px 10px',
    width: '280px',
    maxWidth: '280px',
    marginLeft: '4px',
    lineHeight: 'var(--lh-body)',
  },
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--text-2)', fontFamily: 'var(--ff-ui)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line-1)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line-1)' },
  '.cm-panel.cm-search': { padding: '6px 12px', fontSize: 'var(--fs-12)' },
  '.cm-textfield': {
    backgroundColor: 'var(--inset)',
    color: 'var(--text-1)',
    border: '1px solid var(--line-field)',
    borderRadius: 'var(--r-2)',
    fontSize: 'var(--fs-12)',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--raised)',
    color: 'var(--text-1)',
    border: '1px solid var(--line-2)',
    borderRadius: 'var(--r-2)',
    fontSize: 'var(--fs-12)',
  },
})

const words = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: 'var(--text-2)' },
  { tag: tags.content, color: 'var(--text-1)' },
  { tag: tags.string, color: 'var(--t-price)' },
  { tag: tags.comment, color: 'var(--text-3)' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--text-3)' },
])

const parameters = new MatchDecorator({
  regexp: /\$[a-z][a-z0-9_]*/g,
  decoration: Decoration.mark({ class: 'cm-parameter' }),
})

/** `$name` stands out: these are the numbers that a trader turns. */
const parameterMarks = ViewPlugin.fromClass(
  class {
    marks
    constructor(view: EditorView) {
      this.marks = parameters.createDeco(view)
    }
    update(update: ViewUpdate): void {
      this.marks = parameters.updateDeco(update, this.marks)
    }
  },
  { decorations: ({ marks }) => marks },
)

export const editorTheme: Extension = [look, floats, syntaxHighlighting(words), parameterMarks]
