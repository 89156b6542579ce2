// Use-cases of own Blocks: a version kept for good, and the one loader that finds what a document stands on.
import type { Problem } from '../../blocks/kit/problem'
import { playHash } from '../../blocks/play/canonical'
import { checkBlock } from '../../blocks/play/checkBlock'
import { parseTypeName } from '../../blocks/play/names'
import { blockRefs, lookupIn, type OwnBlocks, refOf } from '../../blocks/play/own'
import { parseDocument } from '../../blocks/play/text/parse'
import { locate } from '../../blocks/play/text/report'
import type { BlockTree, DocumentTree } from '../../blocks/play/tree'
import { Failure } from '../core/failure'
import { textOf } from './backtest/pageText'
import type { BlockStore, DocumentText, OwnBlock, PageRun, RunAsk } from './ports'
import type { Actor } from './stores'

const problemOf = (file: string, message: string): Problem => ({
  code: 'not_an_own_block',
  severity: 'error',
  where: { file },
  message,
  hint: 'a document that begins with `block: my/name`',
  fixes: [],
})

/** Own Blocks of texts, or all that keeps a text from being one. */
export const readBlocks = (
  texts: readonly DocumentText[] = [],
): { readonly blocks: OwnBlocks; readonly problems: Problem[] } => {
  const problems: Problem[] = []
  const read = texts.flatMap(({ file, text }): BlockTree[] => {
    const { tree, problems: found } = parseDocument(text, file)
    if (tree === undefined) problems.push(...found)
    else if ('play' in tree) problems.push(problemOf(file, `${file} is a Play, not a Block`))
    else if (!isOwn(tree)) problems.push(problemOf(file, `${file}: ${tree.block} is a name of the shipped library`))
    else return [tree]
    return []
  })
  return { blocks: Object.fromEntries(read.map((tree) => [refOf(tree), tree])), problems }
}

const isOwn = ({ block }: BlockTree): boolean => block.startsWith('my/')

const partsOf = (refs: readonly string[]): readonly { name: string; version: number }[] =>
  refs.flatMap((ref) => {
    const name = parseTypeName(ref)
    return name?.kind === 'block' ? [{ name: `${name.shelf}/${name.name}`, version: name.version }] : []
  })

/** Rows are asked for only where a document names an own Block. */
type Find = () => Promise<Pick<BlockStore, 'find'>>

const treeIn = (text: string): DocumentTree | undefined => parseDocument(text).tree

/** All own Blocks that documents stand on, those inside Blocks too; what is not kept is left out: the checker says so. */
export const textsOfBlocks = async (trees: readonly DocumentTree[], find: Find): Promise<readonly DocumentText[]> => {
  const found = new Map<string, string>()
  const asked = new Set<string>()
  for (let open = trees.flatMap(blockRefs); open.length > 0; ) {
    const fresh = [...new Set(open)].filter((ref) => !asked.has(ref))
    for (const ref of fresh) asked.add(ref)
    if (fresh.length === 0) break
    const rows = await (await find()).find(partsOf(fresh))
    for (const { name, version, yaml } of rows) found.set(`${name}@${version}`, yaml)
    open = rows.flatMap(({ yaml }) => treeIn(yaml) ?? []).flatMap(blockRefs)
  }
  return [...found].map(([file, text]) => ({ file, text }))
}

/** What documents of texts stand on. */
const textsFor = (texts: readonly string[], find: Find): Promise<readonly DocumentText[]> => {
  // Most name none: they are not read twice.
  const trees = texts.filter((text) => text.includes('my/')).flatMap((text) => treeIn(text) ?? [])
  return textsOfBlocks(trees, find)
}

/** The run with the own Blocks that its tree stands on. */
export const pageRunWhole = async (run: PageRun, find: Find): Promise<PageRun> => {
  const text = textOf(run.tree)
  if (text instanceof Failure) return run
  const blocks = await textsFor([text], find)
  return blocks.length === 0 ? run : { ...run, blocks }
}

/** The ask with the own Blocks that its Plays stand on; those that it brings come before those that are kept. */
export const runAskWhole = async <Ask extends RunAsk>(ask: Ask, find: Find): Promise<Ask> => {
  const given = ask.blocks ?? []
  const kept = await textsFor(
    [...ask.plays, ...given].map(({ text }) => text),
    find,
  )
  return kept.length === 0 ? ask : { ...ask, blocks: [...kept, ...given] }
}

export interface PublishAsk {
  readonly yaml: string
  readonly note: string
}

export interface PublishPorts {
  readonly blocks: BlockStore
  readonly actor: Actor
}

const file = 'the Block'

const notOwn = (name: string): Failure =>
  new Failure('file_unreadable', `\`${name}\` is a name of the shipped library, not of an own Block`, {
    hint: `name it \`my/${name.slice(name.indexOf('/') + 1)}\``,
  })
const noBlock = (): Failure =>
  new Failure('file_unreadable', 'this text is a Play, not a Block', { hint: 'keep Plays in the list of Plays' })
const taken = ({ block, version }: BlockTree): Failure =>
  new Failure('version_taken', `${block}@${version} is kept already, with other content: a version never changes`, {
    hint: 'give it the next version',
  })

/** Problems where the text has errors: nothing is kept then. */
export const publishBlock = async (
  { yaml, note }: PublishAsk,
  { blocks, actor }: PublishPorts,
): Promise<OwnBlock | Failure | Problem[]> => {
  const { tree, problems, places } = parseDocument(yaml, file)
  if (tree === undefined) return [...problems]
  if (!('block' in tree)) return noBlock()
  if (!isOwn(tree)) return notOwn(tree.block)
  const { blocks: inside } = readBlocks(await textsOfBlocks([tree], async () => blocks))
  const errors = checkBlock(tree, { blocks: lookupIn(inside) }).filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return [...locate(errors, places, file)]
  const { block: name, version, role } = tree
  const made = await blocks.publish({ name, version, role, hash: playHash(tree), yaml, note, actor })
  return made ?? taken(tree)
}
