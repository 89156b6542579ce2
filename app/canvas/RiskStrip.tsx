// What is risked on a trade, and what holds trading back: parts are added, changed and taken away where they stand.
'use client'
import { Plus, Scale, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { RiskTree, Scalar } from '../../blocks/play/tree'
import { stepLabel } from '../document/labels'
import { Button } from '../ui/Button'
import { Menu } from '../ui/Menu'
import { NumberField } from '../ui/NumberField'
import { Select } from '../ui/Select'
import { numberOf, withUnit } from './fields'
import {
  afterLabels,
  hasPart,
  type Limit,
  limitLabels,
  partLabels,
  type RiskPart,
  riskParts,
  type SizeKind,
  sizeKind,
  sizes,
  withoutPart,
  withPart,
} from './riskParts'
import { useScene } from './scene'
import { strip } from './strip'
import { literalWords } from './words'

interface AmountProps {
  readonly label: string
  readonly value: Scalar
  readonly unit?: string
  readonly min?: number
  readonly whole?: true
  readonly onScalar: (next: Scalar) => void
}

const Amount = ({ label, value, onScalar, unit, min = 0, whole }: AmountProps) => {
  const { readOnly } = useScene()
  const shown = numberOf(value, unit ?? null)
  if (shown === null) return <span>{literalWords(value)}</span>
  return (
    <NumberField
      size="s"
      value={shown.value}
      min={min}
      step={shown.suffix === '%' ? 0.25 : shown.suffix === 'R' ? 0.5 : 1}
      {...(whole === true ? { whole } : {})}
      {...(shown.unit === null ? {} : { unit: shown.unit })}
      aria-label={label}
      disabled={readOnly}
      onValue={(next) => onScalar(withUnit(next, shown.suffix))}
    />
  )
}

/** A part with the button that takes it away, which comes with the mouse or the focus. */
const Part = ({ risk, part, children }: { risk: RiskTree; part: RiskPart; children: ReactNode }) => {
  const { actions, readOnly } = useScene()
  const label = `Take ${partLabels[part].toLowerCase()} away`
  return (
    <span className="group/part relative flex items-center gap-1.5">
      {children}
      {!readOnly && (
        <button
          type="button"
          aria-label={label}
          title={label}
          className="nodrag absolute left-full grid size-3.5 place-items-center rounded-chip text-3 opacity-0 group-focus-within/part:opacity-100 group-hover/part:opacity-100 hover:text-1"
          onClick={() =>
            actions.turnRisk(stepLabel.removeRisk(partLabels[part].toLowerCase()), withoutPart(risk, part))
          }
        >
          <X size={10} aria-hidden />
        </button>
      )}
    </span>
  )
}

const Word = ({ children }: { children: ReactNode }) => <span className="text-3 whitespace-nowrap">{children}</span>

const sizeChoices = Object.entries(sizes).map(([value, { label }]) => ({ value: value as SizeKind, label }))

const Size = ({ risk }: { risk: RiskTree }) => {
  const { actions, readOnly } = useScene()
  const kind = sizeKind(risk.size)
  const [value = '1%'] = Object.values(risk.size)
  return (
    <span className="flex items-center gap-1.5">
      <Select
        size="s"
        aria-label="How a trade is sized"
        value={kind}
        choices={sizeChoices}
        disabled={readOnly}
        onValue={(next) => actions.turnRisk(stepLabel.risk(), { size: sizes[next].start })}
      />
      <Amount
        label={sizes[kind].label}
        value={value}
        // The kind of size stays; a wrong amount is refused by the edit.
        onScalar={(next) => actions.setRisk({ size: { [kind]: next } as RiskTree['size'] }, 'size')}
      />
    </span>
  )
}

const Cooldown = ({ cooldown }: { cooldown: NonNullable<RiskTree['cooldown']> }) => {
  const { actions, readOnly } = useScene()
  return (
    <>
      <Word>pause after</Word>
      <Select
        size="s"
        aria-label="Pause after"
        value={cooldown.after}
        choices={Object.entries(afterLabels).map(([value, label]) => ({
          value: value as typeof cooldown.after,
          label,
        }))}
        disabled={readOnly}
        onValue={(after) => actions.setRisk({ cooldown: { ...cooldown, after } }, 'cooldown')}
      />
      <Amount
        label="pause for"
        min={1}
        whole
        value={cooldown.for}
        onScalar={(next) => actions.setRisk({ cooldown: { ...cooldown, for: String(next) } }, 'cooldown')}
      />
    </>
  )
}

const ScaleIn = ({ scaleIn }: { scaleIn: NonNullable<RiskTree['scale_in']> }) => {
  const { actions } = useScene()
  return (
    <>
      <Word>adds</Word>
      <Amount
        label="adds"
        min={1}
        whole
        value={scaleIn.adds}
        onScalar={(next) =>
          typeof next === 'number' && actions.setRisk({ scale_in: { ...scaleIn, adds: next } }, 'scale_in')
        }
      />
      <Word>from</Word>
      <Amount
        label="adds from"
        value={scaleIn.from}
        onScalar={(next) => actions.setRisk({ scale_in: { ...scaleIn, from: String(next) } }, 'scale_in')}
      />
    </>
  )
}

const LimitPart = ({ risk, limit }: { risk: RiskTree; limit: Limit }) => {
  const { actions } = useScene()
  const value = risk.limits?.[limit]
  if (value === undefined) return null
  return (
    <Part risk={risk} part={limit}>
      <Word>{limitLabels[limit]}</Word>
      <Amount
        label={limitLabels[limit]}
        value={value}
        {...(typeof value === 'number' ? { min: 1, whole: true } : {})}
        onScalar={(next) => actions.setRisk({ limits: { ...risk.limits, [limit]: next } }, 'limits')}
      />
    </Part>
  )
}

const AddPart = ({ risk }: { risk: RiskTree }) => {
  const { actions } = useScene()
  const missing = riskParts.filter((part) => !hasPart(risk, part))
  if (missing.length === 0) return null
  return (
    <Menu
      align="end"
      entries={missing.map((part) => ({
        label: partLabels[part],
        run: () => actions.turnRisk(stepLabel.addRisk(partLabels[part].toLowerCase()), withPart(risk, part)),
      }))}
    >
      <Button size="s" look="quiet" className="ml-auto" aria-label="Add to the risk">
        <Plus size={11} aria-hidden />
        Add
      </Button>
    </Menu>
  )
}

export const RiskStrip = ({ risk }: { risk: RiskTree }) => {
  const { actions, readOnly } = useScene()
  const { leverage, cooldown, scale_in: scaleIn } = risk
  return (
    <section aria-label="Risk" data-strip="risk" className={strip}>
      <Scale size={13} className="text-3" aria-hidden />
      <b>Risk</b>
      <Size risk={risk} />
      {leverage !== undefined && (
        <Part risk={risk} part="leverage">
          <Word>leverage up to</Word>
          <Amount
            label="leverage up to"
            unit="×"
            min={1}
            value={leverage.max}
            onScalar={(next) => typeof next === 'number' && actions.setRisk({ leverage: { max: next } }, 'leverage')}
          />
        </Part>
      )}
      {cooldown !== undefined && (
        <Part risk={risk} part="cooldown">
          <Cooldown cooldown={cooldown} />
        </Part>
      )}
      {(Object.keys(limitLabels) as Limit[]).map((limit) => (
        <LimitPart key={limit} risk={risk} limit={limit} />
      ))}
      {scaleIn !== undefined && (
        <Part risk={risk} part="scale_in">
          <ScaleIn scaleIn={scaleIn} />
        </Part>
      )}
      {!readOnly && <AddPart risk={risk} />}
    </section>
  )
}
