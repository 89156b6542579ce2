// The two sides: which nodes stand in which role, hand-written or by the mirror, and what a side needs.
import type { Part } from '../../kit/logic'
import type { Step } from '../../kit/param'
import type { PlayTree, SideTree } from '../tree'
import { type Slot, slotNames, slots, socketWords } from '../words'
import type { Space } from './expand'
import type { Linker } from './link'
import { isNoMirror, Reflection, type Side } from './mirror'
import type { Node } from './node'
import { type Place, type Report, setFix } from './report'
import type { Catalogue } from './types'

export type SideName = 'long' | 'short'
export interface Sides {
  readonly long: Side | null
  readonly short: Side | null
  readonly first: SideName
}
export interface SideSource {
  readonly tree: PlayTree
  readonly space: Space
  readonly nodes: ReadonlyMap<string, Node>
  readonly linker: Linker
  readonly report: Report
  readonly types: Catalogue
}

const other = (name: SideName): SideName => (name === 'long' ? 'short' : 'long')
const isWritten = (side: PlayTree['long']): side is SideTree => typeof side === 'object'

/** Both sides; null when nothing can be said about them. */
export const readSides = (source: SideSource): Sides | null => {
  const { tree, report } = source
  const first: SideName = isWritten(tree.long) ? 'long' : 'short'
  if (!isWritten(tree[first])) {
    const both = tree.long === 'none' && tree.short === 'none'
    report.add(
      'no_side',
      { path: ['long'] },
      {
        message: both ? 'this Play trades neither side' : 'one side must be written by hand for the other to mirror it',
        hint: 'Write `long:` with its filters, entries, exits and invalidations.',
      },
    )
    return null
  }
  const read: Record<SideName, Side | null> = { long: null, short: null }
  for (const name of [first, other(first)] as const) {
    const side = tree[name]
    if (isWritten(side)) read[name] = readSide(name, side, source)
  }
  const second = other(first)
  if (tree[second] === 'mirror') {
    const side = read[first]
    if (side === null) return null
    read[second] = mirrorOf(side, second, source)
  }
  return isWritten(tree[second]) || tree[second] === 'mirror'
    ? read.long && read.short && { ...read, first }
    : read[first] && { ...read, first }
}

const mirrorOf = (side: Side, name: SideName, { types, report }: SideSource): Side | null => {
  const built = new Reflection(types, name).side(side)
  if (!isNoMirror(built)) return built
  const { node, reason } = built
  report.add(
    'no_mirror',
    { ...node.place, node: node.path },
    {
      message: `\`${node.path}\` cannot be mirrored: ${reason}`,
      hint: `Write the ${name} side by hand, or set \`${name}: none\`.`,
      fixes: [setFix(`Trade the ${other(name)} side only`, [name], 'none')],
    },
  )
  return null
}

/** A side as written; null when a reference of it is faulty. */
const readSide = (name: SideName, tree: SideTree, source: SideSource): Side | null => {
  const side: Record<Slot, Node[]> = { filters: [], entries: [], exits: [], invalidations: [] }
  let sound = true
  for (const slot of slotNames) {
    const list = tree[slot] ?? []
    for (const [i, text] of list.entries()) {
      const place: Place = { path: [name, slot, i] }
      if (list.indexOf(text) < i) {
        source.report.add('listed_twice', place, {
          message: `\`${text}\` stands twice in ${name}.${slot}`,
          fixes: [setFix('Remove the second', place.path)],
        })
        continue
      }
      const node = roleNode({ text, place, slot, tree, name }, source)
      if (node === null) sound = false
      else side[slot].push(node)
    }
  }
  if (!sound) return null
  new SideRules(name, tree, source).check(side)
  return side
}

const roleNode = (
  at: { text: string; place: Place; slot: Slot; tree: SideTree; name: SideName },
  { linker, space, nodes, report }: SideSource,
): Node | null => {
  const { text, place, slot, tree, name } = at
  const found = linker.reference(text, place, space)
  if (found?.kind !== 'wire') return null
  const node = nodes.get(found.entry.path)
  const socket = node?.sockets[found.output]
  if (node === undefined || socket === undefined) return null
  if (socket.letter === slots[slot]) return node
  const right = slotNames.find((one) => slots[one] === socket.letter)
  report.add(
    'wrong_slot',
    { ...place, node: node.path },
    {
      message: `\`${text}\` is ${socketWords[socket.letter]}: it cannot stand in ${name}.${slot}`,
      hint:
        right === undefined
          ? `A role maker such as \`${{ filters: 'filter', entries: 'entry', exits: 'exit_when', invalidations: 'invalidation' }[slot]}\` makes a role of it.`
          : `It belongs into ${name}.${right}.`,
      fixes:
        right === undefined
          ? []
          : [
              {
                label: `Move to ${name}.${right}`,
                edits: [{ path: place.path }, { path: [name, right], value: [...(tree[right] ?? []), text] }],
              },
            ],
    },
  )
  return null
}

const single: readonly Part[] = ['stop', 'ladder', 'trail', 'break_even', 'time_stop']
/** Sums of decimal shares may pass 1 by their last bits. */
const slack = 1e-9

class SideRules {
  constructor(
    private readonly name: SideName,
    private readonly tree: SideTree,
    private readonly source: SideSource,
  ) {}

  check(side: Side): void {
    const { name, source } = this
    if (side.entries.length === 0)
      source.report.add(
        'no_entry',
        { path: [name, 'entries'] },
        {
          message: `the ${name} side has no entry`,
          hint: 'List a setup: a node of type `entry`, or an entry Block.',
          fixes: this.unlisted('entries', () => true),
        },
      )
    const parts = (part: Part): readonly Node[] => side.exits.filter((node) => node.type.part === part)
    if (parts('stop').length === 0)
      source.report.add(
        'no_stop',
        { path: [name, 'exits'] },
        {
          message: `the ${name} side has no stop: every trade needs exactly one`,
          hint: 'Add a node of type `stop` and list it in `exits`.',
          fixes: this.unlisted('exits', (node) => node.type.part === 'stop'),
        },
      )
    for (const part of single) this.checkSingle(part, side)
    this.checkShares(parts('target'), parts('ladder')[0])
    this.checkRung(parts('break_even')[0], parts('ladder')[0])
  }

  /** Fixes that list a node of the document which fits. */
  private unlisted(slot: Slot, fits: (node: Node) => boolean) {
    const { nodes, space } = this.source
    const list = this.tree[slot] ?? []
    return [...space.entries.keys()].flatMap((id) => {
      const node = nodes.get(id)
      if (node === undefined || node.sockets['']?.letter !== slots[slot] || !fits(node) || list.includes(id)) return []
      return [setFix(`List \`${id}\``, [this.name, slot], [...list, id])]
    })
  }

  private checkSingle(part: Part, side: Side): void {
    const list = this.tree.exits
    const places = side.exits.flatMap((node, i) => (node.type.part === part ? [i] : []))
    for (const i of places.slice(1)) {
      const id = list[i] ?? ''
      this.source.report.add(
        'two_of_part',
        { path: [this.name, 'exits', i], node: id },
        {
          message: `the ${this.name} side has more than one \`${part}\`: \`${list[places[0] ?? 0]}\` and \`${id}\``,
          fixes: [setFix(`Take \`${id}\` off the list`, [this.name, 'exits', i])],
        },
      )
    }
  }

  private checkShares(targets: readonly Node[], ladder: Node | undefined): void {
    const steps = (ladder?.params.steps ?? []) as readonly Step[]
    const closes = [...targets.map((node) => Number(node.params.close)), ...steps.map((step) => step.close ?? 0)]
    const sum = closes.reduce((total, share) => total + share, 0)
    if (sum <= 1 + slack) return
    const last = targets.at(-1)
    const room = last === undefined ? 0 : 1 - (sum - Number(last.params.close))
    const at = last?.draft
    this.source.report.add(
      'shares_above_one',
      { path: [this.name, 'exits'] },
      {
        message: `targets and ladder of the ${this.name} side close ${Math.round(sum * 10000) / 100}% of the position`,
        hint: 'Shares are of the first size; together they may reach 100%.',
        fixes:
          last === undefined || at === null || at === undefined || room < 0.0001 || last.place.sealed
            ? []
            : [
                setFix(
                  `Close ${Math.floor(room * 10000) / 100}% at \`${last.path}\``,
                  [...last.place.path, 'close'],
                  `${Math.floor(room * 10000 + 1e-6) / 100}%`,
                ),
              ],
      },
    )
  }

  private checkRung(breakEven: Node | undefined, ladder: Node | undefined): void {
    const rung = breakEven?.params.rung
    if (breakEven === undefined || typeof rung !== 'number') return
    const rungs = ((ladder?.params.steps ?? []) as readonly Step[]).length
    if (rung <= rungs) return
    this.source.report.add(
      'rung_missing',
      { ...breakEven.place, node: breakEven.path },
      {
        message:
          rungs === 0
            ? `\`rung: ${rung}\` needs a ladder on the ${this.name} side`
            : `the ladder has ${rungs} rungs, not ${rung}`,
        fixes:
          rungs === 0 || breakEven.place.sealed
            ? []
            : [setFix(`Write ${rungs}`, [...breakEven.place.path, 'rung'], rungs)],
      },
    )
  }
}

/** A percentage stop beyond about 1 / leverage: the position is liquidated before the stop is reached (S14). */
export const checkLeverage = (sides: Sides, leverage: number, report: Report): void => {
  const stops = new Set([sides.long, sides.short].flatMap((side) => side?.exits ?? []))
  for (const node of stops) {
    const by = node.inputs.by?.[0]
    if (node.type.part !== 'stop' || by?.kind !== 'constant' || !by.share || by.value * leverage < 1) continue
    const safe = Math.ceil(1 / by.value) - 1
    report.add(
      'stop_beyond_liquidation',
      { ...node.place, node: node.path },
      {
        message: `a stop ${by.value * 100}% away lies beyond the liquidation price at leverage ${leverage}`,
        hint: 'Lower the leverage or tighten the stop.',
        fixes: safe >= 1 ? [setFix(`Leverage ${safe}`, ['risk', 'leverage', 'max'], safe)] : [],
      },
    )
  }
}
