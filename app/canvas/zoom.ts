// Level of detail: below half size a node is its header alone.
'use client'
import { type ReactFlowState, useStore } from '@xyflow/react'

const isFar = ({ transform }: ReactFlowState): boolean => transform[2] < 0.5
/** Draws anew only when the line is crossed. */
export const useFar = (): boolean => useStore(isFar)
