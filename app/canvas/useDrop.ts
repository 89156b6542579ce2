// What is dropped on a wire is inserted: a type from the palette, or a node that nothing is wired to yet.
'use client'
import { type OnNodeDrag, useReactFlow } from '@xyflow/react'
import { type DragEvent, useCallback } from 'react'
import type { WireTarget } from '../../blocks/play/connect'
import type { Actions } from './actions'
import type { FlowNode } from './flow'
import type { CanvasModel } from './model'
import { placeOf } from './wires'

/** The place that the wire under the mouse runs into. A node that is being dragged lies above it. */
const placeUnder = (x: number, y: number): WireTarget | null => {
  const wires = document.elementsFromPoint(x, y).map((one) => one.closest<SVGElement>('.react-flow__edge')?.dataset.id)
  const id = wires.find((one) => one !== undefined)
  return id === undefined ? null : placeOf(id)
}

export const dragType = 'application/x-playloom-type'

export const useDrop = (actions: Actions, model: CanvasModel) => {
  const { screenToFlowPosition } = useReactFlow()
  const onDragOver = useCallback((event: DragEvent) => {
    if (!event.dataTransfer.types.includes(dragType)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
  }, [])
  const onDrop = useCallback(
    (event: DragEvent) => {
      const type = event.dataTransfer.getData(dragType)
      if (type === '') return
      event.preventDefault()
      const { clientX, clientY } = event
      const { x, y } = screenToFlowPosition({ x: clientX - 40, y: clientY - 13 })
      const on = placeUnder(clientX, clientY)
      if (on === null) actions.add(type, [x, y])
      else actions.insertOnWire(on, type, [x, y])
    },
    [actions, screenToFlowPosition],
  )
  const onNodeDragStop = useCallback<OnNodeDrag<FlowNode>>(
    (event, node, all) => {
      if (all.length !== 1 || node.type !== 'logic') return
      const { clientX, clientY } =
        'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event
      if (model.wires.some(({ source, target }) => source === node.id || target === node.id)) return
      const on = placeUnder(clientX, clientY)
      if (on !== null) actions.thread(on, node.id)
    },
    [actions, model],
  )
  return { onDragOver, onDrop, onNodeDragStop }
}
