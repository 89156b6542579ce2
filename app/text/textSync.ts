// Holds the typed text and the document together: typing becomes steps of the document, edits of other faces become
// changes of the text. Knows no editor: that is a port, so that its laws can be tested without a page.

import type { Fix, Problem } from '../../blocks/kit/problem'
import { applyFix } from '../../blocks/play/edit'
import { structureOf } from '../../blocks/play/structure'
import { type Parsed, parseDocument } from '../../blocks/play/text/parse'
import { printDocument } from '../../blocks/play/text/print'
import { TextReport } from '../../blocks/play/text/report'
import type { PlayTree } from '../../blocks/play/tree'
import { applyFixes } from '../document/edits/play'
import { stepLabel } from '../document/labels'
import type { DocumentStore, PlayDocument } from '../document/store'
import { takeText } from './takeText'

export interface TextPort {
  readonly text: () => string
  /** Puts the text into the editor, as a change that nobody typed. */
  readonly write: (text: string) => void
  /** The text was read anew: `parsed.tree` is there when it is a document. */
  readonly onRead: (parsed: Parsed) => void
}

export interface TextSync {
  /** Something was typed: it is read after a pause. */
  readonly typed: () => void
  /** Reads at once what was typed. */
  readonly flush: () => void
  /** One history for all faces. Text that is no Play is no step yet: the first undo drops it. */
  readonly undo: () => void
  readonly redo: () => void
  /** Drops text that is no Play; the last good one comes back as it was typed. */
  readonly drop: () => void
  readonly format: () => void
  /** False: it cannot be applied to this text. */
  readonly fix: (fix: Fix) => boolean
  readonly stop: () => void
}

/** A pause in typing after which the text is read. */
export const pauseMs = 120

const aBlock: Problem = {
  code: 'not_a_play',
  severity: 'error',
  where: { line: 1 },
  message: 'this is a Block; here stands a Play',
  hint: 'Paste it on the graph: it becomes a Block of this Play.',
  fixes: [],
}

/** Reads a text as a Play. */
export const readPlay = (text: string): Parsed & { readonly play: PlayTree | null } => {
  const parsed = parseDocument(text)
  if (parsed.tree === undefined) return { ...parsed, play: null }
  if ('play' in parsed.tree) return { ...parsed, play: parsed.tree }
  const { tree: _, ...rest } = parsed
  return { ...rest, problems: [aBlock], play: null }
}

export const contentOf = ({ tree, sidecar }: Pick<PlayDocument, 'tree' | 'sidecar'>): string =>
  printDocument(tree, sidecar)

class Sync implements TextSync {
  private timer: ReturnType<typeof setTimeout> | null = null
  /** What the text in the editor says, in canonical form; null while it is no Play. */
  private content: string | null = null
  /** The last text that was the document, as it was typed. */
  private good: string
  private parsed: Parsed
  /** What the document says, to tell an edit of its layout from one of its meaning. */
  private known: string
  private readonly unsubscribe: () => void

  constructor(
    private readonly store: DocumentStore,
    private readonly port: TextPort,
  ) {
    const { document, loose } = store.getState()
    this.good = contentOf(document)
    this.known = this.good
    this.port.write(loose?.text ?? this.good)
    this.parsed = this.read()
    let last = store.getState()
    this.unsubscribe = store.subscribe((state) => {
      const edited = state.document !== last.document
      const moved = edited || state.loose !== last.loose
      last = state
      if (moved) this.follow(edited)
    })
  }

  readonly typed = (): void => {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = setTimeout(this.flush, pauseMs)
  }

  readonly flush = (): void => {
    if (this.timer === null) return
    this.forget()
    this.take()
  }

  private forget(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private read(): ReturnType<typeof readPlay> {
    const read = readPlay(this.port.text())
    this.parsed = read
    this.content = read.play === null ? null : contentOf({ tree: read.play, sidecar: read.sidecar })
    this.port.onRead(read)
    return read
  }

  /** What stands in the editor becomes the document, or stays loose. */
  private take(): void {
    const text = this.port.text()
    const { play, sidecar } = this.read()
    const { document, loose, edit, setLoose } = this.store.getState()
    if (play === null) {
      if (loose?.text !== text) setLoose({ text })
      return
    }
    this.good = text
    if (this.content === contentOf(document)) {
      if (loose !== null) setLoose(null)
      return
    }
    edit(stepLabel.text(), (draft) => takeText(draft, { tree: play, sidecar }), {
      fold: 'text',
      typed: true,
    })
    if (this.store.getState().loose !== null) setLoose(null)
  }

  /** Another face edited, or the history moved: the text says what the document says. */
  private follow(edited: boolean): void {
    const { document, loose } = this.store.getState()
    const content = contentOf(document)
    const sameMeaning = edited && content === this.known
    this.known = content
    if (loose !== null) {
      if (loose.text !== this.port.text()) this.replace(loose.text)
      return
    }
    if (this.content === content || (sameMeaning && this.timer !== null)) return
    this.good = this.asTyped(content)
    this.replace(this.good)
  }

  /** The last good text says this: it stays as it was typed. */
  private asTyped(content: string): string {
    return contentOfText(this.good) === content ? this.good : content
  }

  private replace(text: string): void {
    this.forget()
    this.port.write(text)
    this.read()
  }

  readonly drop = (): void => {
    this.forget()
    const { document, setLoose } = this.store.getState()
    this.good = this.asTyped(contentOf(document))
    if (this.port.text() !== this.good) this.replace(this.good)
    setLoose(null)
  }

  readonly undo = (): void => {
    this.flush()
    if (this.store.getState().loose !== null) this.drop()
    else this.store.getState().undo()
  }

  readonly redo = (): void => {
    this.flush()
    const { loose, history, redo } = this.store.getState()
    // Unfinished text stays, unless it is what the step put aside when it was taken first.
    if (loose === null || history.steps[history.at]?.loose === loose.text) redo()
  }

  readonly format = (): void => {
    this.flush()
    const { document, loose, readOnly } = this.store.getState()
    if (loose !== null || readOnly) return
    this.good = contentOf(document)
    if (this.port.text() !== this.good) this.replace(this.good)
  }

  readonly fix = (fix: Fix): boolean => {
    this.flush()
    const { loose, edit, readOnly } = this.store.getState()
    if (readOnly) return false
    if (loose === null) {
      let done = false
      edit(stepLabel.fix(fix.label), (draft) => {
        done = applyFixes(draft, fix)
      })
      return done
    }
    const mended = structureOf(applyFix(this.parsed.draft, fix), new TextReport())
    if (mended === null || !('play' in mended)) return false
    this.replace(printDocument(mended, this.parsed.sidecar))
    this.take()
    return true
  }

  readonly stop = (): void => {
    this.flush()
    this.unsubscribe()
  }
}

const contentOfText = (text: string): string | null => {
  const { play, sidecar } = readPlay(text)
  return play === null ? null : contentOf({ tree: play, sidecar })
}

export const startTextSync = (store: DocumentStore, port: TextPort): TextSync => new Sync(store, port)
