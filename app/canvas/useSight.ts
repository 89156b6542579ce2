// What is in sight: the whole Play when it is opened, a node when somebody asks for it.
'use client'
import { getViewportForBounds, type Rect, useReactFlow, useStore, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useDocument } from '../workbench/session'
import { useView } from '../workbench/view'
import type { FlowNode } from './flow'
import type { CanvasModel } from './model'
import { setMiddle } from './sight'

/** The bar with the zoom stands at the foot: nothing lies under it. */
export const fitting = { padding: { x: '4px', top: '4px', bottom: '48px' }, maxZoom: 1 } as const

/** Smaller than this nothing can be read: what is asked for is brought near instead. */
const readable = 0.6

interface Seen {
  readonly width: number
  readonly height: number
  readonly bounds: Rect
  /** Where the nodes stand is their layout's own affair: nobody has placed one by hand. */
  readonly isFree: boolean
}

const sameBox = (a: Rect, b: Rect): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height

/**
 * Fits again when the canvas grows or shrinks, or the graph lays itself out anew, while all of the Play is in sight as
 * a fit shows it. Gives whether a fit is on its way.
 */
const useKeepFitted = (model: CanvasModel): (() => boolean) => {
  const { fitView, getViewport, getNodes, getNodesBounds } = useReactFlow()
  const { getState } = useStoreApi()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const isFree = useDocument((state) => state.document.sidecar.positions === undefined)
  const before = useRef<Seen | null>(null)
  // While a border is dragged, sizes come faster than fits are drawn.
  const pending = useRef(false)
  // The model is what the nodes are drawn from: with it their bounds change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const old = before.current
    const now: Seen = { width, height, bounds: getNodesBounds(getNodes()), isFree }
    before.current = now
    if (old === null || old.width === 0 || width === 0) return
    const isResized = old.width !== width || old.height !== height
    if (!isResized && (sameBox(old.bounds, now.bounds) || !isFree)) return
    const wanted = ({ bounds, width: w, height: h }: Seen) =>
      getViewportForBounds(bounds, w, h, getState().minZoom, fitting.maxZoom, fitting.padding)
    const { x, y, zoom } = getViewport()
    const fit = wanted(old)
    const isFitted = Math.abs(x - fit.x) < 1 && Math.abs(y - fit.y) < 1 && Math.abs(zoom - fit.zoom) < 0.002
    if (!isFitted && !pending.current) return
    if (!isResized && wanted(now).zoom < readable) return
    pending.current = true
    void fitView(fitting).finally(() => {
      pending.current = false
    })
  }, [width, height, isFree, model, fitView, getViewport, getNodes, getNodesBounds, getState])
  return useCallback(() => pending.current, [])
}

/** Nothing lies outside of what is seen: then no border pulls the ground along. */
export const useAllInSight = (nodes: readonly FlowNode[]): boolean => {
  const { getNodesBounds } = useReactFlow<FlowNode>()
  const bounds = useMemo(() => getNodesBounds([...nodes]), [nodes, getNodesBounds])
  return useStore(({ transform: [x, y, zoom], width, height }) => {
    const [left, top] = [bounds.x * zoom + x, bounds.y * zoom + y]
    return left >= 0 && top >= 0 && left + bounds.width * zoom <= width && top + bounds.height * zoom <= height
  })
}

export const useSight = (model: CanvasModel): void => {
  const { fitView, setCenter, screenToFlowPosition, getViewport } = useReactFlow()
  const id = useDocument((state) => state.document.id)
  const inside = useView((view) => view.inside)
  const reveal = useView((view) => view.reveal)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const isFitting = useKeepFitted(model)
  // Sizes are known beforehand: as soon as React Flow holds the nodes, they can be fitted.
  const isReady = useStore((state) => state.nodeLookup.size > 0)
  const latest = useRef(model)
  useEffect(() => {
    latest.current = model
  }, [model])

  // A Play is fitted once, when canvas and nodes have their sizes.
  const key = `${id} ${inside.join('/')}`
  const fitted = useRef('')
  useEffect(() => {
    if (!isReady || width === 0 || fitted.current === key) return undefined
    fitted.current = key
    // React Flow takes over the nodes of another picture only after this drawing.
    const frame = requestAnimationFrame(() => void fitView(fitting))
    return () => cancelAnimationFrame(frame)
  }, [key, isReady, width, fitView])

  useEffect(() => {
    if (reveal?.node === null) {
      void fitView({ ...fitting, duration: 160 })
      return
    }
    const node = latest.current.nodes.find(({ view }) => view.id === reveal?.node)
    if (node === undefined) return
    // A fit that is on its way shows it too, and what can be read already stays where it is.
    if (isFitting()) return
    const [x, y] = node.at
    const { zoom, ...at } = getViewport()
    const [left, top] = [x * zoom + at.x, y * zoom + at.y]
    const box = document.querySelector('[data-testid="canvas"]')
    const isSeen =
      left >= 0 &&
      top >= 0 &&
      left + node.view.width * zoom <= (box?.clientWidth ?? 0) &&
      top + node.view.height * zoom <= (box?.clientHeight ?? 0)
    if (isSeen && zoom >= readable) return
    void setCenter(x + node.view.width / 2, y + node.view.height / 2, { zoom: Math.max(0.8, zoom), duration: 160 })
  }, [reveal, setCenter, getViewport, fitView, isFitting])

  useEffect(() => {
    setMiddle(() => {
      const box = document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect()
      const { x, y } = screenToFlowPosition({
        x: (box?.left ?? 0) + width / 2,
        y: (box?.top ?? 0) + height / 2,
      })
      return [Math.round(x), Math.round(y)]
    })
    return () => setMiddle(null)
  }, [screenToFlowPosition, width, height])
}
