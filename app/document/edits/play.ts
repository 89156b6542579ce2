// Edits of the Play as a whole: head, sides, risk, and the fixes that problems offer.
import type { Fix } from '../../../blocks/kit/problem'
import { applyFix } from '../../../blocks/play/edit'
import { isId } from '../../../blocks/play/names'
import { structureOf } from '../../../blocks/play/structure'
import { TextReport } from '../../../blocks/play/text/report'
import type { PlayTree, RiskTree, SideTree, Value } from '../../../blocks/play/tree'
import { unfold } from '../../../blocks/play/unfold'
import { withBlocks } from '../../library/library'
import { type DocumentDraft, orderIn, putSidecar, putTree, sidecarOf, treeOf, written } from './draft'
import { setPositions } from './nodes'
import { pinned } from './pins'

export interface Head {
  readonly play?: string
  /** Empty text takes title or about away. */
  readonly title?: string
  readonly about?: string
  readonly tf?: string
  readonly markets?: PlayTree['markets']
}

const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ').trim()

const withHead = (tree: PlayTree, head: Head): PlayTree => {
  const { title, about, ...rest } = { ...tree, ...head }
  const texts = { title: oneLine(title ?? ''), about: oneLine(about ?? '') }
  return {
    ...rest,
    ...(texts.title === '' ? {} : { title: texts.title }),
    ...(texts.about === '' ? {} : { about: texts.about }),
  }
}

/** Why the language does not allow a head; null: it does. */
export const headFault = (tree: PlayTree, head: Head): string | null => {
  const report = new TextReport()
  structureOf(withHead(tree, head), report)
  return report.problems[0]?.message ?? null
}

/** Longest name that the language takes. */
const longest = 40

/** The name that a title gives: `Dip, then up!` is `dip_then_up`; null where no letter is left. */
export const nameOfTitle = (title: string): string | null => {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const whole = words.join('_').slice(0, longest)
  // No word is cut in two, unless it is the only one.
  const cut = words.join('_').length > longest && whole.includes('_') ? whole.slice(0, whole.lastIndexOf('_')) : whole
  const name = /^\d/.test(cut) ? `play_${cut}`.slice(0, longest) : cut
  if (name === '') return null
  return isId(name) ? name : `${name}_play`
}

/** Another title; the name follows it as long as nobody has given it one of its own. */
export const retitled = ({ play, title = play }: Pick<PlayTree, 'play' | 'title'>, next: string): Head => {
  const name = nameOfTitle(next)
  return { title: next, ...(name !== null && play === nameOfTitle(title) ? { play: name } : {}) }
}

/** Name, title, timeframe, markets. What the language does not allow is refused: false, and nothing is changed. */
export const setHead = (draft: DocumentDraft, head: Head): boolean => putWhole(draft, withHead(treeOf(draft), head))

/** Only what has the form of a Play may become the tree. */
const putWhole = (draft: DocumentDraft, next: PlayTree): boolean => {
  const whole = structureOf(next, new TextReport())
  if (whole === null || !('play' in whole)) return false
  putTree(draft, next)
  return true
}

/** A part of the risk section; undefined takes it away. */
export type RiskChange = { readonly [Key in keyof RiskTree]?: RiskTree[Key] | undefined }

export const setRisk = (draft: DocumentDraft, change: RiskChange): boolean => {
  const tree = treeOf(draft)
  const entries = Object.entries({ ...tree.risk, ...change }).filter(
    ([, value]) => value !== undefined && !isEmpty(value),
  )
  // The section is plain data; whether it has the form of one is checked with the document.
  const clean = written(Object.fromEntries(entries) as unknown as Value)
  if (clean === undefined) return false
  // Only what is no plain data was taken out: it still is a risk section as far as it was one.
  return putWhole(draft, { ...tree, risk: clean as unknown as RiskTree })
}
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

export type SideChange =
  | 'mirror'
  | 'none'
  /** Writes the mirrored side out as nodes. */
  | 'unfold'
  /** An empty side, to be wired by hand. */
  | 'write'

const blank: SideTree = { entries: [], exits: [] }

/** False: it cannot be, for one side must be written by hand for the other to mirror it. Nothing is changed then. */
export const setSide = (
  draft: DocumentDraft,
  { side, to }: { readonly side: 'long' | 'short'; readonly to: SideChange },
): boolean => {
  const tree = treeOf(draft)
  const other = tree[side === 'long' ? 'short' : 'long']
  if (to === 'unfold') return unfoldSide(draft, side)
  if (to === 'write') {
    if (typeof tree[side] === 'string') putTree(draft, { ...tree, [side]: blank })
    return true
  }
  if (typeof other === 'string' && (to === 'mirror' || other === 'none' || other === 'mirror')) return false
  putTree(draft, { ...tree, [side]: to })
  return true
}

/** Distance of the written-out nodes below their originals, in pixels. */
const belowBy = 720

const unfoldSide = (draft: DocumentDraft, side: 'long' | 'short'): boolean => {
  const tree = treeOf(draft)
  if (tree[side] !== 'mirror') return false
  const order = orderIn(draft)
  const next = unfold(tree, withBlocks)
  if (next === tree) return false
  putTree(draft, next)
  const fresh = Object.keys(next.nodes).filter((id) => !Object.hasOwn(tree.nodes, id))
  const { positions } = sidecarOf(draft)
  putSidecar(draft, { ...sidecarOf(draft), order: [...order, ...fresh] })
  const ends = new RegExp(`_${side}(?:_\\d+)?$`)
  for (const id of fresh) {
    const point = positions?.[id.replace(ends, '')]
    if (point !== undefined) setPositions(draft, { [id]: [point[0], point[1] + belowBy] })
  }
  return true
}

/** Applies a fix of a problem. False: what it makes is no Play any more; nothing is changed. */
export const applyFixes = (draft: DocumentDraft, fix: Fix): boolean => {
  const fixed = structureOf(applyFix(treeOf(draft), fix), new TextReport())
  if (fixed === null || !('play' in fixed)) return false
  const order = orderIn(draft)
  const next = pinsOf(treeOf(draft), fixed)
  putTree(draft, next)
  const known = order.filter((id) => Object.hasOwn(next.nodes, id))
  const changed = known.length < order.length || Object.keys(next.nodes).length > known.length
  if (changed) putSidecar(draft, { ...sidecarOf(draft), order: orderIn(draft) })
  return true
}

/** A fix that takes nodes away takes their pins too; one that writes pins is left alone. */
const pinsOf = (before: PlayTree, after: PlayTree): PlayTree =>
  Object.keys(after.nodes).length < Object.keys(before.nodes).length ? pinned(after) : after
