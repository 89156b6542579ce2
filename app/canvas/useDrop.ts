// A type dragged from the palette: onto the ground it is added, onto a wire it is inserted.
'use client'
import { useReactFlow } from '@xyflow/react'
import { type DragEvent, useCallback } from 'react'
import type { Actions } from './actions'
import { placeOf } from './wires'

export const dragType = 'application/x-playloom-type'

export const useDrop = (actions: Actions) => {
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
      const wire = document.elementFromPoint(clientX, clientY)?.closest<SVGElement>('.react-flow__edge')?.dataset.id
      const on = wire === undefined ? null : placeOf(wire)
      if (on === null) actions.add(type, [x, y])
      else actions.insertOnWire(on, type, [x, y])
    },
    [actions, screenToFlowPosition],
  )
  return { onDragOver, onDrop }
}
