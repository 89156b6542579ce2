// Below the lanes: the side that is not written out, and what is risked on a trade.
'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { Copy, Scale, Unplug } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import type { PlayTree, RiskTree, Scalar } from '../../blocks/play/tree'
import { Button } from '../ui/Button'
import { NumberField } from '../ui/NumberField'
import { numberOf, withUnit } from './fields'
import type { Side } from './lanes'
import { useScene } from './scene'
import { literalWords } from './words'

export interface FootData extends Record<string, unknown> {
  readonly long: PlayTree['long']
  readonly short: PlayTree['short']
  readonly risk: RiskTree
  readonly width: number
}
export type FootFlowNode = Node<FootData, 'foot'>

const strip =
  'flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line-2 bg-raised px-3 py-0.5 text-[11.5px] text-2 shadow-rest'

const SideLine = ({ side, value }: { side: Side; value: 'mirror' | 'none' }) => {
  const { actions, readOnly } = useScene()
  const other = side === 'long' ? 'short' : 'long'
  const name = side === 'long' ? 'Long' : 'Short'
  const Icon = value === 'mirror' ? Copy : Unplug
  return (
    <div className={strip}>
      <Icon size={13} className="text-3" aria-hidden />
      <b>{name}</b>
      <span className="flex-1">
        {value === 'mirror'
          ? `mirrors the ${other} side: every comparison turns round, highs and lows change places.`
          : 'is not traded.'}
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

const Amount = ({ label, value, onScalar, unit }: AmountProps) => {
  const { readOnly } = useScene()
  const shown = numberOf(value, unit ?? null)
  return (
    <span className="flex items-center gap-1.5">
      <span className="text-3">{label}</span>
      {shown === null ? (
        <span>{literalWords(value)}</span>
      ) : (
        <NumberField
          size="s"
          value={shown.value}
          min={0}
          step={shown.suffix === '%' ? 0.25 : 1}
          {...(shown.unit === null ? {} : { unit: shown.unit })}
          aria-label={label}
          disabled={readOnly}
          onValue={(next) => onScalar(withUnit(next, shown.suffix))}
        />
      )}
    </span>
  )
}
interface AmountProps {
  readonly label: string
  readonly value: Scalar
  readonly unit?: string
  readonly onScalar: (next: Scalar) => void
}

const Limits = ({ risk }: { risk: RiskTree }): ReactNode => {
  const { actions } = useScene()
  const limits = risk.limits ?? {}
  const labels = {
    trades_per_day: 'trades a day',
    daily_loss: 'daily loss',
    losses_in_row: 'losses in a row',
    open_positions: 'open positions',
  } as const
  return Object.entries(labels).flatMap(([key, label]) => {
    const value = limits[key as keyof typeof labels]
    if (value === undefined) return []
    return (
      <Amount
        key={key}
        label={label}
        value={value}
        onScalar={(next) => actions.setRisk({ limits: { ...limits, [key]: next } }, 'limits')}
      />
    )
  })
}

const RiskLine = ({ risk }: { risk: RiskTree }) => {
  const { actions } = useScene()
  const [kind, value] = Object.entries(risk.size)[0] ?? ['risk', '1%']
  const label = kind === 'risk' ? 'risk per trade' : kind === 'notional' ? 'size, share of the account' : 'size in USDT'
  return (
    <div className={strip}>
      <Scale size={13} className="text-3" aria-hidden />
      <b>Risk</b>
      <Amount
        label={label}
        value={value}
        // The kind of size stays; a wrong amount is refused by the edit.
        onScalar={(next) => actions.setRisk({ size: { [kind]: next } as RiskTree['size'] }, 'size')}
      />
      {risk.leverage !== undefined && (
        <Amount
          label="leverage up to"
          unit="×"
          value={risk.leverage.max}
          onScalar={(next) => typeof next === 'number' && actions.setRisk({ leverage: { max: next } }, 'leverage')}
        />
      )}
      {risk.cooldown !== undefined && (
        <Amount
          label={`pause after ${risk.cooldown.after === 'any' ? 'any exit' : risk.cooldown.after}`}
          value={risk.cooldown.for}
          onScalar={(next) =>
            risk.cooldown !== undefined &&
            actions.setRisk({ cooldown: { after: risk.cooldown.after, for: String(next) } }, 'cooldown')
          }
        />
      )}
      <Limits risk={risk} />
      {risk.scale_in !== undefined && (
        <Amount
          label={`adds from ${literalWords(risk.scale_in.from)}`}
          value={risk.scale_in.adds}
          onScalar={(next) =>
            typeof next === 'number' &&
            risk.scale_in !== undefined &&
            actions.setRisk({ scale_in: { ...risk.scale_in, adds: next } }, 'scale_in')
          }
        />
      )}
    </div>
  )
}

const FootNodeBase = ({ data }: NodeProps<FootFlowNode>) => (
  <div className="nodrag flex cursor-default flex-col gap-1.5" style={{ width: data.width }}>
    {typeof data.long === 'string' && <SideLine side="long" value={data.long} />}
    {typeof data.short === 'string' && <SideLine side="short" value={data.short} />}
    <RiskLine risk={data.risk} />
  </div>
)

export const FootNode = memo(FootNodeBase)
