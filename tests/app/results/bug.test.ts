// Two results of the same that differ: named with the first trade and day, and nothing where all is equal.
import { describe, expect, it } from 'vitest'
import { bugOf } from '../../../app/results/bug'
import type { Report } from '../../../blocks/engine/report/document'
import { report, t0, trade } from './sample'

const sides = ['Page', 'Server'] as const
const hashes = { playHash: 'p', logicHash: 'l', engine: '1', settingsHash: 's', tradesHash: 't', equityHash: 'e' }
const whole = (change: Partial<Report> = {}): Report => ({ ...report(), ...hashes, ...change })

describe('results of the same that differ', () => {
  it('are none where every hash and figure is equal, whatever time it took', () => {
    const timingMs = { load: 1, compile: 2, columns: 3, simulate: 4, report: 5 }
    expect(bugOf(whole(), whole({ timingMs }), sides)).toBeNull()
    // The other end of the ambiguity band may come later on the page.
    const ambiguity = { exits: 0, netPessimisticUsdt: 100, netOptimisticUsdt: null }
    expect(bugOf(whole({ ambiguity }), whole(), sides)).toBeNull()
  })

  it('name both hashes, the first trade and the first day', () => {
    const trades = whole().trades.map((one) => (one.no >= 3 ? trade(one.no, { exitPrice: 114 }) : one))
    const equity = whole().equity.map(([ms, usdt], i) => [ms, i >= 5 ? usdt - 1 : usdt] as const)
    const bug = bugOf(whole(), whole({ trades, equity, tradesHash: 'u', equityHash: 'f' }), sides)
    expect(bug?.rows).toEqual([
      ['tradesHash', 't', 'u'],
      ['equityHash', 'e', 'f'],
    ])
    expect(bug?.first).toHaveLength(2)
    expect(bug?.first[0]).toContain('trade 3 ')
    expect(bug?.first[0]).toContain('exitPrice is 115 and 114')
    expect(bug?.first[1]).toContain(new Date(t0 + 5 * 86_400_000).toISOString().slice(0, 10))
    const sent = JSON.parse(bug?.send ?? '')
    expect([sent.Page.tradesHash, sent.Server.tradesHash]).toEqual(['t', 'u'])
    expect(sent.first).toEqual(bug?.first)
    expect(bug?.send).not.toContain('entryPrice')
  })

  it('are told where only a figure differs', () => {
    const { metrics } = report({ metrics: { sharpe: 2 } })
    expect(bugOf(whole(), whole({ metrics }), sides)?.rows.map(([name]) => name)).toEqual(['sharpe'])
  })
})
