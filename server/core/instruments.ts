// Puts an Instrument together: run override first, then what was imported, then the table that ships (cli.md).
import type { Instrument } from '../../blocks/engine/rows'
import { Failure } from './failure'
import { instrumentTable } from './instrumentTable'
import { isPerp, type MarketFacts } from './series'

/** As settings.instruments gives them: numbers in quote and base units. */
export interface InstrumentOverride {
  readonly tick?: number | undefined
  readonly step?: number | undefined
  readonly min_qty?: number | undefined
  readonly min_notional?: number | undefined
}

/** Canonical decimal text without exponent or padding: 0.000100 and 1e-4 are both 0.0001. Null: not a positive decimal. */
export const decimalText = (given: string | number): string | null => {
  const match = /^\+?(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(String(given))
  if (match === null) return null
  const [, whole = '', fraction = '', exponent = '0'] = match
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  const left = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const right = point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits
  const head = left.replace(/^0+(?=\d)/, '')
  const tail = right.replace(/0+$/, '')
  const text = tail === '' ? head : `${head}.${tail}`
  return /[1-9]/.test(text) ? text : null
}

const merged = (imported: MarketFacts | null, shipped: MarketFacts | undefined): MarketFacts => ({
  ...shipped,
  ...imported,
  sources:
    imported === null
      ? (shipped?.sources ?? [])
      : imported.tick && imported.step
        ? imported.sources
        : [...imported.sources, ...(shipped?.sources ?? [])],
})

/** The instrument, or the Failure that says what is missing and how to give it. */
export const resolveInstrument = (
  id: string,
  imported: MarketFacts | null,
  override: InstrumentOverride = {},
): Instrument | Failure => {
  const facts = merged(imported, instrumentTable[id])
  const tick = decimalText(override.tick ?? facts.tick ?? '')
  const step = decimalText(override.step ?? facts.step ?? '')
  if (tick === null || step === null) {
    const lacking = [tick === null ? 'tick' : '', step === null ? 'step' : '']
      .filter((name) => name !== '')
      .join(' and ')
    return new Failure(
      'instrument_incomplete',
      `${id} has no ${lacking}: prices and quantities could not be rounded as the venue does`,
      {
        hint: `import the venue's exchangeInfo file (data import <file> --kind instruments), or give instruments: { ${id}: { tick: .., step: .. } } in the run settings`,
      },
    )
  }
  const own = Object.values(override).some((value) => value !== undefined)
  return {
    id,
    kind: isPerp(id) ? 'perp' : 'spot',
    tick,
    step,
    minQty: override.min_qty ?? facts.minQty ?? Number(step),
    minNotional: override.min_notional ?? facts.minNotional ?? 0,
    brackets: isPerp(id) ? (facts.brackets ?? []) : [],
    source: [...(own ? ['run settings'] : []), ...facts.sources].join('; '),
  }
}
