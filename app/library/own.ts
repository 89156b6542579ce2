// Own Blocks as they are kept: every version with its text, read and held against its hash. Pure.
import type { inferRouterOutputs } from '@trpc/server'
import { playHash } from '../../blocks/play/canonical'
import { parseTypeName } from '../../blocks/play/names'
import { refOf } from '../../blocks/play/own'
import { parseDocument } from '../../blocks/play/text/parse'
import type { BlockTree, Sidecar } from '../../blocks/play/tree'
import type { AppRouter } from '../../server/api/router'

/** One version of an own Block, as the server has it; it never changes. */
export type OwnBlock = inferRouterOutputs<AppRouter>['block']['list'][number]

export interface KnownBlock extends OwnBlock {
  readonly tree: BlockTree
  readonly sidecar: Sidecar
}

/** By `my/calm@2`. */
export type Own = ReadonlyMap<string, KnownBlock>

/** Null: its text is not the document that it is listed as. Nothing may be computed of it. */
const readOne = (one: OwnBlock): KnownBlock | null => {
  const { tree, sidecar } = parseDocument(one.yaml)
  if (tree === undefined || !('block' in tree)) return null
  if (refOf(tree) !== `${one.name}@${one.version}` || playHash(tree) !== one.hash) return null
  return { ...one, tree, sidecar }
}

/** What is known with these lines: one that is known already stays the same object, one that cannot be read is left out. */
export const ownOf = (lines: readonly OwnBlock[], known: Own = new Map()): Own => {
  const read = lines.flatMap((line): [string, KnownBlock][] => {
    const ref = `${line.name}@${line.version}`
    const before = known.get(ref)
    const one = before?.hash === line.hash ? before : readOne(line)
    return one === null ? [] : [[ref, one]]
  })
  const fresh = read.filter(([ref, one]) => known.get(ref) !== one)
  return fresh.length === 0 ? known : new Map([...known, ...fresh])
}

/** The newest version of each, by name. */
export const newestOf = (own: Own): readonly KnownBlock[] => {
  const newest = new Map<string, KnownBlock>()
  for (const one of own.values()) if ((newest.get(one.name)?.version ?? 0) < one.version) newest.set(one.name, one)
  return [...newest.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The newest version of the Block that a node names, of these names; null: it is used already, or there is none. */
export const newerThan = (type: string, refs: readonly string[]): string | null => {
  const used = parseTypeName(type)
  if (used?.kind !== 'block') return null
  let best = used.version
  let found: string | null = null
  for (const ref of refs) {
    const one = parseTypeName(ref)
    if (one?.kind !== 'block' || one.shelf !== used.shelf || one.name !== used.name || one.version <= best) continue
    best = one.version
    found = ref
  }
  return found
}
