// Upgrades: what a newer major of a type, or a newer version of a Block, would change in a document; shown, then applied.
import { logicTypes } from '../catalogue'
import type { LogicType } from '../kit/logic'
import { playHash } from './canonical'
import { libraryBlock, libraryRefs } from './check/blocks'
import { keyOf, typeKey } from './check/types'
import { parseTypeName } from './names'
import type { BlockTree, Body, DocumentTree, NodeTree, PlayTree } from './tree'

/** One node that would change. A reason in `blocked` means that it stays as it is until a person has looked. */
export interface UpgradeStep {
  /** Path of the node in the document. */
  readonly path: readonly string[]
  readonly from: string
  readonly to: string
  readonly before: Body
  readonly after: Body
  readonly blocked?: string
}
export interface Upgrade {
  readonly steps: readonly UpgradeStep[]
  /** The document after all steps that are not blocked; the same object when there are none. */
  readonly tree: DocumentTree
}
export interface UpgradeSource {
  /** Every major that can still be run, with the `upgrades` of each. */
  readonly types?: readonly LogicType[]
  /** Names (`lib/name@2`) of the Blocks on offer, and how to get them. */
  readonly refs?: readonly string[]
  readonly block?: (ref: string) => BlockTree | undefined
}

export const upgrade = (tree: DocumentTree, source: UpgradeSource = {}): Upgrade => {
  const { types = logicTypes, refs = libraryRefs, block = libraryBlock } = source
  const steps: UpgradeStep[] = []
  const pins: Record<string, string | null> = {}
  const upgradeNodes = (nodes: Readonly<Record<string, NodeTree>>, root: readonly string[]): Record<string, NodeTree> =>
    Object.fromEntries(
      Object.entries(nodes).map(([id, node]) => {
        const [key, body] = Object.entries(node)[0] ?? []
        if (key === undefined || body === undefined) return [id, node]
        const step = typeStep(key, body, types) ?? blockStep(key, body, { refs, block })
        if (step === null) return [id, node]
        steps.push({ path: [...root, 'nodes', id], ...step })
        if (step.blocked !== undefined) return [id, node]
        if (parseTypeName(step.to)?.kind === 'block') {
          const next = block(step.to)
          pins[key] ??= null
          if (next !== undefined) pins[step.to] = `sha256:${playHash(next)}`
        }
        return [id, { [step.to]: step.after }]
      }),
    )
  const nodes = upgradeNodes(tree.nodes, [])
  const here = 'play' in tree ? tree.blocks : undefined
  const blocks =
    here &&
    Object.fromEntries(
      Object.entries(here).map(([name, one]) => [name, { ...one, nodes: upgradeNodes(one.nodes, ['blocks', name]) }]),
    )
  if (steps.every((step) => step.blocked !== undefined)) return { steps, tree }
  const next = { ...tree, nodes, ...(blocks === undefined ? {} : { blocks }) } as DocumentTree
  return { steps, tree: 'play' in next ? repin(next, pins) : next }
}

/** Pins of what is used now: new ones written, old ones kept only where an instance still has the old version. */
const repin = (tree: PlayTree, changes: Readonly<Record<string, string | null>>): PlayTree => {
  if (Object.keys(changes).length === 0) return tree
  const bodies = [tree, ...Object.values(tree.blocks ?? {})]
  const used = new Set(bodies.flatMap(({ nodes }) => Object.values(nodes).flatMap(Object.keys)))
  const kept = Object.entries(tree.pins ?? {}).filter(([ref]) => !(ref in changes) || used.has(ref))
  const added = Object.entries(changes).flatMap(([ref, pin]) => (pin === null ? [] : [[ref, pin] as const]))
  return { ...tree, pins: Object.fromEntries([...kept, ...added]) }
}

type Change = Omit<UpgradeStep, 'path'>

/** Through every major up to the newest, one at a time. */
const typeStep = (key: string, body: Body, types: readonly LogicType[]): Change | null => {
  const name = typeKey(key)
  if (name === null) return null
  const majors = types.filter((type) => type.type === name.name).sort((a, b) => a.major - b.major)
  const newest = majors.at(-1)
  if (newest === undefined || newest.major <= name.major) return null
  let after: unknown = body
  let major = name.major
  while (major < newest.major) {
    const next = majors.find((type) => type.major > major && type.upgrades?.[major] !== undefined)
    if (next === undefined) {
      const blocked = `there is no way from ${name.name}@${major} to ${keyOf(newest)}`
      return { from: key, to: keyOf(newest), before: body, after: body, blocked }
    }
    after = next.upgrades?.[major]?.(after)
    major = next.major
  }
  return { from: key, to: keyOf(newest), before: body, after: after as Body }
}

const blockStep = (
  key: string,
  body: Body,
  { refs, block }: { refs: readonly string[]; block: (ref: string) => BlockTree | undefined },
): Change | null => {
  const used = parseTypeName(key)
  if (used?.kind !== 'block') return null
  const newer = refs
    .flatMap((ref) => {
      const name = parseTypeName(ref)
      return name?.kind === 'block' && name.shelf === used.shelf && name.name === used.name ? [name] : []
    })
    .sort((a, b) => b.version - a.version)[0]
  if (newer === undefined || newer.version <= used.version) return null
  const to = `${newer.shelf}/${newer.name}@${newer.version}`
  const lost = lostIn(to, body, [block(key), block(to)])
  return { from: key, to, before: body, after: body, ...(lost === null ? {} : { blocked: lost }) }
}

/** What the instance or its readers would lose: nothing is dropped in silence. */
const lostIn = (to: string, body: Body, [old, next]: readonly (BlockTree | undefined)[]): string | null => {
  if (next === undefined) return `\`${to}\` cannot be read`
  const face = new Set([...Object.keys(next.inputs ?? {}), ...Object.keys(next.params ?? {})])
  const gone = Object.keys(body).filter((name) => !face.has(name))
  if (gone.length > 0) return `\`${to}\` has no ${gone.map((name) => `\`${name}\``).join(', ')}`
  const open = Object.keys(next.inputs ?? {}).filter((name) => !Object.hasOwn(body, name))
  if (open.length > 0) return `\`${to}\` needs ${open.map((name) => `\`${name}\``).join(', ')}`
  const silent = Object.keys(old?.outputs ?? {}).filter((name) => !Object.hasOwn(next.outputs, name))
  if (silent.length > 0) return `\`${to}\` no longer shows ${silent.map((name) => `\`${name}\``).join(', ')}`
  if (old !== undefined && old.role !== next.role) return `\`${to}\` is ${next.role}, not ${old.role}`
  return retyped(old, next)
}

const retyped = (old: BlockTree | undefined, next: BlockTree): string | null => {
  const changed = Object.entries(next.inputs ?? {}).find(
    ([name, input]) => old?.inputs?.[name] !== undefined && old.inputs[name]?.type !== input.type,
  )
  return changed === undefined ? null : `its input \`${changed[0]}\` is now ${changed[1].type}`
}
