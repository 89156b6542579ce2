// The model as React Flow holds it: sizes and sockets known beforehand, so that nothing is measured and culling works. Pure.
import { type NodeHandle, Position } from '@xyflow/react'
import type { PlayTree } from '../../blocks/play/tree'
import type { FootFlowNode } from './FootNode'
import type { FieldView } from './fields'
import type { GateFlowNode } from './GateNode'
import { inputHandle, laneId, outputHandle } from './handles'
import type { LaneFlowNode } from './LaneNode'
import type { LogicFlowNode } from './LogicNode'
import type { Spot } from './layout'
import type { CanvasModel, PlacedGate, PlacedLane, PlacedNode } from './model'
import { socketYs } from './nodeSize'
import type { WireFlowEdge } from './WireEdge'

export type FlowNode = LogicFlowNode | GateFlowNode | LaneFlowNode | FootFlowNode

const half = 12
const socket = (side: 'in' | 'out', id: string, [x, y]: Spot): NodeHandle => ({
  id,
  type: side === 'in' ? 'target' : 'source',
  position: side === 'in' ? Position.Left : Position.Right,
  x: x - half,
  y: y - half,
  width: 2 * half,
  height: 2 * half,
})

const logicHandles = ({ view }: PlacedNode): NodeHandle[] => {
  const { inputs, outputs } = socketYs(view)
  return [
    ...[...inputs].map(([handle, y]) => socket('in', inputHandle(handle), [0, y])),
    ...[...outputs].map(([handle, y]) => socket('out', outputHandle(handle), [view.width, y])),
  ]
}

export interface FlowOptions {
  readonly open: ReadonlySet<string>
  readonly onOpen: (id: string) => void
  readonly selected: ReadonlySet<string>
  readonly readOnly: boolean
}

const point = ([x, y]: readonly [number, number]) => ({ x, y })

export const logicNode = (node: PlacedNode, { open, onOpen, selected, readOnly }: FlowOptions): LogicFlowNode => ({
  id: node.view.id,
  type: 'logic',
  position: point(node.at),
  width: node.view.width,
  height: node.view.height,
  measured: { width: node.view.width, height: node.view.height },
  handles: logicHandles(node),
  data: { node, open: open.has(node.view.id), onOpen },
  selected: selected.has(node.view.id),
  draggable: !readOnly,
  ariaLabel: `${node.view.title}${node.view.hint === null ? '' : `, ${node.view.hint}`}. ${node.view.summary}`,
})

const gateNode = (gate: PlacedGate): GateFlowNode => ({
  id: gate.view.id,
  type: 'gate',
  position: point(gate.at),
  width: gate.width,
  height: gate.height,
  measured: { width: gate.width, height: gate.height },
  handles: gate.view.places.map(({ handle }, i) => socket('in', inputHandle(handle), [0, gate.levels[i] ?? 0])),
  data: { gate },
  draggable: false,
  selectable: false,
  deletable: false,
  ariaLabel: `Gate: ${gate.view.title}, ${gate.view.foot}`,
})

const laneNode = (lane: PlacedLane): LaneFlowNode => ({
  id: laneId(lane.lane.side, lane.lane.slot),
  type: 'lane',
  position: point(lane.at),
  width: lane.width,
  height: lane.height,
  measured: { width: lane.width, height: lane.height },
  data: { lane },
  draggable: false,
  selectable: false,
  deletable: false,
  focusable: false,
  connectable: false,
  zIndex: -1,
  style: { pointerEvents: 'none' },
})

export const footHeight = ({ long, short, params }: Pick<PlayTree, 'long' | 'short' | 'params'>): number =>
  // Risk may need two lines.
  60 +
  (typeof long === 'string' ? 38 : 0) +
  (typeof short === 'string' ? 38 : 0) +
  (Object.keys(params ?? {}).length > 0 ? 38 : 0)

/** A field for each parameter: where it is used on a node, which knows its bounds, else the parameter alone. */
const paramFields = (nodes: readonly PlacedNode[], { params = {} }: Pick<PlayTree, 'params'>): readonly FieldView[] => {
  const used = new Map<string, FieldView>()
  for (const { view } of nodes)
    for (const field of fieldsOf(view))
      if (field.param !== null && !used.has(field.param.name)) used.set(field.param.name, field)
  return Object.entries(params).map(([name, tree]) => {
    const alone = { key: '', label: name, about: null, value: `$${name}`, spec: null, choices: null, preset: false }
    return { ...(used.get(name) ?? alone), about: tree.about ?? null, param: { name, tree } }
  })
}

const fieldsOf = ({ headField, rows }: PlacedNode['view']): readonly FieldView[] =>
  [headField, ...rows.map((row) => (row.kind === 'rung' ? null : row.field))].filter((field) => field !== null)

const footNode = ({ foot, footWidth, nodes }: CanvasModel, tree: PlayTree): FootFlowNode => ({
  id: '$risk',
  type: 'foot',
  position: point(foot),
  width: footWidth,
  height: footHeight(tree),
  measured: { width: footWidth, height: footHeight(tree) },
  data: { long: tree.long, short: tree.short, risk: tree.risk, params: paramFields(nodes, tree), width: footWidth },
  draggable: false,
  selectable: false,
  deletable: false,
  connectable: false,
  ariaLabel: 'Sides and risk',
})

/** Grounds first, then nodes: later ones lie above. */
export const flowNodes = (model: CanvasModel, tree: PlayTree | null, options: FlowOptions): FlowNode[] => [
  ...model.lanes.map(laneNode),
  ...(tree === null ? [] : [footNode(model, tree)]),
  ...model.gates.map(gateNode),
  ...model.nodes.map((node) => logicNode(node, options)),
]

export const flowEdges = (model: CanvasModel, selected: ReadonlySet<string>): WireFlowEdge[] =>
  model.wires.map((wire) => ({
    id: wire.id,
    type: 'wire',
    source: wire.source,
    sourceHandle: outputHandle(wire.output),
    target: wire.target,
    targetHandle: inputHandle(wire.handle),
    data: { wire },
    selected: selected.has(wire.id),
    focusable: true,
  }))
