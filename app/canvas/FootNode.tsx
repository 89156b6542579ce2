// Below the lanes: the side that is not written out, what is risked on a trade, and the parameters.
'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { Copy, Unplug } from 'lucide-react'
import { memo } from 'react'
import type { PlayTree, RiskTree } from '../../blocks/play/tree'
import { Button } from '../ui/Button'
import type { FieldView } from './fields'
import type { Side } from './lanes'
import { ParamStrip } from './ParamStrip'
import { RiskStrip } from './RiskStrip'
import { useScene } from './scene'
import { strip } from './strip'

export interface FootData extends Record<string, unknown> {
  readonly long: PlayTree['long']
  readonly short: PlayTree['short']
  readonly risk: RiskTree
  /** A place of use for each parameter. */
  readonly params: readonly FieldView[]
  readonly width: number
}
export type FootFlowNode = Node<FootData, 'foot'>

const SideLine = ({ side, value }: { side: Side; value: 'mirror' | 'none' }) => {
  const { actions, readOnly } = useScene()
  const other = side === 'long' ? 'short' : 'long'
  const name = side === 'long' ? 'Long' : 'Short'
  const Icon = value === 'mirror' ? Copy : Unplug
  const words =
    value === 'mirror'
      ? `mirrors the ${other} side: every comparison turns round, highs and lows change places.`
      : 'is not traded.'
  return (
    <div className={strip}>
      <Icon size={13} className="text-3" aria-hidden />
      <b>{name}</b>
      <span className="min-w-0 flex-1 truncate" title={words}>
        {words}
      </span>
      {!readOnly && value === 'mirror' && (
        <>
          <Button size="s" onClick={() => actions.side(side, 'unfold')}>
            Unfold
          </Button>
          <Button size="s" look="quiet" onClick={() => actions.side(side, 'none')}>
            Do not trade it
          </Button>
        </>
      )}
      {!readOnly && value === 'none' && (
        <>
          <Button size="s" onClick={() => actions.side(side, 'mirror')}>
            {`Mirror the ${other} side`}
          </Button>
          <Button size="s" look="quiet" onClick={() => actions.side(side, 'write')}>
            Draw it
          </Button>
        </>
      )}
    </div>
  )
}

const FootNodeBase = ({ data }: NodeProps<FootFlowNode>) => (
  <div className="nodrag flex cursor-default flex-col gap-1.5" style={{ width: data.width }}>
    {typeof data.long === 'string' && <SideLine side="long" value={data.long} />}
    {typeof data.short === 'string' && <SideLine side="short" value={data.short} />}
    <RiskStrip risk={data.risk} />
    <ParamStrip fields={data.params} />
  </div>
)

export const FootNode = memo(FootNodeBase)
