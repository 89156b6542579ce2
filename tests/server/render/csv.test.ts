// The CSV of trades: the hashed columns first, so that the trades hash can be made again from the file alone.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { buildReport } from '../../../blocks/engine/report/build'
import { tradesCsv } from '../../../blocks/engine/report/tradesCsv'
import { tradeOf } from '../../blocks/engine/metrics/facts'
import { sampleInput } from '../../blocks/engine/report/sample'

const sha = (text: string) => createHash('sha256').update(text).digest('hex')
const input = sampleInput()
const report = buildReport(input)
const lines = tradesCsv(report).split('\r\n')

describe('--trades', () => {
  it('has a header, a line a trade, and CR LF after each', () => {
    expect(lines[0]).toBe(
      'side,entryMs,entryPrice,qty,exitMs,exitPrice,reason,netPnl,no,instrument,setup,entryTime,exitTime,feesUsdt,fundingUsdt,r,maeR,mfeR,ambiguous,fills',
    )
    expect(lines).toHaveLength(62)
    expect(lines[61]).toBe('')
    expect(lines[1]).toMatch(
      /^long,1704084420000,40899\.1,0\.250,1704102540000,40499\.1,signal,-110\.\d+,1,binance:BTCUSDT\.P,enter,2024-01-01 04:47,2024-01-01 09:49,/,
    )
  })

  it('S48: gives the trades hash from its first eight columns', () => {
    const hashed = lines.slice(1, -1).map((line) => `${line.split(',').slice(0, 8).join('|')}\n`)
    expect(sha(hashed.join(''))).toBe(report.tradesHash)
  })

  it('holds those that are asked for, and no other', () => {
    const some = tradesCsv(report, ({ no }) => no % 2 === 1).split('\r\n')
    expect(some).toEqual([lines[0], ...lines.slice(1, -1).filter((_, i) => i % 2 === 0), ''])
  })

  it('of several symbols has the instrument first, of several Plays the Play', () => {
    const eth = { ...(input.markets[0] as (typeof input.markets)[number]), instrument: 'binance:ETHUSDT' }
    const plays = [...input.plays, ...input.plays]
    const joint = buildReport(
      sampleInput({ markets: [...input.markets, eth], plays, bindings: [...input.bindings, ...input.bindings] }),
    )
    const [head = '', first = '', ...others] = tradesCsv(joint).split('\r\n')
    expect(head.startsWith('instrument,side,')).toBe(true)
    expect(head).toContain(',no,play,setup,')
    expect(first.startsWith('binance:BTCUSDT.P,long,')).toBe(true)
    const hashed = [first, ...others.slice(0, -1)].map((line) => `${line.split(',').slice(0, 9).join('|')}\n`)
    expect(sha(hashed.join(''))).toBe(joint.tradesHash)
  })

  it('quotes as RFC 4180 says and leaves null empty', () => {
    const trade = tradeOf({ instrument: 'binance:BTCUSDT.P', setup: 'a "b", c\nd', r: null, maeR: null, mfeR: null })
    const text = tradesCsv(buildReport(sampleInput({ facts: { ...input.facts, trades: [trade] } })))
    expect(text).toContain(',"a ""b"", c\nd",2024-01-01 00:00,2024-01-01 01:00,0,0,,,,false,0\r\n')
  })

  it.each([
    ['"', '""""'],
    [',', '","'],
    ['\r', '"\r"'],
    [' ', ' '],
  ])('writes %j as %j', (setup, written) => {
    const facts = { ...input.facts, trades: [tradeOf({ instrument: 'binance:BTCUSDT.P', setup })] }
    expect(tradesCsv(buildReport(sampleInput({ facts })))).toContain(`BTCUSDT.P,${written},2024-`)
  })

  it('of no trades is the header alone', () => {
    const text = tradesCsv(buildReport(sampleInput({ facts: { ...input.facts, trades: [] } })))
    expect(text).toBe(`${lines[0]}\r\n`)
  })
})
