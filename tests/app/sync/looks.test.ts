// Looks at data on their way to the ledger: none is lost when a page closes or the server is away, and each counts once.
import { describe, expect, it } from 'vitest'
import type { Shelf } from '../../../app/document/journal'
import { Away } from '../../../app/sync/away'
import { type Look, looksOn } from '../../../app/sync/looks'
import { maxBodyBytes } from '../../../server/api/body'

const shelf = (room = Number.POSITIVE_INFINITY): Shelf => {
  const kept = new Map<string, string>()
  // Listed anew only after a change: a page goes through all keys at every note.
  let keys: readonly string[] | null = null
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => {
      if (!kept.has(key) && kept.size >= room) throw new DOMException('no room', 'QuotaExceededError')
      kept.set(key, text)
      keys = null
    },
    removeItem: (key) => {
      kept.delete(key)
      keys = null
    },
    key: (i) => {
      keys ??= [...kept.keys()]
      return keys[i] ?? null
    },
    get length() {
      return kept.size
    },
  }
}
const look = (n: number): Look => ({
  playId: 'one',
  logicHash: `${n}`.padStart(64, '0'),
  settingsHash: 'a'.repeat(64),
  data: [{ instrument: 'synthetic:BTCUSDT.P', kind: 'klines', tf: '1m', sha256: 'b'.repeat(64) }],
  fromMs: 0,
  toMs: 1,
  sharpe: null,
  trades: n,
})

/** A ledger that counts a look once. */
const ledger = (refuse: (looks: readonly Look[]) => Error | null = () => null) => {
  const rows = new Set<string>()
  const calls: number[] = []
  const add = async (looks: Look[]): Promise<void> => {
    calls.push(looks.length)
    const error = refuse(looks)
    if (error !== null) throw error
    for (const { logicHash } of looks) rows.add(logicHash)
  }
  return { add, rows, calls }
}

describe('looks', () => {
  it('that a page noted as it closed are told by the next one, together and once', async () => {
    const kept = shelf()
    for (const n of [1, 2, 2]) looksOn(kept).note(look(n))
    const { add, rows, calls } = ledger()
    expect(await looksOn(kept).tell(add)).toBe(2)
    expect(await looksOn(kept).tell(add)).toBe(0)
    expect([rows.size, calls]).toEqual([2, [2]])
    expect(kept.length).toBe(0)
  })

  it('stay while the server is away, also when only its answer was lost', async () => {
    const kept = shelf()
    const looks = looksOn(kept)
    looks.note(look(1))
    let away = true
    const { add, rows } = ledger(() => (away ? new Away('away') : null))
    await expect(looks.tell(add)).rejects.toThrow(Away)
    expect(kept.length).toBe(1)
    away = false
    const lost = ledger()
    const deaf = async (some: Look[]): Promise<void> => {
      await lost.add(some)
      throw new Away('the answer was lost')
    }
    await expect(looks.tell(deaf)).rejects.toThrow(Away)
    expect(await looks.tell(add)).toBe(1)
    expect(rows.size).toBe(1)
  })

  it('are told in pieces, and one that is never taken holds up none of the others', async () => {
    const kept = shelf()
    const looks = looksOn(kept)
    for (let n = 0; n < 450; n++) looks.note(look(n))
    const bad = look(7).logicHash
    const { add, rows, calls } = ledger((some) =>
      some.some(({ logicHash }) => logicHash === bad) ? new Error('not a look') : null,
    )
    expect(await looks.tell(add)).toBe(449)
    expect(rows.size).toBe(449)
    expect(Math.max(...calls)).toBe(200)
    expect(kept.length).toBe(0)
  })

  it('at many series each are told in pieces that a request holds', async () => {
    const kept = shelf()
    const looks = looksOn(kept)
    const [series] = look(0).data
    if (series === undefined) throw new Error('a look without data')
    const data = Array.from({ length: 200 }, (_, i) => ({ ...series, instrument: `binance:COIN${i}USDT.P` }))
    for (let n = 0; n < 100; n++) looks.note({ ...look(n), data })
    const { add, rows, calls } = ledger((some) =>
      JSON.stringify(some).length > maxBodyBytes / 2 ? new Away('413') : null,
    )
    expect(await looks.tell(add)).toBe(100)
    expect([rows.size, kept.length]).toEqual([100, 0])
    expect(calls.length).toBeLessThan(20)
  })

  it('leave room for the last edits, and live in the page where there is none', async () => {
    const kept = shelf()
    const looks = looksOn(kept)
    for (let n = 0; n < 1100; n++) looks.note(look(n))
    expect(kept.length).toBe(1000)
    const { add, rows } = ledger()
    expect(await looks.tell(add)).toBe(1100)
    expect(rows.size).toBe(1100)
    const full = looksOn(shelf(0))
    full.note(look(1))
    expect(await full.tell(add)).toBe(1)
  })

  it('leave alone what is not theirs on the shelf', async () => {
    const kept = shelf()
    kept.setItem('playloom unsaved one', '{}')
    kept.setItem('playloom look broken', '{')
    looksOn(kept).note(look(1))
    const { add, rows } = ledger()
    await looksOn(kept).tell(add)
    expect(rows.size).toBe(1)
    expect(kept.getItem('playloom unsaved one')).toBe('{}')
  })
})
