// The tree that a page sends as the text that it is judged as.
import { maxBytes } from '../../../blocks/play/text/guard'
import { printDocument } from '../../../blocks/play/text/print'
import type { PlayTree } from '../../../blocks/play/tree'
import { Failure } from '../../core/failure'
import type { PageRun } from '../ports'

const notRead = (why: string): Failure =>
  new Failure('file_unreadable', `this Play cannot be read: ${why}`, { hint: 'undo the last step, or open it anew' })

/** The text of a tree that may be none: hostile ones fail in the printer or in the parser, never further in. */
export const textOf = (tree: PageRun['tree']): string | Failure => {
  try {
    // Any JSON comes in: only its text, read again by the parser, is ever taken for a Play.
    const text = printDocument(tree as unknown as PlayTree)
    return text.length <= maxBytes ? text : notRead(`it has more than ${maxBytes} characters`)
  } catch {
    return notRead('it has not the form of a document')
  }
}
