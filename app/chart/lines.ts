// Which values of a Play can be drawn, where, and which of them are drawn without being asked for.
import { isLogical, isNumeric, type Letter } from '../../blocks/kit/socket'
import type { Timeframe } from '../../blocks/kit/timeframe'
import type { Flat, FlatNode, Operand } from '../../blocks/play/flat'

export interface Line {
  /** `ema_fast`, `swing.high_level`. */
  readonly key: string
  readonly node: string
  readonly output: string
  readonly letter: Letter
  /** Timeframe on which its values come. */
  readonly clock: Timeframe
  /** Constants that a condition compares it with, in base units. */
  readonly thresholds: readonly number[]
  /** A level that stands until another replaces it: drawn in steps. */
  readonly held: boolean
  /** Who compares it: a condition of the author's own graph, or only one inside a Block. */
  readonly compared: 'own' | 'block' | null
}

/** A condition, event or kind that can be shown as a band. */
export interface BandSource {
  readonly node: string
  readonly output: string
  readonly letter: Letter
  readonly clock: Timeframe
}

/** Panes below the candles at most. */
export const mostPanes = 3
/** Lines over the candles that nobody asked for, at most. */
const mostOverlays = 4

export const keyOf = (node: string, output: string): string => (output === '' ? node : `${node}.${output}`)

const wire = (operand: Operand): operand is Extract<Operand, { node: number }> => 'node' in operand

/** Constants that stand beside a numeric wire in the conditions of a Play, by place and output of the wire. */
const comparedWith = (flat: Flat): Map<string, { readonly thresholds: Set<number>; own: boolean }> => {
  const found = new Map<string, { readonly thresholds: Set<number>; own: boolean }>()
  for (const { inputs, sockets, path } of flat.nodes) {
    if (!Object.values(sockets).some(({ letter }) => isLogical(letter))) continue
    const operands = Object.values(inputs).flat()
    const constants = operands.flatMap((operand) => (wire(operand) || operand.share ? [] : [operand.constant]))
    for (const operand of operands) {
      if (!wire(operand)) continue
      const key = `${operand.node}.${operand.output}`
      const entry = found.get(key) ?? { thresholds: new Set<number>(), own: false }
      for (const constant of constants) entry.thresholds.add(constant)
      // What is inside a Block is the Block's affair until somebody looks at it.
      entry.own ||= !path.includes('/')
      found.set(key, entry)
    }
  }
  return found
}

/** Bars are drawn as candles, what belongs to a trade has no value outside of one. */
const drawable = ({ scope, sockets }: FlatNode): boolean => scope === 'market' && sockets['']?.letter !== 'B'

const comparedBy = (path: string, own: boolean | undefined): Line['compared'] => {
  if (own === undefined || path.startsWith('short/')) return null
  return own && !path.includes('/') ? 'own' : 'block'
}

const keeps = ({ sockets }: FlatNode): boolean => sockets['']?.letter === 'W' || sockets['']?.letter === 'Z'

export const linesOf = (flat: Flat): Line[] => {
  const compared = comparedWith(flat)
  return flat.nodes.flatMap((node, place) =>
    drawable(node)
      ? Object.entries(node.sockets).flatMap(([output, { letter }]): Line[] => {
          if (!isNumeric(letter)) return []
          const entry = compared.get(`${place}.${output}`)
          return [
            {
              key: keyOf(node.path, output),
              node: node.path,
              output,
              letter,
              clock: node.clock,
              held: keeps(node),
              thresholds: [...(entry?.thresholds ?? [])].sort((a, b) => a - b),
              compared: comparedBy(node.path, entry?.own),
            },
          ]
        })
      : [],
  )
}

export const bandsOf = (flat: Flat): BandSource[] =>
  flat.nodes.flatMap(({ path, scope, sockets, clock }) =>
    scope === 'market'
      ? Object.entries(sockets).flatMap(([output, { letter }]) =>
          isLogical(letter) || letter === 'K' ? [{ node: path, output, letter, clock }] : [],
        )
      : [],
  )

/** Of a node, or of everything inside it when it is a Block. */
export const belongs = (path: string, id: string): boolean => path === id || path.startsWith(`${id}/`)

export const isOverlay = ({ letter }: Pick<Line, 'letter'>): boolean => letter === 'P'

export interface Wish {
  readonly hovered: string | null
  readonly selected: readonly string[]
  /** What the trader switched on (true) or off (false), by key. */
  readonly switched: Readonly<Record<string, boolean>>
}

export interface Shown {
  readonly overlays: readonly Line[]
  /** One pane each, top to bottom. */
  readonly panes: readonly Line[]
  /** Switched off, and drawn again when it is switched on: they keep their place in the legend. */
  readonly off: readonly Line[]
}

/** What is drawn: what was switched on, then what the eye is on, then what conditions read; never more than fits. */
export const shownOf = (lines: readonly Line[], { hovered, selected, switched }: Wish): Shown => {
  const eyed = (line: Line): boolean =>
    (hovered !== null && belongs(line.node, hovered)) || selected.some((id) => belongs(line.node, id))
  const someOwn = lines.some(({ compared }) => compared === 'own')
  const usual = ({ compared }: Line): boolean => compared !== null && (compared === 'own' || !someOwn)
  const rank = (line: Line): number => {
    const choice = switched[line.key]
    if (choice === true) return 0
    // Pointing at a node shows it even where it had been switched off.
    if (eyed(line)) return 1
    // A Play made of Blocks alone would show nothing of what it looks at.
    return choice === undefined && usual(line) ? 2 : Number.POSITIVE_INFINITY
  }
  const ranked = lines.map((line, at) => ({ line, at, rank: rank(line) })).filter((one) => one.rank < 3)
  const pick = (candidates: typeof ranked, most: number): readonly Line[] =>
    candidates
      .sort((a, b) => a.rank - b.rank || a.at - b.at)
      .slice(0, most)
      // Back in the order of the Play: a line keeps its place while others come and go.
      .sort((a, b) => a.at - b.at)
      .map(({ line }) => line)
  const overlays = ranked.filter(({ line }) => isOverlay(line))
  const wanted = overlays.filter((one) => one.rank < 2).length
  return {
    overlays: pick(overlays, Math.max(wanted, mostOverlays)),
    panes: pick(
      ranked.filter(({ line }) => !isOverlay(line)),
      mostPanes,
    ),
    off: lines.filter((line) => switched[line.key] === false && usual(line) && !eyed(line)),
  }
}
