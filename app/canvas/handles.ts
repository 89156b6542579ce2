// Names of sockets on the canvas: one space for inputs, one for outputs of a node. Pure.

export const inputHandle = (handle: string): string => `in:${handle}`
export const outputHandle = (output: string | null): string => `out:${output ?? ''}`

export interface SocketName {
  readonly side: 'in' | 'out'
  /** Of an output: null is the node itself. */
  readonly name: string | null
}

export const readHandle = (id: string | null | undefined): SocketName | null => {
  if (id?.startsWith('in:') === true) return { side: 'in', name: id.slice(3) }
  if (id?.startsWith('out:') === true) return { side: 'out', name: id === 'out:' ? null : id.slice(4) }
  return null
}

/** Gates are drawn for the places of a side: `$long/exits` is a part of the sink `$long`. */
export const gateId = (side: string, slot: string): string => `$${side}/${slot}`
/** The sink that a drawn node stands for; other ids stand for themselves. */
export const sinkOf = (id: string): string => (id.startsWith('$') ? (id.split('/')[0] ?? id) : id)
/** A lane's ground. */
export const laneId = (side: string, slot: string): string => `lane:${side}/${slot}`
export const isDocumentNode = (id: string): boolean => !id.startsWith('$') && !id.includes(':')
