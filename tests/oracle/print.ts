// Shows a scenario to a person: settings, each seat's plan in short, and its minutes as a table with the decisions.

import { closeMsOf, tfMs } from '../../blocks/kit/timeframe'
import { clockOf, higherOf, type Minutes, minutesOf, type SeatSpec } from './build'
import type { SideSpec } from './plans'
import type { Scenario } from './scenario'
import type { Result } from './types'

const minutesIn = (given: string | Minutes): Minutes => (typeof given === 'string' ? minutesOf(given) : given)

/** One line a field that says something; columns of one number repeated are shown once. */
const plain = (value: unknown): unknown =>
  Array.isArray(value) && value.length > 1 && value.every((x) => x !== null && typeof x !== 'object' && x === value[0])
    ? value[0]
    : value

const sideLines = (name: string, side: SideSpec | undefined): string[] =>
  side === undefined
    ? [`  ${name}: none`]
    : [
        `  ${name}:`,
        ...Object.entries(side)
          .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
          .map(([key, value]) => `    ${key}: ${JSON.stringify(value, (_, x) => plain(x))}`),
      ]

const letter = (text: string | undefined, i: number): string => text?.replaceAll(' ', '')[i] ?? 'F'

/** Verdicts of one decision row: the setups, then the filters, exits and invalidations that are of the market. */
const verdicts = (name: string, side: SideSpec | undefined, i: number): string => {
  if (side === undefined) return ''
  const entries = (side.entries ?? [{ when: side.when ?? '' }]).map((entry) => letter(entry.when, i)).join('')
  const filters = (side.filters ?? []).map((x) => letter(x, i)).join('')
  const exits = (side.exitWhen ?? []).map((x) => (typeof x === 'string' ? letter(x, i) : '*')).join('')
  const invalid = (side.invalidations ?? [])
    .map(({ when }) => (typeof when === 'string' ? letter(when, i) : '*'))
    .join('')
  const part = (label: string, text: string): string => (text === '' ? '' : ` ${label} ${text}`)
  return `${name}: when ${entries}${part('filter', filters)}${part('exit', exits)}${part('invalid', invalid)}`
}

const seatTable = (spec: SeatSpec): string[] => {
  const { tf = '3m' } = spec
  const minutes = minutesIn(spec.minutes)
  const mark = spec.mark === undefined ? null : minutesIn(spec.mark)
  const decision = higherOf(minutes, { tf })
  const step = tfMs['1m']
  const start = closeMsOf(tf, decision.row0) - tfMs[tf]
  return minutes.map((bar, i) => {
    const ms = start + i * step
    const row = (ms + step - start) / tfMs[tf] - 1
    const funding = (spec.funding ?? []).filter(([time]) => time === clockOf(ms))
    const cells = bar === null ? 'hole' : `${bar.open} ${bar.high} ${bar.low} ${bar.close} v${bar.volume}`
    const notes = [
      ...(mark?.[i] ? [`mark ${mark[i].open} ${mark[i].high} ${mark[i].low}`] : []),
      ...funding.map(([, rate, at]) => `funding ${rate}${at === undefined ? '' : ` at ${at}`}`),
      ...(Number.isInteger(row) && row >= 0
        ? [
            `=> T ${clockOf(ms + step)} row ${row} ${verdicts('long', spec.long, row)} ${verdicts('short', spec.short, row)}`,
          ]
        : []),
    ]
    return `    ${clockOf(ms)}  ${cells.padEnd(34)} ${notes.join('  ')}`.trimEnd()
  })
}

export const scenarioText = ({ seats, settings, from, to }: Scenario): string =>
  [
    `from ${from} to ${to}`,
    `settings ${JSON.stringify(settings)}`,
    ...seats.flatMap((spec, i) => [
      `seat ${i}: play ${spec.play ?? 0} tf ${spec.tf ?? '3m'} ${JSON.stringify(spec.instrument ?? {})}`,
      `  risk ${JSON.stringify(spec.risk ?? {})}`,
      ...sideLines('long', spec.long),
      ...sideLines('short', spec.short),
      ...seatTable(spec),
    ]),
  ].join('\n')

/** What a simulator made of it: trades leg by leg, then the counts. */
export const resultText = (result: Result): string => {
  const { trades, open, pending, drops, capped, lateFills, staleFills, ambiguous, ruined } = result
  const lines = [...trades, ...open].map((trade) => {
    const legs = trade.legs.map(
      (leg) =>
        `${clockOf(leg.ms)} ${leg.side} ${leg.reason} ${leg.price} (${leg.referencePrice}) x ${leg.qtyBase}${leg.maker ? ' maker' : ''}`,
    )
    return `${trade.instrument} ${trade.side} ${trade.setup}: ${legs.join(', ')}; net ${trade.netUsdt}`
  })
  const counts = { pending, drops, capped, lateFills, staleFills, ambiguous, ruined }
  return [...lines, JSON.stringify(counts), `last equity ${result.equity.at(-1)?.[1]}`].join('\n')
}
