// Filters of a few markets, entered by hand: used when the venue's own file was not imported.
import type { MarketFacts } from './series'

/**
 * Ticks and steps are those that all trades of 2024 are whole multiples of; minimum notionals as Binance published them
 * by then (spot: filter NOTIONAL of /api/v3/exchangeInfo; perpetuals: MIN_NOTIONAL of /fapi/v1/exchangeInfo).
 */
const spot = 'shipped table: Binance spot filters, entered by hand, as of 2024-12-31'
const perp = 'shipped table: Binance USD-M filters, entered by hand, as of 2024-12-31; no leverage brackets'

const row = (source: string, [tick, step]: readonly [string, string], minNotional: number): MarketFacts => ({
  tick,
  step,
  minQty: Number(step),
  minNotional,
  sources: [source],
})

export const instrumentTable: Readonly<Record<string, MarketFacts>> = {
  'binance:BTCUSDT': row(spot, ['0.01', '0.00001'], 5),
  'binance:ETHUSDT': row(spot, ['0.01', '0.0001'], 5),
  'binance:SUIUSDT': row(spot, ['0.0001', '0.1'], 5),
  'binance:SOLUSDT': row(spot, ['0.01', '0.001'], 5),
  'binance:XRPUSDT': row(spot, ['0.0001', '1'], 5),
  'binance:DOGEUSDT': row(spot, ['0.00001', '1'], 1),
  'binance:BNBUSDT': row(spot, ['0.01', '0.001'], 5),
  'binance:BTCUSDT.P': row(perp, ['0.1', '0.001'], 100),
  'binance:ETHUSDT.P': row(perp, ['0.01', '0.001'], 20),
  'binance:SUIUSDT.P': row(perp, ['0.0001', '0.1'], 5),
  'binance:SOLUSDT.P': row(perp, ['0.001', '1'], 5),
  'binance:XRPUSDT.P': row(perp, ['0.0001', '0.1'], 5),
  'binance:DOGEUSDT.P': row(perp, ['0.00001', '1'], 5),
  'binance:BNBUSDT.P': row(perp, ['0.01', '0.01'], 5),
}
