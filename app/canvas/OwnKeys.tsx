// What stands on a node keeps its keys: arrows move a slider there and not the node below.
'use client'
import type { ReactNode } from 'react'

export const OwnKeys = ({ children }: { children: ReactNode }) => (
  // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps keys from going further
  <div onKeyDown={(event) => event.stopPropagation()}>{children}</div>
)
