// The risk section in words, one sentence each.
import type { PlayTree, RiskTree, Scalar } from '../tree'
import { lengthText, literalText } from './literals'

const sizeText = ({ size, leverage }: RiskTree, said: (value: Scalar) => string): string => {
  const most = said(leverage?.max ?? 1)
  const limit = most === '1' ? ', without leverage' : `, with leverage of at most ${most}`
  if ('risk' in size)
    return `Each trade is sized to lose ${said(size.risk)} of the equity if its first stop is hit${limit}`
  if ('notional' in size) return `Each trade is ${said(size.notional)} of the equity in size${limit}`
  return `Each trade is ${said(size.quote)} of the quote currency in size${limit}`
}

const causes = {
  stop: 'After a stop',
  loss: 'After a loss',
  invalidation: 'After an invalidation',
  any: 'After every trade',
} as const

const limitTexts = (limits: NonNullable<RiskTree['limits']>, said: (value: Scalar) => string): readonly string[] => {
  const { trades_per_day: trades, daily_loss: loss, losses_in_row: row, open_positions: open } = limits
  return [
    ...(trades === undefined ? [] : [`At most ${said(trades)} ${trades === 1 ? 'trade' : 'trades'} in a day (UTC)`]),
    ...(loss === undefined ? [] : [`After a loss of ${said(loss)} in a day no more entries until 00:00 UTC`]),
    ...(row === undefined ? [] : [`After ${said(row)} losses in a row no more entries until 00:00 UTC`]),
    ...(open === undefined ? [] : [`At most ${said(open)} ${open === 1 ? 'position' : 'positions'} open at once`]),
  ]
}

/** Sentences without their full stop. */
export const riskTexts = ({ risk, params }: Pick<PlayTree, 'risk' | 'params'>): readonly string[] => {
  const resolved = (value: Scalar): Scalar =>
    typeof value === 'string' && value.startsWith('$') ? (params?.[value.slice(1)]?.value ?? value) : value
  const said = (value: Scalar): string => literalText(resolved(value))
  const { cooldown, limits, scale_in: adds } = risk
  const times = adds === undefined ? '' : resolved(adds.adds) === 1 ? 'once' : `up to ${said(adds.adds)} times`
  return [
    sizeText(risk, said),
    ...(cooldown === undefined ? [] : [`${causes[cooldown.after]} no entry for ${lengthText(resolved(cooldown.for))}`]),
    ...(limits === undefined ? [] : limitTexts(limits, said)),
    ...(adds === undefined
      ? []
      : [
          `A new signal of the same side adds to the open trade, ${times}, while that is ${said(adds.from)} or more in profit`,
        ]),
  ]
}
