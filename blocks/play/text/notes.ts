// Which node, parameter or section a comment belongs to (dsl.md section 5, "YAML subset").
import type { Comment } from './guard'
import { type Path, pathKey } from './report'

/** A part of the document that can carry a note; lines are 1-based, both ends included. */
export interface Anchor {
  /** Sidecar key: the section's name, the node's id, `$name` of a parameter, `here/…` inside a Block of the document. */
  readonly key: string
  readonly path: Path
  readonly startLine: number
  readonly endLine: number
}

/** Text of a comment: without `#` and one space. */
const textOf = (comment: string): string => comment.slice(comment.startsWith('# ') ? 2 : 1).trimEnd()

interface Spot {
  readonly line: number
  /** Something else stands before it on its line. */
  readonly behind: boolean
}

/**
 * Notes by key, in the order of their lines. A comment above something belongs to it; one inside or behind something
 * moves above it; what follows the last part is the note of `end`.
 */
export const notesOf = (
  comments: readonly Comment[],
  anchors: readonly Anchor[],
  spotOf: (offset: number) => Spot,
): Readonly<Record<string, string>> => {
  const sorted = [...anchors].sort((a, b) => a.startLine - b.startLine || a.path.length - b.path.length)
  const parents = new Set(
    sorted.flatMap(({ path }) =>
      [1, 2].filter((length) => length < path.length).map((length) => pathKey(path.slice(0, length))),
    ),
  )
  const isParent = ({ path }: Anchor): boolean => parents.has(pathKey(path))
  const lines = new Map<string, string[]>()
  let next = 0
  for (const comment of comments) {
    const { line, behind } = spotOf(comment.offset)
    while (next < sorted.length && (sorted[next]?.startLine ?? 0) <= line) next += 1
    const last = sorted[next - 1]
    const inside = last !== undefined && (behind || (line <= last.endLine && !isParent(last)))
    const key = (inside ? last : sorted[next])?.key ?? 'end'
    const list = lines.get(key)
    if (list === undefined) lines.set(key, [textOf(comment.source)])
    else list.push(textOf(comment.source))
  }
  return Object.fromEntries([...lines].map(([key, list]) => [key, list.join('\n')]))
}
