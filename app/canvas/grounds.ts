// The grounds of the lanes behind their nodes, with the rail at each right end; the same whether nodes were laid out or
// placed by hand. Pure.
import type { GateView } from './gateView'
import { type Lane, laneKey, loose, type Place } from './lanes'
import { gaps, laneLeast, type Spot, titleHeight } from './layout'
import type { NodeView } from './nodeParts'
import { socketYs } from './nodeSize'
import { railEnd, railLevels, railWidth } from './rail'
import { textWidth } from './textWidth'

interface Standing {
  readonly view: NodeView
  readonly at: Spot
}
export interface GroundScene {
  readonly nodes: readonly Standing[]
  readonly lanes: readonly Lane[]
  readonly gates: readonly GateView[]
  readonly places: ReadonlyMap<string, Place>
  readonly sources: ReadonlySet<string>
  /** Wires into gates. */
  readonly wires: readonly {
    readonly source: string
    readonly output: string | null
    readonly target: string
    readonly handle: string
  }[]
}
export interface Ground {
  readonly lane: Lane
  readonly gate: GateView
  readonly at: Spot
  readonly width: number
  readonly height: number
  /** Ids of its nodes. */
  readonly nodes: readonly string[]
  /** Heights of the rail's sockets from the lane's top. */
  readonly levels: readonly number[]
}
export interface Grounds {
  readonly grounds: readonly Ground[]
  /** Below the lanes and all their nodes. */
  readonly foot: Spot
  readonly footWidth: number
}

/** Words below a lane's title. */
export const aboutOf = (lane: Lane, gate: GateView): string => gate.together ?? lane.about

/** The widest head of a lane, from its edge to the end of its words. */
export const titleWidthOf = (lanes: readonly Lane[], gates: readonly GateView[]): number =>
  Math.max(
    0,
    ...lanes.map((lane, i) => {
      const gate = gates[i]
      const about = gate === undefined ? lane.about : aboutOf(lane, gate)
      return Math.max(textWidth(lane.title, 11, true) + 19, textWidth(about, 11)) + 2
    }),
  )

/** Heights of the sockets at which a gate's wires leave their nodes. */
const wishesOf = (gate: GateView, { nodes, wires }: GroundScene): readonly (number | null)[] =>
  gate.places.map(({ source, handle }) => {
    const node = nodes.find(({ view }) => view.id === source)
    const wire = wires.find((one) => one.target === gate.id && one.handle === handle)
    if (node === undefined || wire === undefined) return null
    return node.at[1] + (socketYs(node.view).outputs.get(wire.output) ?? 0)
  })

export const groundsOf = (scene: GroundScene): Grounds => {
  const { nodes, lanes, gates, places, sources } = scene
  const titleWidth = titleWidthOf(lanes, gates)
  const members = nodes.filter(({ view }) => (places.get(view.id) ?? loose) !== loose)
  const before = gaps.pad + titleWidth + gaps.gutter
  const starts = members.map(({ view, at }) => at[0] - (sources.has(view.id) ? gaps.pad : before))
  const ends = members.map(({ view, at }) => at[0] + view.width + gaps.rail)
  const end = members.length === 0 ? laneLeast.width : Math.max(...ends)
  const left = Math.min(end - laneLeast.width, ...starts)
  const width = end - left + railWidth
  const clearance = ({ at }: Standing): number => (at[0] < left + gaps.pad + titleWidth ? titleHeight : gaps.pad)
  let below = 0
  const grounds = lanes.flatMap((lane, i): Ground[] => {
    const gate = gates[i]
    if (gate === undefined) return []
    const own = nodes.filter(({ view }) => places.get(view.id) === laneKey(lane))
    const top = own.length === 0 ? below : Math.min(...own.map((node) => node.at[1] - clearance(node)))
    const low = Math.max(top + laneLeast.height, ...own.map(({ at, view }) => at[1] + view.height + gaps.pad))
    const levels = railLevels(wishesOf(gate, scene), { top, bottom: low })
    const bottom = Math.max(low, railEnd(levels))
    below = Math.max(below, bottom + gaps.lane)
    return [
      {
        lane,
        gate,
        at: [left, top],
        width,
        height: bottom - top,
        nodes: own.map(({ view }) => view.id),
        levels: levels.map((y) => y - top),
      },
    ]
  })
  const lowest = Math.max(below, ...members.map(({ at, view }) => at[1] + view.height + gaps.lane))
  return { grounds, foot: [left, lowest], footWidth: width }
}
