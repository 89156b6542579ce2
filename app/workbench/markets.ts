// Markets as a trader reads them, and those that a Play can be run on here.

/** `binance:BTCUSDT.P` as `BTCUSDT perp`. */
export const marketWord = (id: string): string => {
  const symbol = id.slice(id.indexOf(':') + 1)
  return symbol.endsWith('.P') ? `${symbol.slice(0, -2)} perp` : symbol
}

export const venueOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf(':')))

/** The made-up markets that are always there. */
export const syntheticMarkets = ['BTCUSDT', 'ETHUSDT', 'SUIUSDT'].flatMap((base) => [
  `synthetic:${base}.P`,
  `synthetic:${base}`,
])

export interface MarketChoice {
  readonly id: string
  /** Bars are those of spot, lent to the perpetual. */
  readonly proxy: boolean
  readonly synthetic: boolean
}

interface Listed {
  readonly instrument: string
  readonly kind: string
}

/** Stored markets, perpetuals first; a perpetual of which only spot bars are stored runs on these. Then the made-up ones. */
export const marketChoices = (series: readonly Listed[]): MarketChoice[] => {
  const bars = [...new Set(series.flatMap(({ kind, instrument }) => (kind === 'klines' ? [instrument] : [])))]
  const perpetuals = new Set(
    series.flatMap(({ kind, instrument }) => (kind !== 'klines' && instrument.endsWith('.P') ? [instrument] : [])),
  )
  const lent = [...perpetuals].filter((id) => !bars.includes(id) && bars.includes(id.slice(0, -2)))
  const stored = [...bars.map((id) => ({ id, proxy: false })), ...lent.map((id) => ({ id, proxy: true }))]
  const rank = (id: string): string => `${id.endsWith('.P') ? 0 : 1}${id}`
  return [
    ...stored.sort((a, b) => rank(a.id).localeCompare(rank(b.id))).map((one) => ({ ...one, synthetic: false })),
    ...syntheticMarkets.map((id) => ({ id, proxy: false, synthetic: true })),
  ]
}
