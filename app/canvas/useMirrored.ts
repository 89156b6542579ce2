// The view of a node while a trade or bar of the mirrored side is looked at: its words are those of that side.
'use client'
import { useCallback, useMemo } from 'react'
import { useDocument } from '../workbench/session'
import type { CursorState } from './cursor'
import { mirroredView, twinsOf } from './mirrored'
import type { NodeView } from './nodeParts'
import { useCursor, useScene } from './scene'

const askedSide = ({ why }: CursorState) => why?.side ?? null

export const useMirrored = (view: NodeView): { readonly view: NodeView; readonly isMirrored: boolean } => {
  const { readOnly } = useScene()
  const side = useCursor(askedSide)
  const { id } = view
  const twin = useDocument(
    useCallback(
      ({ document: { tree } }) =>
        readOnly || side === null || tree[side] !== 'mirror' ? undefined : twinsOf(tree).get(id),
      [readOnly, side, id],
    ),
  )
  return useMemo(
    () => (twin === undefined ? { view, isMirrored: false } : { view: mirroredView(view, twin), isMirrored: true }),
    [view, twin],
  )
}
