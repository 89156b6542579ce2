// Use-case: a version that the trader keeps with a note. What has errors is no version: it could never be run again.
import type { Problem } from '../../blocks/kit/problem'
import { canonicalText, playHash } from '../../blocks/play/canonical'
import { checkPlay } from '../../blocks/play/check'
import { lookupIn } from '../../blocks/play/own'
import { parseDocument } from '../../blocks/play/text/parse'
import { locate } from '../../blocks/play/text/report'
import { Failure } from '../core/failure'
import { readBlocks, textsOfBlocks } from './ownBlocks'
import type { BlockStore } from './ports'
import type { Actor, PlayStore, VersionLine } from './stores'

export interface VersionAsk {
  readonly playId: string
  readonly yaml: string
  readonly sidecar: object
  readonly note: string
}

export interface PublishPorts {
  readonly plays: Pick<PlayStore, 'ensure' | 'publish'>
  readonly blocks: Pick<BlockStore, 'find'>
  readonly actor: Actor
}

const file = 'the open Play'

const deleted = (): Failure =>
  new Failure('file_not_found', 'this Play was deleted', { hint: 'bring it back from the list of Plays' })
const noPlay = (): Failure =>
  new Failure('file_unreadable', 'this text is a Block, not a Play', { hint: 'wire the Block into a Play' })

/** Problems where the text cannot be run: nothing is kept then. */
export const publishPlay = async (
  { playId, yaml, sidecar, note }: VersionAsk,
  { plays, blocks, actor }: PublishPorts,
): Promise<VersionLine | Failure | Problem[]> => {
  const { tree, problems, places } = parseDocument(yaml, file)
  if (tree === undefined) return [...problems]
  if (!('play' in tree)) return noPlay()
  const own = readBlocks(await textsOfBlocks([tree], async () => blocks)).blocks
  const { flat, problems: found } = checkPlay(tree, { blocks: lookupIn(own) })
  if (flat === undefined) return [...locate(found, places, file)]
  const title = tree.title ?? tree.play.replaceAll('_', ' ')
  if (!(await plays.ensure({ id: playId, title, actor }))) return deleted()
  const hashes = { playHash: playHash(tree), logicHash: flat.logicHash }
  const text = { ...hashes, canonical: canonicalText(tree), yaml, sidecar }
  const made = await plays.publish(playId, text, { note, actor })
  if (made === null) return deleted()
  const { canonical: _, yaml: __, sidecar: ___, ...line } = made
  return line
}
