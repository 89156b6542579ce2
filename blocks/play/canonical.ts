// Canonical form and playHash: the document as written, literals in shortest form, RFC 8785. Needs no catalogue.
import { canonicalJson, sha256Hex } from '../kit/hash'
import { shortest } from './literal'
import { isTextPath, type Path } from './text/report'
import type { DocumentTree, Scalar } from './tree'

const shorten = (value: unknown, path: Path): unknown => {
  if (Array.isArray(value)) return value.map((item, i) => shorten(item, [...path, i]))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => [key, shorten(inner, [...path, key])]),
    )
  }
  return isTextPath(path) ? value : shortest(value as Scalar)
}

/** The tree with every literal in shortest form (`0.10%` is `0.1%`); titles and texts stay, nothing is filled in. */
export const canonical = <Tree extends DocumentTree>(tree: Tree): Tree => shorten(tree, []) as Tree

/** RFC 8785 text of the canonical tree. The sidecar never enters. */
export const canonicalText = (tree: DocumentTree): string => canonicalJson(canonical(tree))

/** SHA-256 of the canonical text, bare lower-case hex. Approvals, pins and live runs name it. */
export const playHash = (tree: DocumentTree): string => sha256Hex(canonicalText(tree))
