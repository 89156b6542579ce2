// The runs that have a golden report: the examples on real bars, each over a range whose trades were looked at by hand.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface GoldenRun {
  /** Name of the stored report. */
  readonly name: string
  /** The Play as text, and the name by which problems call it. */
  readonly play: string
  readonly file: string
  readonly symbol: 'BTCUSDT' | 'ETHUSDT'
  readonly from: number
  readonly to: number
}

const example = (play: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', 'blocks', 'examples', `${play}.yaml`), 'utf8')

const year = (y: number): number => Date.UTC(y, 0, 1)

const golden = (play: string, more: Partial<GoldenRun> = {}): GoldenRun => ({
  name: `${play}.BTCUSDT.2023`,
  play: example(play),
  file: `${play}.yaml`,
  symbol: 'BTCUSDT',
  from: year(2023),
  to: year(2024),
  ...more,
})

/** Replaces text that must be there: an example that changed must not turn a variant into the example itself. */
const varied = (text: string, changes: Readonly<Record<string, string>>): string =>
  Object.entries(changes).reduce((made, [from, to]) => {
    if (!made.includes(from)) throw new Error(`the example no longer says "${from}"`)
    return made.replace(from, to)
  }, text)

/** Leverage so high that liquidation (about 3.6 % away) comes before the stop (5 %). */
const overleveraged = varied(example('ema_cross_reverse'), {
  'value: 3%': 'value: 5%',
  'size: { risk: 1% }': 'size: { notional: 100% }',
  'leverage: { max: 3 }': 'leverage: { max: 25 }',
})

export const goldenRuns: readonly GoldenRun[] = [
  golden('ema_pullback'),
  golden('ema_cross_reverse'),
  golden('donchian_trail'),
  golden('rsi_fade'),
  golden('funding_fade'),
  golden('swing_break_add'),
  golden('ema_pullback', { name: 'ema_pullback.ETHUSDT.2023', symbol: 'ETHUSDT' }),
  golden('rsi_fade', { name: 'rsi_fade.ETHUSDT.2023', symbol: 'ETHUSDT' }),
  golden('donchian_trail', { name: 'donchian_trail.BTCUSDT.2023-2024', to: year(2025) }),
  golden('funding_fade', { name: 'funding_fade.BTCUSDT.2023-2024', to: year(2025) }),
  golden('ema_cross_reverse', {
    name: 'ema_cross_overleveraged.BTCUSDT.2023',
    play: overleveraged,
    file: 'ema_cross_overleveraged.yaml',
  }),
]
