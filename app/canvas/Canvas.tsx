// The graph of the open Play: drawn from the document, changed through it. React Flow holds only what is being dragged.
'use client'
import '@xyflow/react/dist/base.css'
import './canvas.css'
import {
  Background,
  type EdgeChange,
  type EdgeTypes,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
} from '@xyflow/react'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { isTimeframe } from '../../blocks/kit/timeframe'
import { wiringOf } from '../../blocks/play/connect'
import { useBlocks } from '../library/library'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { useView } from '../workbench/view'
import { AskDialog } from './AskDialog'
import { actionsOf } from './actions'
import { Breadcrumbs } from './Breadcrumbs'
import { ConnectMode } from './ConnectMode'
import { Controls } from './Controls'
import { createCursor } from './cursor'
import { DropList } from './DropList'
import { FootNode } from './FootNode'
import { type FlowNode, flowEdges, flowNodes } from './flow'
import { GateNode } from './GateNode'
import { insideOf } from './inside'
import { kept } from './kept'
import { LaneNode } from './LaneNode'
import { LogicNode } from './LogicNode'
import { type CanvasModel, modelOf, standsAt } from './model'
import { NodeMenu } from './NodeMenu'
import { PullTip } from './PullTip'
import { createPull } from './pull'
import { SaidLine } from './SaidLine'
import { SceneProvider } from './scene'
import { useAttend } from './useAttend'
import { useCursorFeed } from './useCursorFeed'
import { useDrop } from './useDrop'
import { useKeys } from './useKeys'
import { choose, useNodes } from './useNodes'
import { usePull } from './usePull'
import { useAllInSight, useSight } from './useSight'
import { useSparkFeed } from './useSparkFeed'
import { WireEdge } from './WireEdge'

const nodeTypes: NodeTypes = { logic: LogicNode, gate: GateNode, lane: LaneNode, foot: FootNode }
const edgeTypes: EdgeTypes = { wire: WireEdge }
const fixed = {
  nodeTypes,
  edgeTypes,
  deleteKeyCode: null,
  selectionKeyCode: 'Shift',
  selectionMode: SelectionMode.Partial,
  multiSelectionKeyCode: ['Meta', 'Control'],
  elevateNodesOnSelect: false,
  connectionRadius: 24,
  minZoom: 0.15,
  maxZoom: 2,
  zoomOnDoubleClick: false,
  panOnScroll: true,
}
/** From so many nodes on, only what is in sight is in the page (measured: screens.md 2.6). */
const cullFrom = 100

/** The picture of the document, or of the Block that is looked into. */
const usePicture = (open: ReadonlySet<string>) => {
  const { tree, sidecar } = useDocument((state) => state.document)
  const inside = useView((view) => view.inside)
  const all = useRun((run) => run.problems)
  const awaited = useView((view) => view.awaited)
  const problems = useMemo(() => all.filter((one) => awaited.every((id) => id !== standsAt(one))), [all, awaited])
  const blocks = useBlocks()
  const block = useMemo(() => insideOf(tree, inside, blocks), [tree, inside, blocks])
  const shown = block?.tree ?? tree
  const wiring = useMemo(() => wiringOf(shown, blocks), [shown, blocks])
  const model = useMemo(
    () =>
      modelOf({
        tree: shown,
        sidecar: block === null ? sidecar : {},
        wiring,
        problems: block === null ? problems : [],
        usedLanes: block !== null,
        inputs: block?.inputs ?? [],
        open,
      }),
    [shown, block, sidecar, wiring, problems, open],
  )
  return { tree: shown, wiring, model, readOnly: block !== null }
}

const toggled = (set: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(set)
  if (!next.delete(id)) next.add(id)
  return next
}

/** Everything that the graph is drawn from, and all that happens to it. */
const useFlow = () => {
  const { store, engine } = useSession()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [wires, setWires] = useState<ReadonlySet<string>>(new Set())
  const { tree, wiring, model, readOnly } = usePicture(open)
  const selected = useView((view) => view.selected)
  const [cursor] = useState(createCursor)
  const [pull] = useState(createPull)
  const now = useLatest(model)
  const actions = useMemo(() => actionsOf(store, () => now.current), [store, now])
  const scene = useMemo(() => ({ cursor, pull, actions, readOnly }), [cursor, pull, actions, readOnly])
  const onOpen = useCallback((id: string) => setOpen((set) => toggled(set, id)), [])
  const options = useMemo(
    () => ({ open, onOpen, selected: new Set(selected), readOnly }),
    [open, onOpen, selected, readOnly],
  )
  const drawn = useKept(
    useMemo(() => flowNodes(model, readOnly ? null : tree, options), [model, readOnly, tree, options]),
  )
  const edges = useKept(useMemo(() => flowEdges(model, wires), [model, wires]))
  const [nodes, onNodesChange] = useNodes(drawn, actions.move)
  const onEdgesChange = useCallback(
    (changes: EdgeChange[]) =>
      setWires((set) => {
        const next = new Set(set)
        for (const change of changes) if (change.type === 'select') choose(next, change)
        return next
      }),
    [],
  )
  useCursorFeed(engine, cursor)
  useSparkFeed({ engine, cursor, model, tf: isTimeframe(tree.tf) && !readOnly ? tree.tf : null })
  useSight(model)
  useAttend()
  const pulling = usePull({ wiring, pull, actions, model })
  const keys = useKeys({ actions, model, wires, readOnly, store })
  const flow = { nodes, edges, onNodesChange, onEdgesChange, ...pulling.handlers, ...useDrop(actions, model) }
  return { scene, wiring, model, actions, readOnly, flow, ...pulling, ...keys }
}

const lookInside = (node: FlowNode): void => {
  if (node.type !== 'logic' || node.data.node.view.form !== 'block') return
  useView.setState(({ inside }) => ({ inside: [...inside, node.id], selected: [] }))
}

const Flow = () => {
  const { scene, wiring, model, actions, readOnly, flow, ...rest } = useFlow()
  const { dropped, setDropped, connecting, setConnecting } = rest
  const isAllInSight = useAllInSight(flow.nodes)
  return (
    <SceneProvider value={scene}>
      <div className="relative h-full min-h-0 w-full bg-canvas" data-testid="canvas">
        <NodeMenu actions={actions} readOnly={readOnly} onConnect={setConnecting}>
          <ReactFlow<FlowNode>
            {...flow}
            {...fixed}
            onNodeMouseEnter={(_, { id }) => useView.setState({ hovered: id })}
            onNodeMouseLeave={() => useView.setState({ hovered: null })}
            onNodeDoubleClick={(_, node) => lookInside(node)}
            nodesDraggable={!readOnly}
            nodesConnectable={!readOnly}
            autoPanOnConnect={!isAllInSight}
            onlyRenderVisibleElements={model.nodes.length >= cullFrom}
            aria-label="Graph of the Play"
          >
            <Background gap={16} size={1.5} color="var(--line-1)" />
            <Controls onArrange={readOnly ? null : actions.arrange} />
          </ReactFlow>
        </NodeMenu>
        <PullTip wiring={wiring} />
        {dropped !== null && (
          <DropList dropped={dropped} wiring={wiring} actions={actions} onDone={() => setDropped(null)} />
        )}
        {connecting !== null && (
          <ConnectMode
            from={connecting}
            wiring={wiring}
            model={model}
            actions={actions}
            onClose={() => setConnecting(null)}
          />
        )}
        <AskDialog actions={actions} noteOf={(id) => model.nodes.find(({ view }) => view.id === id)?.note ?? ''} />
        <Breadcrumbs />
        <SaidLine />
      </div>
    </SceneProvider>
  )
}

/** What did not change stays the same object: only what did is drawn anew. */
const useKept = <T extends { readonly id: string }>(next: T[]): T[] => {
  const [held, setHeld] = useState<readonly T[]>(next)
  const list = useMemo(() => kept(held, next), [held, next])
  if (list !== held) setHeld(list)
  // React Flow asks for a list that it may change and changes none.
  return list as T[]
}

/** The newest value for who asks later than the drawing. */
const useLatest = (model: CanvasModel): RefObject<CanvasModel> => {
  const ref = useRef(model)
  useEffect(() => {
    ref.current = model
  }, [model])
  return ref
}

export const Canvas = () => (
  <ReactFlowProvider>
    <Flow />
  </ReactFlowProvider>
)
