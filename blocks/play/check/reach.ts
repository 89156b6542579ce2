// Reach: which nodes the roles depend on; how many wires there are and how long the chains get.
import type { Fix } from '../../kit/problem'
import { type BlockEntry, type LogicEntry, maxDepth, type Space } from './expand'
import type { Draft, Linker, Source } from './link'
import { type Node, wiresOf } from './node'
import type { Report } from './report'

export const maxEdges = 2000

export const checkSize = (nodes: ReadonlyMap<string, Node>, report: Report): void => {
  let edges = 0
  let deepest: Node | null = null
  for (const node of nodes.values()) {
    edges += wiresOf(node).length
    if (deepest === null || node.depth > deepest.depth) deepest = node
  }
  if (edges > maxEdges)
    report.add(
      'too_many_edges',
      { path: ['nodes'] },
      { message: `${edges} wires after expansion; ${maxEdges} are allowed` },
    )
  if (deepest !== null && deepest.depth > maxDepth)
    report.add(
      'too_deep',
      { ...deepest.place, node: deepest.path },
      {
        message: `\`${deepest.path}\` stands at the end of a chain of ${deepest.depth} nodes; ${maxDepth} are allowed`,
      },
    )
}

type TopEntry = LogicEntry | BlockEntry

/** Ids of the top level that `id` reads, by the wires as written. */
const readersOf = (space: Space, drafts: ReadonlyMap<string, Draft>, linker: Linker): Map<string, Set<string>> => {
  const reads = new Map<string, Set<string>>()
  const note = (id: string, source: Source | null): void => {
    if (source?.kind !== 'wire') return
    const from = source.text.split('.')[0] ?? ''
    if (space.entries.has(from)) reads.get(id)?.add(from)
  }
  for (const [id, entry] of space.entries) {
    reads.set(id, new Set())
    if (entry.kind === 'logic')
      for (const source of Object.values(drafts.get(entry.path)?.ports ?? {}).flat()) note(id, source)
    else if (entry.kind === 'block')
      for (const { value, place } of entry.space.wired?.values() ?? []) note(id, linker.source(value, place, space))
  }
  return reads
}

/** Warns of nodes that nothing acts on. `roots`: ids of the top level that stand in a role or output. */
export const checkReach = (at: {
  readonly space: Space
  readonly drafts: ReadonlyMap<string, Draft>
  readonly linker: Linker
  readonly roots: Iterable<string>
  readonly report: Report
}): void => {
  const { space, drafts, linker, report } = at
  const reads = readersOf(space, drafts, linker)
  const reached = new Set<string>()
  const todo = [...at.roots]
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    todo.push(...(reads.get(id) ?? []))
  }
  for (const [id, entry] of space.entries) {
    if (reached.has(id) || entry.kind === 'broken') continue
    report.add(
      'unreachable',
      { ...nodePlace(entry), node: entry.path },
      {
        message: `nothing acts on \`${id}\``,
        hint: 'Wire it to something that a role uses, or remove it.',
        fixes: [removal(id, space, reads)],
      },
    )
  }
}

const nodePlace = (entry: TopEntry) => ({ ...entry.place, path: entry.place.path.slice(0, -1) })

/** Removes the node with everything that reads it: nothing acts on those either. */
const removal = (id: string, space: Space, reads: ReadonlyMap<string, ReadonlySet<string>>): Fix => {
  const gone = new Set([id])
  for (let before = 0; before !== gone.size; ) {
    before = gone.size
    for (const [other, from] of reads) if ([...from].some((one) => gone.has(one))) gone.add(other)
  }
  const edits = [...gone].flatMap((one) => {
    const entry = space.entries.get(one)
    return entry === undefined || entry.kind === 'broken' ? [] : [{ path: nodePlace(entry).path }]
  })
  return { label: `Remove ${[...gone].map((one) => `\`${one}\``).join(', ')}`, edits }
}
