// What is in sight: the whole Play when it is opened, a node when somebody asks for it.
'use client'
import { getViewportForBounds, useReactFlow, useStore, useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { useDocument } from '../workbench/session'
import { useView } from '../workbench/view'
import type { CanvasModel } from './model'
import { setMiddle } from './sight'

/** The bar with the zoom stands at the foot: nothing lies under it. */
export const fitting = { padding: { x: '4px', top: '4px', bottom: '48px' }, maxZoom: 1 } as const

/** Fits again when the canvas grows or shrinks, while all of the Play is in sight as a fit shows it. */
const useFitOnResize = (width: number, height: number): void => {
  const { fitView, getViewport, getNodes, getNodesBounds } = useReactFlow()
  const { getState } = useStoreApi()
  const before = useRef<readonly [width: number, height: number]>([0, 0])
  // While a border is dragged, sizes come faster than fits are drawn.
  const pending = useRef(false)
  useEffect(() => {
    const [oldWidth, oldHeight] = before.current
    before.current = [width, height]
    if (oldWidth === 0 || width === 0 || (oldWidth === width && oldHeight === height)) return
    const bounds = getNodesBounds(getNodes())
    const wanted = (w: number, h: number) =>
      getViewportForBounds(bounds, w, h, getState().minZoom, fitting.maxZoom, fitting.padding)
    const now = getViewport()
    const old = wanted(oldWidth, oldHeight)
    const isFitted = Math.abs(now.x - old.x) < 1 && Math.abs(now.y - old.y) < 1 && Math.abs(now.zoom - old.zoom) < 0.002
    if (!isFitted && !pending.current) return
    pending.current = true
    void fitView(fitting).finally(() => {
      pending.current = false
    })
  }, [width, height, fitView, getViewport, getNodes, getNodesBounds, getState])
}

export const useSight = (model: CanvasModel): void => {
  const { fitView, setCenter, screenToFlowPosition, getZoom } = useReactFlow()
  const id = useDocument((state) => state.document.id)
  const inside = useView((view) => view.inside)
  const reveal = useView((view) => view.reveal)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  useFitOnResize(width, height)
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
    const [x, y] = node.at
    void setCenter(x + node.view.width / 2, y + node.view.height / 2, { zoom: Math.max(0.8, getZoom()), duration: 160 })
  }, [reveal, setCenter, getZoom, fitView])

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
