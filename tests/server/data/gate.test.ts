// The gate: every kind of bad row, counted with its first line, refuses the whole import; --skip-bad takes the rest.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fault, gapsOf, judge, missingIn } from '../../../server/core/gate'
import { merge } from '../../../server/core/merge'
import type { FaultKind, SeriesKey } from '../../../server/core/series'
import type { RawTable, Table } from '../../../server/core/table'
import { loadMarket } from '../../../server/run/data/loadMarket'
import { csv, type Line, lines, minute, openWorkshop, start, storedRows, zip } from '../../fixtures/data/workshop'

const spot = 'binance:BTCUSDT'
const perp = 'binance:BTCUSDT.P'

/** 30 sound bars with some lines replaced: [index, line]. Line i stands in file line i + 2. */
const withLines = (...changes: [number, Line][]): Line[] => {
  const rows = lines(30)
  for (const [i, line] of changes) rows[i] = line
  return rows
}
const bar = (i: number, ...rest: Line): Line => [start + i * minute, ...rest]

describe('bad rows of bars', () => {
  const cases: [string, FaultKind, Line[], number, number][] = [
    ['same time with other values', 'conflict', withLines([5, [start + 4 * minute, 104, 105, 103, 104.6, 14]]), 2, 6],
    ['an open time with seconds', 'off_grid', withLines([5, bar(5.25, 105, 106, 104, 105.5, 15)]), 1, 7],
    ['an open time with milliseconds', 'off_grid', withLines([7, [start + 7 * minute + 1, 1, 1, 1, 1, 1]]), 1, 9],
    ['high below low', 'high_low', withLines([3, bar(3, 100, 99, 101, 100, 1)]), 1, 5],
    ['open above high', 'high_low', withLines([3, bar(3, 102, 101, 99, 100, 1)]), 1, 5],
    ['open below low', 'high_low', withLines([3, bar(3, 98, 101, 99, 100, 1)]), 1, 5],
    ['close above high', 'high_low', withLines([3, bar(3, 100, 101, 99, 102, 1)]), 1, 5],
    ['close below low', 'high_low', withLines([3, bar(3, 100, 101, 99, 98, 1)]), 1, 5],
    ['text in a price', 'text', withLines([9, bar(9, 'n/a', 101, 99, 100, 1)]), 1, 11],
    ['text in the time', 'text', withLines([9, ['yesterday', 100, 101, 99, 100, 1]]), 1, 11],
    ['an empty field', 'text', withLines([9, bar(9, 100, '', 99, 100, 1)]), 1, 11],
    ['NaN', 'text', withLines([9, bar(9, 100, 101, 99, 'NaN', 1)]), 1, 11],
    ['infinity', 'text', withLines([9, bar(9, 100, 'inf', 99, 100, 1)]), 1, 11],
    ['a number too large', 'text', withLines([9, bar(9, 100, '1e999', 99, 100, 1)]), 1, 11],
    ['digits with underscores', 'text', withLines([9, bar(9, 100, '1_01', 99, 100, 1)]), 1, 11],
    ['hexadecimal', 'text', withLines([9, bar(9, 100, '0x65', 99, 100, 1)]), 1, 11],
    ['a time before 1973', 'text', withLines([9, [60_000, 100, 101, 99, 100, 1]]), 1, 11],
    ['a price of zero', 'price', withLines([9, bar(9, 100, 101, 0, 100, 1)]), 1, 11],
    ['a negative price', 'price', withLines([9, bar(9, 100, 101, -99, 100, 1)]), 1, 11],
    ['a negative volume', 'volume', withLines([9, bar(9, 100, 101, 99, 100, -0.5)]), 1, 11],
    ['a column too few', 'columns', withLines([9, bar(9, 100, 101, 99, 100)]), 1, 11],
    ['a column too many', 'columns', withLines([9, bar(9, 100, 101, 99, 100, 1, 7)]), 1, 11],
    ['a decimal comma', 'columns', withLines([9, bar(9, '100,5', 101, 99, 100, 1)]), 1, 11],
    [
      'many of one kind',
      'price',
      withLines([20, bar(20, 0, 1, 1, 1, 1)], [4, bar(4, 0, 1, 1, 1, 1)], [11, bar(11, 0, 1, 1, 1, 1)]),
      3,
      6,
    ],
  ]
  it.each(cases)('%s', async (...[, kind, rows, count, line]) => {
    const { refused, took, file, store } = openWorkshop()
    await took({ files: [file('before.csv', csv(lines(10, start - 10 * minute)))], instrument: spot })
    const path = file('bars.csv', csv(rows))
    const failure = await refused({ files: [path], instrument: spot })
    expect(failure.code).toBe('rows_refused')
    const errors = failure.problems.filter((problem) => problem.severity === 'error')
    expect(errors.map((problem) => [problem.code, problem.where.file, problem.where.line])).toEqual([
      [`row_${kind}`, path, line],
    ])
    expect(errors[0]?.message).toMatch(new RegExp(`^${count} rows? with `))
    expect(failure.message).toContain(`first in line ${line}`)

    const { series } = await took({ files: [path], instrument: spot, skipBad: true })
    expect(series[0]?.info.skipped).toEqual({ [kind]: count })
    expect(series[0]).toMatchObject({ added: 30 - count, skipped: count })
    const good = rows.filter(
      (row, i) => JSON.stringify(row) === JSON.stringify(lines(30)[i]) && !(kind === 'conflict' && i === 4),
    )
    expect(await storedRows(store, spot)).toEqual(
      [...lines(10, start - 10 * minute), ...good].map((row) => row.map(Number)),
    )
  })

  it('several kinds are named together, each with its count and first line', async () => {
    const { refused, file } = openWorkshop()
    const rows = withLines(
      [2, bar(2, 'x', 1, 1, 1, 1)],
      [3, bar(3, 1, 1, 2, 1, 1)],
      [8, bar(8, 1, 1, 2, 1, 1)],
      [9, bar(9.5, 1, 1, 1, 1, 1)],
    )
    const failure = await refused({ files: [file('bars.csv', csv(rows))], instrument: spot })
    expect(failure.problems.map((problem) => [problem.code, problem.where.line])).toEqual([
      ['row_text', 4],
      ['row_high_low', 5],
      ['row_off_grid', 11],
    ])
    expect(failure.message).toContain('2 rows with high below low')
  })

  it('one bad file refuses the good ones beside it', async () => {
    const { refused, file, store } = openWorkshop()
    const good = file('a.csv', csv(lines(20)))
    const bad = file('b.csv', csv([bar(20, 1, 1, 1, 1, 'x'), ...lines(5, start + 21 * minute)]))
    await refused({ files: [good, bad], instrument: spot })
    expect(await store.series()).toEqual([])
  })

  it('a line far down a large file is found by its number', async () => {
    const { refused, file } = openWorkshop()
    const rows = lines(150_000)
    rows[140_000] = bar(140_000, 1, 1, 1, 'oops', 1)
    const failure = await refused({ files: [file('bars.csv', csv(rows))], instrument: spot })
    expect(failure.problems[0]?.where.line).toBe(140_002)
  })

  it('rows of a zip are judged like those of a plain file', async () => {
    const { refused, file } = openWorkshop()
    const text = csv(withLines([9, bar(9, 0, 1, 1, 1, 1)]))
    const failure = await refused({ files: [file('bars.zip', zip({ 'bars.csv': text }))], instrument: spot })
    expect(failure.problems[0]).toMatchObject({ code: 'row_price', where: { line: 11 } })
  })

  it('identical duplicates are taken once and counted; they are no fault', async () => {
    const { took, file, store } = openWorkshop()
    const rows = [...lines(30), ...lines(7)]
    const { series } = await took({ files: [file('bars.csv', csv(rows))], instrument: spot })
    expect(series[0]).toMatchObject({ added: 30, duplicates: 7, skipped: 0, info: { rows: 30, duplicates: 7 } })
    expect(await storedRows(store, spot)).toHaveLength(30)
  })

  it('gaps are listed, not refused and not filled', async () => {
    const { took, file, store } = openWorkshop()
    const rows = lines(30).filter((_, i) => i !== 5 && !(i >= 10 && i < 14))
    const { series } = await took({ files: [file('bars.csv', csv(rows))], instrument: spot })
    expect(series[0]?.info).toMatchObject({ rows: 25, gaps: 2, missing: 5 })
    const [inspection] = await store.inspect(spot)
    expect(inspection?.gaps).toEqual([
      { fromMs: start + 5 * minute, toMs: start + 6 * minute, missing: 1 },
      { fromMs: start + 10 * minute, toMs: start + 14 * minute, missing: 4 },
    ])
  })

  it('what was left out is named in the notices of every later run', async () => {
    const { took, file, store } = openWorkshop()
    await took({
      files: [file('bars.csv', csv(withLines([9, bar(9, 0, 1, 1, 1, 1)])))],
      instrument: spot,
      skipBad: true,
    })
    const market = await loadMarket({ instrument: spot }, store)
    expect('notices' in market && market.notices).toEqual([
      'binance:BTCUSDT klines 1m: rows left out at import: 1 with price not above zero',
    ])
    await took({ files: [file('clean.csv', csv(lines(5, start + 40 * minute)))], instrument: spot })
    const later = await loadMarket({ instrument: spot }, store)
    expect('notices' in later && later.notices).toHaveLength(1)
  })

  it('a file without any good row leaves nothing', async () => {
    const { run, file, store } = openWorkshop()
    const result = await run({
      files: [file('bars.csv', csv(lines(12).map(([ms]) => [ms ?? 0, 0, 0, 0, 0, 0])))],
      instrument: spot,
      skipBad: true,
    })
    expect(result).toMatchObject({ code: 'rows_refused' })
    expect(await store.series()).toEqual([])
  })
})

describe('contradictions between files', () => {
  const other = csv([bar(12, 112, 113, 111, 112.6, 22), ...lines(5, start + 13 * minute)])

  it('against the store: refused by the line of the new file, left out on request', async () => {
    const { took, refused, file, store } = openWorkshop()
    await took({ files: [file('a.csv', csv(lines(20)))], instrument: spot })
    const before = await storedRows(store, spot)
    const failure = await refused({ files: [file('b.csv', other)], instrument: spot })
    expect(failure.problems).toMatchObject([{ code: 'row_conflict', where: { line: 2 } }])
    const rows = csv([
      bar(12, 112, 113, 111, 112.6, 22),
      ...lines(10, start + 13 * minute).map(([ms = 0, ...rest], i) =>
        i < 7 ? [ms, 113 + i, 114 + i, 112 + i, 113.5 + i, 23 + i] : [ms, ...rest],
      ),
    ])
    const { series } = await took({ files: [file('c.csv', rows)], instrument: spot, skipBad: true })
    expect(series[0]).toMatchObject({ added: 3, duplicates: 7, skipped: 1, info: { skipped: { conflict: 1 } } })
    expect((await storedRows(store, spot)).slice(0, 20)).toEqual(before)
  })

  it('between two files of one import: both rows are at fault, in whatever order they come', async () => {
    const { refused, file } = openWorkshop()
    const a = file('a.csv', csv(lines(20)))
    const b = file('b.csv', csv([bar(12, 112, 113, 111, 112.6, 22)].concat(lines(12, start + 20 * minute))))
    for (const files of [
      [a, b],
      [b, a],
    ]) {
      const failure = await refused({ files, instrument: spot })
      expect(failure.problems.map(({ code, where }) => [code, where.file, where.line])).toEqual(
        files.map((path) => ['row_conflict', path, path === a ? 14 : 2]),
      )
    }
  })

  it('with --skip-bad the minute that two files contradict each other on is a hole', async () => {
    const { took, file, store } = openWorkshop()
    const a = file('a.csv', csv(lines(20)))
    const b = file('b.csv', csv([bar(12, 112, 113, 111, 112.6, 22)].concat(lines(12, start + 20 * minute))))
    const { series } = await took({ files: [a, b], instrument: spot, skipBad: true })
    expect(series[0]?.info).toMatchObject({ rows: 31, gaps: 1, missing: 1, skipped: { conflict: 2 } })
    expect((await storedRows(store, spot)).some(([ms]) => ms === start + 12 * minute)).toBe(false)
  })

  it('of several series none is written when one is contradicted', async () => {
    const { took, refused, file, store } = openWorkshop()
    await took({ files: [file('x/BTCUSDT-PERP-5m-2024.csv', csv(lines(20, start, 5 * minute)))], instrument: perp })
    const one = file('y/BTCUSDT-PERP-1m-2024.csv', csv(lines(20)))
    const two = file(
      'y/BTCUSDT-PERP-5m-2024.csv',
      csv(lines(20, start, 5 * minute).map(([ms = 0], i) => [ms, 1, 2, 1, 1, i])),
    )
    const failure = await refused({ files: [one, two], instrument: perp })
    expect(failure.problems).toMatchObject([{ code: 'row_conflict', where: { file: two, line: 2 } }])
    expect((await store.series()).map((series) => series.tf)).toEqual(['5m'])
  })
})

describe('S38 funding', () => {
  const hour = 60 * minute
  const rows = (changes: Record<number, Line>): string =>
    csv(
      Array.from({ length: 10 }, (_, i) => changes[i] ?? [start + i * 8 * hour + 7, 0.0001 * i]),
      'funding_time,funding_rate',
    )
  it.each<[string, FaultKind, Record<number, Line>, number, number]>([
    ['a stamp 5.001 s late', 'stamp', { 4: [start + 32 * hour + 5001, 0.0001] }, 1, 6],
    ['a stamp 5.001 s early', 'stamp', { 4: [start + 32 * hour - 5001, 0.0001] }, 1, 6],
    ['two in a minute', 'twice', { 4: [start + 24 * hour + 900, 0.0003] }, 2, 5],
    ['one stamp with two rates', 'conflict', { 4: [start + 24 * hour + 7, 0.01] }, 2, 5],
    ['text in a rate', 'text', { 4: [start + 32 * hour, '-'] }, 1, 6],
  ])('%s is a data error', async (...[, kind, changes, count, line]) => {
    const { refused, file } = openWorkshop()
    const failure = await refused({ files: [file('f.csv', rows(changes))], instrument: perp })
    expect(failure.problems).toMatchObject([{ code: `row_${kind}`, where: { line } }])
    expect(failure.problems[0]?.message).toMatch(new RegExp(`^${count} rows? with`))
  })

  it('a stamp exactly 5 s off its minute is taken as published', async () => {
    const { took, file, store } = openWorkshop()
    await took({
      files: [file('f.csv', rows({ 4: [start + 32 * hour + 5000, 0.5], 5: [start + 40 * hour - 5000, -0.5] }))],
      instrument: perp,
    })
    const { stampMs, rate } = await store.funding(perp, Infinity)
    expect([stampMs[4], rate[4], stampMs[5], rate[5]]).toEqual([
      start + 32 * hour + 5000,
      0.5,
      start + 40 * hour - 5000,
      -0.5,
    ])
  })

  it('a second file that stamps a stored settlement otherwise is refused', async () => {
    const { took, refused, file } = openWorkshop()
    await took({ files: [file('f.csv', rows({}))], instrument: perp })
    const text = csv([[start + 8 * hour + 9, 0.0001]], 'funding_time,funding_rate')
    expect((await refused({ files: [file('g.csv', text)], instrument: perp })).problems).toMatchObject([
      { code: 'row_twice', where: { line: 2 } },
    ])
  })
})

describe('laws', () => {
  const key: SeriesKey = { instrument: spot, kind: 'klines', tf: '1m' }
  const rawOf = (rows: readonly (readonly number[])[]): RawTable => ({
    line: Float64Array.from(rows, (_, i) => i + 1),
    columns: null,
    columnsWanted: 6,
    timeMs: Float64Array.from(rows, (row) => row[0] ?? Number.NaN),
    values: [1, 2, 3, 4, 5].map((k) => Float64Array.from(rows, (row) => row[k] ?? Number.NaN)),
  })
  const price = fc.constantFrom(0, 1, 2, 3, -1, Number.NaN, Infinity)
  const row = fc.tuple(
    fc.constantFrom(...[0, 1, 2, 3, 4, 0.5].map((m) => start + m * minute), Number.NaN),
    price,
    price,
    price,
    price,
    fc.constantFrom(0, 1, -1, Number.NaN),
  )
  const sound = ([ms, o, h, l, c, v]: readonly number[]): boolean =>
    [ms, o, h, l, c, v].every((x) => Number.isFinite(x)) &&
    Number(ms) % minute === 0 &&
    [o, h, l, c].every((x) => Number(x) > 0) &&
    Number(v) >= 0 &&
    Math.max(Number(o), Number(c), Number(l)) <= Number(h) &&
    Math.min(Number(o), Number(c)) >= Number(l)

  it('good rows, faults and duplicates add up to the file; what is kept is exactly what is sound and undisputed', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const { table, line, faults, duplicates } = judge(rawOf(rows), key)
        const bad = faults.reduce((sum: number, fault: Fault) => sum + fault.count, 0)
        expect(table.timeMs.length + duplicates + bad).toBe(rows.length)
        const good = rows.filter(sound)
        const times = [...new Set(good.map(([ms]) => ms))].sort((a, b) => a - b)
        const kept = times.filter((ms) => new Set(good.filter(([other]) => other === ms).map(String)).size === 1)
        expect([...table.timeMs]).toEqual(kept)
        for (const [i, ms] of table.timeMs.entries()) {
          expect(rows[(line[i] ?? 0) - 1]).toEqual([ms, ...table.values.map((column) => column[i])])
        }
        for (const fault of faults) expect(fault.line).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('merging is the same in any order of files, and never changes a stored row', () => {
    const tableOf = (rows: readonly (readonly number[])[]): Table => judge(rawOf(rows), key).table
    const incoming = (rows: readonly (readonly number[])[], k: number) => {
      const { table, line, faults, duplicates } = judge(rawOf(rows), key)
      return { path: `f${k}`, sha256: String(k), table, line, faults, duplicates }
    }
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 15 }),
        fc.array(fc.array(row, { maxLength: 15 }), { minLength: 1, maxLength: 3 }),
        (old, files) => {
          const stored = tableOf(old)
          const parts = files.map(incoming)
          const once = merge(stored, parts, key)
          const turned = merge(stored, [...parts].reverse(), key)
          expect(turned.table).toEqual(once.table)
          expect([...turned.faults].reverse()).toEqual(once.faults)
          for (const [i, ms] of stored.timeMs.entries()) {
            const at = once.table.timeMs.indexOf(ms)
            expect(once.table.values.map((column) => column[at])).toEqual(stored.values.map((column) => column[i]))
          }
          const bad = once.faults.flat().reduce((sum, fault) => sum + fault.count, 0)
          const given = parts.reduce((sum, part) => sum + part.table.timeMs.length, 0)
          expect(once.added + bad + once.duplicates.reduce((a, b) => a + b, 0)).toBe(given)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('bars and missing bars together fill the span', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1 }), (places) => {
        const sorted = [...places].sort((a, b) => a - b)
        const gaps = gapsOf(
          Float64Array.from(sorted, (i) => start + i * minute),
          '1m',
        )
        expect(missingIn(gaps) + sorted.length).toBe((sorted.at(-1) ?? 0) - (sorted[0] ?? 0) + 1)
        for (const gap of gaps) expect(gap.toMs - gap.fromMs).toBe(gap.missing * minute)
      }),
    )
  })
})
