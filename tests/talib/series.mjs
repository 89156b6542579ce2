// The seeded series that both sides of the comparison read: plain integers over 100, so that no rounding differs.
// Not market data: a random walk with gaps, flat stretches and quiet and wild phases.
import { pathToFileURL } from 'node:url'

export const rows = 400
export const seed = 20_240_607

/** Mulberry32: 32 bits a step, the same everywhere. */
const generator = (start) => {
  let state = start | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Columns in hundredths. */
export const makeSeries = () => {
  const chance = generator(seed)
  const bars = { open: [], high: [], low: [], close: [] }
  let close = 250_000
  for (let i = 0; i < rows; i++) {
    const flat = i >= 180 && i < 192
    const wild = i % 90 < 30 ? 900 : 250
    const gap = !flat && i % 17 === 0 ? Math.round((chance() - 0.5) * 1200) : 0
    const open = close + gap
    close = flat ? open : open + Math.round((chance() - 0.48) * wild)
    bars.open.push(open)
    bars.high.push(Math.max(open, close) + (flat ? 0 : Math.round(chance() * wild * 0.4)))
    bars.low.push(Math.min(open, close) - (flat ? 0 : Math.round(chance() * wild * 0.4)))
    bars.close.push(close)
  }
  return bars
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(JSON.stringify({ seed, rows, ...makeSeries() }))
