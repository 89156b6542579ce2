// From the text of a document to its problems with their lines, and to what the engine runs.
import type { Problem } from '../../blocks/kit/problem'
import { type Checked, checkPlay } from '../../blocks/play/check'
import type { BlockLookup } from '../../blocks/play/check/blocks'
import { checkBlock } from '../../blocks/play/checkBlock'
import type { Flat } from '../../blocks/play/flat'
import { lookupIn, type OwnBlocks } from '../../blocks/play/own'
import { type Parsed, parseDocument } from '../../blocks/play/text/parse'
import { locate } from '../../blocks/play/text/report'
import type { BlockTree } from '../../blocks/play/tree'

export interface CheckedDocument {
  readonly parsed: Parsed
  readonly problems: readonly Problem[]
  /** Only of a Play without errors. */
  readonly flat?: Flat
}

const blockChecked = (tree: BlockTree, blocks: BlockLookup): Checked => ({ problems: checkBlock(tree, { blocks }) })

/** Parses and checks; problems carry file and line. */
export const checkedOf = (text: string, file: string, own: OwnBlocks = {}): CheckedDocument => {
  const parsed = parseDocument(text, file)
  const { tree } = parsed
  if (tree === undefined) return { parsed, problems: parsed.problems }
  const blocks = lookupIn(own)
  const { problems, flat } = 'play' in tree ? checkPlay(tree, { blocks }) : blockChecked(tree, blocks)
  return {
    parsed,
    problems: [...parsed.problems, ...locate(problems, parsed.places, file)],
    ...(flat === undefined ? {} : { flat }),
  }
}
