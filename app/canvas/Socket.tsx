// One socket on the edge of a node: its glyph, its hit area, and whether it fits the wire that is being pulled.
'use client'
import { Handle, Position } from '@xyflow/react'
import { useCallback, useSyncExternalStore } from 'react'
import type { Letter } from '../../blocks/kit/socket'
import { socketWords } from '../../blocks/play/words'
import { classes } from '../ui/classes'
import { inputHandle, outputHandle } from './handles'
import { socketKey } from './pull'
import { SocketGlyph } from './SocketGlyph'
import { useScene } from './scene'

type Fit = 'none' | 'fits' | 'not'

const useFit = (node: string, handle: string): Fit => {
  const { pull } = useScene()
  const get = useCallback((): Fit => {
    const { fitting } = pull.getState()
    if (fitting === null) return 'none'
    return fitting.has(socketKey(node, handle)) ? 'fits' : 'not'
  }, [pull, node, handle])
  return useSyncExternalStore(pull.subscribe, get, get)
}

interface SocketProps {
  readonly node: string
  readonly side: 'in' | 'out'
  /** Handle of an input; output as an edge names it. */
  readonly name: string | null
  readonly letter: Letter
  readonly filled: boolean
  readonly label: string
  /** From the top of the node. */
  readonly y: number
}

export const Socket = ({ node, side, name, letter, filled, label, y }: SocketProps) => {
  const id = side === 'in' ? inputHandle(name ?? '') : outputHandle(name)
  const fit = useFit(node, id)
  const { readOnly } = useScene()
  return (
    <Handle
      id={id}
      type={side === 'in' ? 'target' : 'source'}
      position={side === 'in' ? Position.Left : Position.Right}
      isConnectable={!readOnly}
      title={`${label === '' ? '' : `${label}: `}${socketWords[letter]}`}
      data-letter={letter}
      className={classes(
        'z-10 grid! size-6! place-items-center rounded-full border-0! bg-transparent! transition-opacity duration-(--move-fast)',
        fit === 'fits' && 'bg-you-bg! shadow-[0_0_0_1.5px_var(--you)]',
        fit === 'not' && 'opacity-25',
      )}
      style={{ top: y }}
    >
      <span className="pointer-events-none">
        <SocketGlyph letter={letter} filled={filled} />
      </span>
    </Handle>
  )
}
