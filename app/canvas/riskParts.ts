// The parts of the risk section as the strip shows them: what each is called, and what it begins with. Pure.
import type { RiskTree } from '../../blocks/play/tree'
import type { RiskChange } from '../document/edits/play'

export type SizeKind = 'risk' | 'notional' | 'quote'

/** Each way to size a trade, with field practice as the start. */
export const sizes: Readonly<Record<SizeKind, { readonly label: string; readonly start: RiskTree['size'] }>> = {
  risk: { label: 'risk per trade', start: { risk: '1%' } },
  notional: { label: 'size, share of the account', start: { notional: '20%' } },
  quote: { label: 'size in USDT', start: { quote: 500 } },
}

export const sizeKind = (size: RiskTree['size']): SizeKind =>
  'risk' in size ? 'risk' : 'notional' in size ? 'notional' : 'quote'

export type Limit = keyof NonNullable<RiskTree['limits']>

export const limitLabels: Readonly<Record<Limit, string>> = {
  trades_per_day: 'trades a day',
  daily_loss: 'daily loss',
  losses_in_row: 'losses in a row',
  open_positions: 'open positions',
}

const limitStarts: Required<NonNullable<RiskTree['limits']>> = {
  trades_per_day: 4,
  daily_loss: '3%',
  losses_in_row: 3,
  open_positions: 1,
}

/** What may be left out of the risk section. */
export type RiskPart = 'leverage' | 'cooldown' | 'scale_in' | Limit

export const partLabels: Readonly<Record<RiskPart, string>> = {
  leverage: 'Leverage',
  cooldown: 'Pause after an exit',
  trades_per_day: 'Limit of trades a day',
  daily_loss: 'Limit of daily loss',
  losses_in_row: 'Limit of losses in a row',
  open_positions: 'Limit of open positions',
  scale_in: 'Adding to a trade',
}
export const riskParts = Object.keys(partLabels) as readonly RiskPart[]

const isLimit = (part: RiskPart): part is Limit => Object.hasOwn(limitLabels, part)

export const hasPart = (risk: RiskTree, part: RiskPart): boolean =>
  isLimit(part) ? risk.limits?.[part] !== undefined : risk[part] !== undefined

/** The risk with the part at its start. */
export const withPart = (risk: RiskTree, part: RiskPart): RiskChange => {
  if (isLimit(part)) return { limits: { ...risk.limits, [part]: limitStarts[part] } }
  if (part === 'leverage') return { leverage: { max: 2 } }
  return part === 'cooldown' ? { cooldown: { after: 'loss', for: '4h' } } : { scale_in: { adds: 1, from: '1R' } }
}

/** The risk without the part. */
export const withoutPart = ({ limits }: RiskTree, part: RiskPart): RiskChange => {
  if (!isLimit(part)) return { [part]: undefined }
  const { [part]: _, ...rest } = limits ?? {}
  return { limits: rest }
}

export const afterLabels = {
  stop: 'a stop',
  loss: 'a loss',
  invalidation: 'an invalidation',
  any: 'any exit',
} as const satisfies Readonly<Record<NonNullable<RiskTree['cooldown']>['after'], string>>
