// The picture of a Play: nodes, gates, lanes and wires with their places, from the document alone. Pure; made once per revision.
import type { Problem } from '../../blocks/kit/problem'
import type { Letter } from '../../blocks/kit/socket'
import { libraryBlock } from '../../blocks/play/check/blocks'
import type { Wiring } from '../../blocks/play/connect'
import { type GraphEdge, type GraphNode, toGraph } from '../../blocks/play/graph'
import { portsIn } from '../../blocks/play/references'
import { noteKey } from '../../blocks/play/text/build'
import type { BlockTree, PlayTree, Sidecar } from '../../blocks/play/tree'
import { type GateView, gateView, gateY } from './gateView'
import { gateId } from './handles'
import { type Lane, laneKey, lanesOf, loose, type Place, placesOf, shared } from './lanes'
import { type Box, gaps, type LaneBox, layout, type Pull, placeMissing, type Spot } from './layout'
import { type NodeView, nodeView, socketYs } from './nodeView'

export type Role = 'filter' | 'entry' | 'exit' | 'inval' | 'none'

export interface PlacedNode {
  readonly view: NodeView
  readonly at: Spot
  readonly role: Role
  readonly problems: readonly Problem[]
  readonly note: string | null
}
export interface PlacedGate {
  readonly view: GateView
  readonly at: Spot
  readonly role: Role
  readonly problems: readonly Problem[]
}
export interface PlacedLane {
  readonly lane: Lane
  readonly role: Role
  readonly at: Spot
  readonly width: number
  readonly height: number
  /** Ids of its nodes, for who reads the graph aloud. */
  readonly nodes: readonly string[]
}
export interface WireView {
  readonly id: string
  readonly source: string
  readonly output: string | null
  /** Drawn node: gates stand for sinks. */
  readonly target: string
  /** Node or sink of the document. */
  readonly sink: string
  readonly handle: string
  readonly letter: Letter
}
export interface CanvasModel {
  readonly nodes: readonly PlacedNode[]
  readonly gates: readonly PlacedGate[]
  readonly lanes: readonly PlacedLane[]
  readonly wires: readonly WireView[]
  /** Below the lanes: sides that are not written out, and risk. */
  readonly foot: Spot
  readonly footWidth: number
  /** Where nodes stand of themselves: for "Arrange", and for the first move in a Play that nobody has arranged. */
  readonly auto: Readonly<Record<string, Spot>>
  /** Problems that stand at no node. */
  readonly others: readonly Problem[]
}

export interface ModelInput {
  readonly tree: PlayTree
  readonly sidecar: Sidecar
  readonly wiring: Wiring
  readonly problems: readonly Problem[]
  /** Inside a Block only the lane of its role is there. */
  readonly usedLanes?: boolean
  /** Nodes that show all their sockets. */
  readonly open: ReadonlySet<string>
}

const roles = { filters: 'filter', entries: 'entry', exits: 'exit', invalidations: 'inval' } as const

export const blockOf = (tree: PlayTree, type: string): BlockTree | null => {
  if (!type.includes('/')) return null
  const own = type.startsWith('here/') ? tree.blocks?.[type.slice(5)] : undefined
  if (own !== undefined) return { ...own, dsl: 1, block: type, version: 1 }
  return libraryBlock(type) ?? null
}

class Modeller {
  private readonly graph: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] }
  private readonly lanes: readonly Lane[]
  private readonly letters = new Map<string, Letter>()

  constructor(private readonly from: ModelInput) {
    this.graph = toGraph(from.tree, from.sidecar, portsIn(from.tree, libraryBlock))
    const lanes = lanesOf(from.tree)
    const isUsed = ({ side, slot }: Lane): boolean => {
      const lists = from.tree[side]
      return typeof lists !== 'string' && (lists[slot] ?? []).length > 0
    }
    this.lanes = from.usedLanes === true ? lanes.filter(isUsed) : lanes
  }

  private letterOf(source: string, output: string | null): Letter {
    const key = `${source}.${output ?? ''}`
    const known = this.letters.get(key)
    if (known !== undefined) return known
    const place = this.from.wiring.node(source)?.outputs.find(({ handle }) => handle === output)
    const letter = place?.socket?.letter ?? place?.letters[0] ?? 'N'
    this.letters.set(key, letter)
    return letter
  }

  private wires(): readonly WireView[] {
    return this.graph.edges.map(({ id, source, sourceHandle, target, targetHandle }) => {
      const slot = targetHandle.split('[')[0] ?? ''
      const isSide = target === '$long' || target === '$short'
      return {
        id,
        source,
        output: sourceHandle,
        target: isSide ? gateId(target.slice(1), slot) : target,
        sink: target,
        handle: targetHandle,
        letter: this.letterOf(source, sourceHandle),
      }
    })
  }

  private view(node: GraphNode, wires: readonly WireView[], plain: ReadonlySet<string>): NodeView {
    const { tree, wiring, open } = this.from
    const incoming = wires.filter(({ target }) => target === node.id)
    return nodeView({
      node,
      places: wiring.node(node.id),
      wires: new Map(incoming.map((wire) => [wire.handle, wire])),
      used: new Set(wires.filter(({ source }) => source === node.id).map(({ output }) => output)),
      plain,
      params: tree.params ?? {},
      markets: Object.keys(tree.markets),
      block: blockOf(tree, node.data.type),
      open: open.has(node.id),
      kindsAt: (port) => {
        const wire = incoming.find(({ handle }) => handle === port || handle === `${port}[0]`)
        const outputs = wire === undefined ? [] : (wiring.node(wire.source)?.outputs ?? [])
        return outputs.find(({ handle }) => handle === wire?.output)?.socket?.kinds ?? []
      },
    })
  }

  private problemsAt(id: string): readonly Problem[] {
    return this.from.problems.filter((problem) => standsAt(problem) === id)
  }

  build(): CanvasModel {
    const wires = this.wires()
    const drawn = this.graph.nodes.filter(({ type }) => type === 'logic' || type === 'block')
    const bars = drawn.filter(({ data }) => data.type === 'bars')
    const plain = new Set(bars.length === 1 ? bars.map(({ id }) => id) : [])
    const views = new Map(drawn.map((node) => [node.id, this.view(node, wires, plain)]))
    const gates = this.lanes.map((lane) => this.gate(lane, wires))
    const places = placesOf([...views.keys()], wires, this.roots())
    const scene = sceneOf({ views, gates, wires, places, lanes: this.lanes })
    const auto = layout(scene)
    const known = this.knownSpots(views)
    const spots = known.size === 0 ? auto : placeMissing(scene, known)
    const placed = [...views.values()].map((view): PlacedNode => {
      const slot = this.lanes.find((lane) => laneKey(lane) === places.get(view.id))?.slot
      return {
        view,
        at: spots.get(view.id) ?? [0, 0],
        role: slot === undefined ? 'none' : roles[slot],
        problems: this.problemsAt(view.id),
        note: this.from.sidecar.notes?.[noteKey('nodes', view.id)] ?? null,
      }
    })
    const grounds = this.grounds(placed, { gates, wires, places, auto: known.size === 0 ? auto : null })
    const nodes = Object.fromEntries([...views.keys()].map((id) => [id, auto.get(id) ?? ([0, 0] as Spot)]))
    const ids = new Set([...views.keys(), '$long', '$short'])
    const others = this.from.problems.filter((problem) => !ids.has(standsAt(problem) ?? ''))
    return { nodes: placed, wires, ...grounds, auto: nodes, others }
  }

  private gate(lane: Lane, wires: readonly WireView[]): GateView {
    const sink = `$${lane.side}`
    const sources = new Map(wires.filter((wire) => wire.sink === sink).map(({ handle, source }) => [handle, source]))
    return gateView(lane, this.from.wiring.node(sink)?.inputs ?? [], sources)
  }

  /** Nodes that a side lists, with their lane: the first list counts. */
  private roots(): ReadonlyMap<string, string> {
    const roots = new Map<string, string>()
    for (const { source, sink, handle } of this.wires()) {
      if (sink !== '$long' && sink !== '$short') continue
      if (!roots.has(source)) roots.set(source, `${sink.slice(1)}/${handle.split('[')[0] ?? ''}`)
    }
    return roots
  }

  private knownSpots(views: ReadonlyMap<string, NodeView>): ReadonlyMap<string, Spot> {
    const positions = this.from.sidecar.positions ?? {}
    return new Map(Object.entries(positions).filter(([id]) => views.has(id)))
  }

  /** Lanes lie behind their nodes and as wide as the widest; each gate at the right end, level with what it takes. */
  private grounds(nodes: readonly PlacedNode[], rest: GroundInput): Grounds {
    const { gates, wires, places, auto } = rest
    const inLane = (key: string): readonly PlacedNode[] => nodes.filter(({ view }) => places.get(view.id) === key)
    const members = this.lanes.flatMap((lane) => inLane(laneKey(lane)))
    const shareds = nodes.filter(({ view }) => places.get(view.id) === shared)
    const start = members.length > 0 ? Math.min(...members.map(({ at }) => at[0])) : sharedEnd(shareds)
    const left = start - gaps.pad
    const ends = members.map(({ at, view }) => at[0] + view.width + gaps.column)
    const gateX = Math.max(left + emptyWidth, ...ends)
    const right = gateX + (gates[0]?.width ?? 0) + gaps.pad
    let below = 0
    const lanes: PlacedLane[] = []
    const placedGates: PlacedGate[] = []
    this.lanes.forEach((lane, i) => {
      const gate = gates[i]
      if (gate === undefined) return
      const own = inLane(laneKey(lane))
      const top = own.length === 0 ? below : Math.min(...own.map(({ at }) => at[1])) - gaps.head
      const wish = auto?.get(gate.id)?.[1] ?? gateTop(gate, wires, nodes) ?? top + gaps.head
      const y = Math.max(top + gaps.head, wish)
      const first = Math.min(top, y - gaps.head)
      const bottom = Math.max(y + gate.height, ...own.map(({ at, view }) => at[1] + view.height)) + gaps.pad
      below = Math.max(below, bottom + gaps.lane)
      const role = roles[lane.slot]
      const sink = `$${lane.side}`
      const problems = this.problemsAt(sink).filter(({ where }) => (where.path?.[1] ?? 'entries') === lane.slot)
      placedGates.push({ view: gate, at: [gateX, y], role, problems })
      const ids = own.map(({ view }) => view.id)
      lanes.push({ lane, role, at: [left, first], width: right - left, height: bottom - first, nodes: ids })
    })
    const lowest = Math.max(
      below,
      ...nodes.filter(({ view }) => places.get(view.id) !== loose).map(({ at, view }) => at[1] + view.height),
    )
    return { lanes, gates: placedGates, foot: [left, lowest + gaps.lane], footWidth: right - left }
  }
}

interface GroundInput {
  readonly gates: readonly GateView[]
  readonly wires: readonly WireView[]
  readonly places: ReadonlyMap<string, Place>
  /** Null: somebody has arranged the Play. */
  readonly auto: ReadonlyMap<string, Spot> | null
}
type Grounds = Pick<CanvasModel, 'lanes' | 'gates' | 'foot' | 'footWidth'>

const emptyWidth = 432

const sharedEnd = (nodes: readonly PlacedNode[]): number =>
  Math.max(0, ...nodes.map(({ at, view }) => at[0] + view.width + gaps.column)) + gaps.pad

/** Level with the mean of what it takes. */
const gateTop = (gate: GateView, wires: readonly WireView[], nodes: readonly PlacedNode[]): number | null => {
  const levels = gate.places.flatMap(({ source, handle }, i) => {
    const node = nodes.find(({ view }) => view.id === source)
    const wire = wires.find((one) => one.target === gate.id && one.handle === handle)
    if (node === undefined || wire === undefined) return []
    return [node.at[1] + (socketYs(node.view).outputs.get(wire.output) ?? 0) - gateY(i)]
  })
  return levels.length === 0 ? null : Math.round(levels.reduce((sum, one) => sum + one, 0) / levels.length)
}

/** Node or sink at which a problem stands; null: neither. */
export const standsAt = ({ where }: Problem): string | null => {
  const [first, second] = where.path ?? []
  if (first === 'nodes' && typeof second === 'string') return second
  if (first === 'long' || first === 'short' || first === 'risk') return `$${first}`
  return where.node?.split('/')[0] ?? null
}

interface SceneInput {
  readonly views: ReadonlyMap<string, NodeView>
  readonly gates: readonly GateView[]
  readonly wires: readonly WireView[]
  readonly places: ReadonlyMap<string, Place>
  readonly lanes: readonly Lane[]
}

const sceneOf = ({ views, gates, wires, places, lanes }: SceneInput) => {
  const boxes: readonly Box[] = [...views.values()].map(({ id, width, height }) => ({ id, width, height }))
  const ys = new Map([...views].map(([id, view]) => [id, socketYs(view)]))
  const pulls = wires.map(({ source, output, target, handle }): Pull => {
    const gate = gates.find(({ id }) => id === target)
    const index = gate?.places.findIndex((place) => place.handle === handle) ?? -1
    const targetY = gate === undefined ? (ys.get(target)?.inputs.get(handle) ?? 0) : gateY(index)
    return { source, sourceY: ys.get(source)?.outputs.get(output) ?? 0, target, targetY }
  })
  const laneBoxes = lanes.flatMap((lane, i): LaneBox[] => {
    const gate = gates[i]
    return gate === undefined ? [] : [{ key: laneKey(lane), gate }]
  })
  return { boxes, pulls, places, lanes: laneBoxes }
}

export const modelOf = (input: ModelInput): CanvasModel => new Modeller(input).build()
