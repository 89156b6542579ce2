// The picture of a Play: nodes, gates, lanes and wires with their places, from the document alone. Pure; made once per revision.
import type { Problem } from '../../blocks/kit/problem'
import type { Letter } from '../../blocks/kit/socket'
import type { Wiring } from '../../blocks/play/connect'
import { openIn } from '../../blocks/play/connect/wires'
import { type GraphEdge, type GraphNode, toGraph } from '../../blocks/play/graph'
import { portsIn, wiresOf } from '../../blocks/play/references'
import { noteKey } from '../../blocks/play/text/build'
import type { PlayTree, Sidecar } from '../../blocks/play/tree'
import { anyBlock } from '../library/library'
import { blockOf } from './blockOf'
import { evened, folded, ranksOf } from './columns'
import { startOf } from './fields'
import { type GateView, gateView } from './gateView'
import { groundsOf, titleWidthOf } from './grounds'
import { gateId } from './handles'
import type { BlockInput } from './inside'
import { type Lane, laneKey, lanesOf, type Place, placesOf } from './lanes'
import { layout, type Pull, type Scene, type Spot } from './layout'
import type { NodeView } from './nodeParts'
import { socketYs } from './nodeSize'
import { inputView, nodeView } from './nodeView'
import { railWidth } from './rail'
import { placeMissing } from './room'
import { type Ends, type Obstacle, routesOf } from './routes'

export type Role = 'filter' | 'entry' | 'exit' | 'inval' | 'none'

export interface PlacedNode {
  readonly view: NodeView
  readonly at: Spot
  readonly role: Role
  readonly problems: readonly Problem[]
  readonly note: string | null
}
/** The rail at the right end of a lane. */
export interface PlacedGate {
  readonly view: GateView
  readonly at: Spot
  readonly width: number
  readonly height: number
  /** Heights of its sockets. */
  readonly levels: readonly number[]
  readonly role: Role
  readonly problems: readonly Problem[]
}
export interface PlacedLane {
  readonly lane: Lane
  readonly gate: GateView
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
  /** Its way around nodes, while both its ends stand where they are drawn; null: a plain curve. */
  readonly route: { readonly from: Spot; readonly to: Spot; readonly corners: readonly Spot[] } | null
}
export interface CanvasModel {
  readonly nodes: readonly PlacedNode[]
  readonly gates: readonly PlacedGate[]
  readonly lanes: readonly PlacedLane[]
  readonly wires: readonly WireView[]
  /** Below the lanes: sides that are not written out, and risk. */
  readonly foot: Spot
  readonly footWidth: number
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
  /** Inside a Block: what comes in from outside. */
  readonly inputs?: readonly BlockInput[]
}

const roles = { filters: 'filter', entries: 'entry', exits: 'exit', invalidations: 'inval' } as const

class Modeller {
  private readonly graph: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] }
  private readonly lanes: readonly Lane[]
  private readonly open: string
  private readonly letters = new Map<string, Letter>()

  constructor(private readonly from: ModelInput) {
    this.graph = toGraph(from.tree, from.sidecar, portsIn(from.tree, anyBlock))
    this.open = openIn(from.tree)
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
    const outside = this.from.inputs?.find(({ name }) => name === source)
    const letter = outside?.letter ?? place?.socket?.letter ?? place?.letters[0] ?? 'N'
    this.letters.set(key, letter)
    return letter
  }

  /** Wires without their ways, by the node that they run into. What stands for an open operand is no wire. */
  private wires(): readonly Wire[] {
    const known = new Set(this.graph.nodes.map(({ id }) => id))
    const inside = this.graph.edges.filter(({ source }) => known.has(source))
    return [...inside, ...this.inputEdges()].map(({ id, source, sourceHandle, target, targetHandle }) => {
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

  private inputEdges(): readonly GraphEdge[] {
    const { tree, inputs = [] } = this.from
    const names = new Set(inputs.map(({ name }) => name))
    return wiresOf(tree, portsIn(tree, anyBlock))
      .filter(({ from }) => names.has(from.node))
      .map(({ from, target, handle }) => ({
        id: `${target}:${handle}`,
        source: from.node,
        sourceHandle: from.output,
        target,
        targetHandle: handle,
      }))
  }

  private views(wires: readonly Wire[]): readonly NodeView[] {
    const { tree, wiring, open } = this.from
    const drawn = this.graph.nodes.filter(({ type }) => type === 'logic' || type === 'block')
    const bars = drawn.filter(({ data }) => data.type === 'bars')
    const plain = new Set(bars.length === 1 ? bars.map(({ id }) => id) : [])
    const into = groupBy(wires, ({ target }) => target)
    const outOf = groupBy(wires, ({ source }) => source)
    const outside = (this.from.inputs ?? []).map(inputView)
    const views = drawn.map((node) => {
      const incoming = into.get(node.id) ?? []
      return nodeView({
        node,
        places: wiring.node(node.id),
        wires: new Map(incoming.map((wire) => [wire.handle, wire])),
        used: new Set((outOf.get(node.id) ?? []).map(({ output }) => output)),
        plain,
        params: tree.params ?? {},
        markets: Object.keys(tree.markets),
        block: blockOf(tree, node.data.type, anyBlock),
        open: open.has(node.id),
        openOperand: this.open,
        kindsAt: (port) => {
          const wire = incoming.find(({ handle }) => handle === port || handle === `${port}[0]`)
          const outputs = wire === undefined ? [] : (wiring.node(wire.source)?.outputs ?? [])
          return outputs.find(({ handle }) => handle === wire?.output)?.socket?.kinds ?? []
        },
        startAt: (handle) => startOf(wiring.constant({ target: node.id, handle })),
      })
    })
    return [...outside, ...views]
  }

  private problemsAt(id: string): readonly Problem[] {
    return this.from.problems.filter((problem) => standsAt(problem) === id)
  }

  build(): CanvasModel {
    const wires = this.wires()
    const natural = this.views(wires)
    const gates = this.lanes.map((lane) => this.gate(lane, wires))
    const places = placesOf(
      natural.map(({ id }) => id),
      wires,
      this.roots(wires),
    )
    const sources = new Set(natural.filter(({ form }) => form === 'source').map(({ id }) => id))
    const order = { boxes: natural, pulls: wires, places, sources }
    const ranks = folded(order, ranksOf(order))
    const widths = evened(order, ranks)
    const views = natural.map((view) => ({ ...view, width: widths.get(view.id) ?? view.width }))
    const titleWidth = titleWidthOf(this.lanes, gates)
    const scene = sceneOf({ views, gates, wires, places, lanes: this.lanes, sources, ranks, titleWidth })
    const spots = this.spots(scene)
    const nodes = views.map((view) => this.placed(view, spots.get(view.id) ?? [0, 0], places.get(view.id)))
    const grounds = groundsOf({ nodes, lanes: this.lanes, gates, places, sources, wires })
    const ids = new Set([...views.map(({ id }) => id), '$long', '$short'])
    const others = this.from.problems.filter((problem) => !ids.has(standsAt(problem) ?? ''))
    const rails = grounds.grounds.map((ground): PlacedGate => {
      const { lane, gate, at, width, height, levels } = ground
      const problems = this.problemsAt(`$${lane.side}`).filter(
        ({ where }) => (where.path?.[1] ?? 'entries') === lane.slot,
      )
      const left = at[0] + width - railWidth
      return { view: gate, at: [left, at[1]], width: railWidth, height, levels, role: roles[lane.slot], problems }
    })
    return {
      nodes,
      gates: rails,
      lanes: grounds.grounds.map((ground) => ({ ...ground, role: roles[ground.lane.slot] })),
      wires: routed(wires, nodes, rails),
      foot: grounds.foot,
      footWidth: grounds.footWidth,
      others,
    }
  }

  private placed(view: NodeView, at: Spot, place: Place | undefined): PlacedNode {
    const slot = this.lanes.find((lane) => laneKey(lane) === place)?.slot
    return {
      view,
      at,
      role: slot === undefined ? 'none' : roles[slot],
      problems: this.problemsAt(view.id),
      note: this.from.sidecar.notes?.[noteKey('nodes', view.id)] ?? null,
    }
  }

  private gate(lane: Lane, wires: readonly Wire[]): GateView {
    const sink = `$${lane.side}`
    const sources = new Map(wires.filter((wire) => wire.sink === sink).map(({ handle, source }) => [handle, source]))
    return gateView(lane, this.from.wiring.node(sink)?.inputs ?? [], sources)
  }

  /** Nodes that a side lists, with their lane: the first list counts. */
  private roots(wires: readonly Wire[]): ReadonlyMap<string, string> {
    const roots = new Map<string, string>()
    for (const { source, sink, handle } of wires) {
      if (sink !== '$long' && sink !== '$short') continue
      if (!roots.has(source)) roots.set(source, `${sink.slice(1)}/${handle.split('[')[0] ?? ''}`)
    }
    return roots
  }

  /** Where somebody put them; nobody: where they stand of themselves. */
  private spots(scene: Scene): ReadonlyMap<string, Spot> {
    const ids = new Set(scene.boxes.map(({ id }) => id))
    const positions = this.from.sidecar.positions ?? {}
    const known = new Map(Object.entries(positions).filter(([id]) => ids.has(id)))
    return known.size === 0 ? layout(scene) : placeMissing(scene, known)
  }
}

type Wire = Omit<WireView, 'route'>

const groupBy = <T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group === undefined) groups.set(key(item), [item])
    else group.push(item)
  }
  return groups
}

/** Wires with their ways around the nodes. */
const routed = (
  wires: readonly Wire[],
  nodes: readonly PlacedNode[],
  rails: readonly PlacedGate[],
): readonly WireView[] => {
  const standing = new Map(nodes.map((node) => [node.view.id, { ...node, ys: socketYs(node.view) }]))
  const ends = wires.map((wire): Ends | null => {
    const source = standing.get(wire.source)
    const y = source?.ys.outputs.get(wire.output)
    const to = endOf(wire, standing.get(wire.target), rails)
    if (source === undefined || y === undefined || to === null) return null
    const from: Spot = [source.at[0] + source.view.width, source.at[1] + y]
    return { source: wire.source, target: wire.target, output: `${wire.source}.${wire.output ?? ''}`, from, to }
  })
  const obstacles = nodes.map(({ view, at: [x, y] }): Obstacle => {
    return { id: view.id, left: x, top: y, right: x + view.width, bottom: y + view.height }
  })
  const known = ends.filter((one) => one !== null)
  const routes = new Map(routesOf(known, obstacles).map((corners, i) => [known[i], corners]))
  return wires.map((wire, i): WireView => {
    const own = ends[i] ?? null
    const corners = own === null ? null : (routes.get(own) ?? null)
    return { ...wire, route: own === null || corners === null ? null : { from: own.from, to: own.to, corners } }
  })
}

const endOf = (
  { target, handle }: Pick<Wire, 'target' | 'handle'>,
  node: { readonly at: Spot; readonly ys: ReturnType<typeof socketYs> } | undefined,
  rails: readonly PlacedGate[],
): Spot | null => {
  const y = node?.ys.inputs.get(handle)
  if (node !== undefined && y !== undefined) return [node.at[0], node.at[1] + y]
  const rail = rails.find(({ view }) => view.id === target)
  const level = rail?.levels[rail.view.places.findIndex((place) => place.handle === handle)]
  return rail === undefined || level === undefined ? null : [rail.at[0], rail.at[1] + level]
}

/** Node or sink at which a problem stands; null: neither. */
export const standsAt = ({ where }: Problem): string | null => {
  const [first, second] = where.path ?? []
  if (first === 'nodes' && typeof second === 'string') return second
  if (first === 'long' || first === 'short' || first === 'risk') return `$${first}`
  return where.node?.split('/')[0] ?? null
}

interface SceneInput extends Pick<Scene, 'places' | 'sources' | 'ranks' | 'titleWidth'> {
  readonly views: readonly NodeView[]
  readonly gates: readonly GateView[]
  readonly wires: readonly Wire[]
  readonly lanes: readonly Lane[]
}

/** Roles are listed one below the other: so far apart in the wishes of the layout. */
const placeGap = 60

const sceneOf = ({ views, gates, wires, lanes, ...rest }: SceneInput): Scene => {
  const ys = new Map(views.map((view) => [view.id, socketYs(view)]))
  const order = new Map(
    gates.flatMap(({ id, places }) => places.map(({ handle }, i) => [`${id} ${handle}`, i * placeGap] as const)),
  )
  const pulls = wires.map(({ source, output, target, handle }): Pull => {
    const targetY = order.get(`${target} ${handle}`) ?? ys.get(target)?.inputs.get(handle) ?? 0
    return { source, sourceY: ys.get(source)?.outputs.get(output) ?? 0, target, targetY }
  })
  const keys = lanes.flatMap((lane, i) => {
    const gate = gates[i]
    return gate === undefined ? [] : [{ key: laneKey(lane), gate: gate.id }]
  })
  return { ...rest, boxes: views, pulls, lanes: keys }
}

export const modelOf = (input: ModelInput): CanvasModel => new Modeller(input).build()
