// From the text of a document to its problems with their lines, and to what the engine runs.
import type { Problem } from '../../blocks/kit/problem'
import { checkPlay } from '../../blocks/play/check'
import type { Flat } from '../../blocks/play/flat'
import { type Parsed, parseDocument } from '../../blocks/play/text/parse'
import { locate } from '../../blocks/play/text/report'

export interface CheckedDocument {
  readonly parsed: Parsed
  readonly problems: readonly Problem[]
  /** Only of a Play without errors. */
  readonly flat?: Flat
}

/** Parses and checks; problems carry file and line. */
export const checkedOf = (text: string, file: string): CheckedDocument => {
  const parsed = parseDocument(text, file)
  const { tree } = parsed
  if (tree === undefined || !('play' in tree)) return { parsed, problems: parsed.problems }
  const { problems, flat } = checkPlay(tree)
  return {
    parsed,
    problems: [...parsed.problems, ...locate(problems, parsed.places, file)],
    ...(flat === undefined ? {} : { flat }),
  }
}
