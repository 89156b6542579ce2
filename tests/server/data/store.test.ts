// The store: commits in one step, one writer a series, readers that never block, damage that is always seen.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../server/core/failure'
import { createBarStore } from '../../../server/io/bars/barStore'
import { withLock } from '../../../server/io/bars/lock'
import { periodOf, splitByPeriod } from '../../../server/io/bars/partitions'
import { checkSeries } from '../../../server/run/data/checkSeries'
import { importFiles } from '../../../server/run/data/importFiles'
import { listSeries } from '../../../server/run/data/listSeries'
import {
  csv,
  csvOf,
  lines,
  minute,
  minutes,
  openWorkshop,
  snapshot,
  start,
  storedRows,
  temporaryFolder,
} from '../../fixtures/data/workshop'

const spot = 'binance:BTCUSDT'
const day = 1440 * minute
const seriesFolder = (dataDir: string): string => join(dataDir, 'series', 'binance_BTCUSDT', 'klines', '1m')
const partsIn = (dataDir: string): string[] =>
  readdirSync(seriesFolder(dataDir)).filter((name) => name.endsWith('.parquet'))
const rowsOf = (bars: ReturnType<typeof minutes>): number[][] =>
  Array.from(bars.openMs, (ms, i) => [
    ms,
    ...(['open', 'high', 'low', 'close', 'volume'] as const).map((name) => bars[name][i] ?? 0),
  ])

describe('what is stored', () => {
  it('every double comes back bit for bit, cut into months', async () => {
    const { took, file, store, dataDir } = openWorkshop()
    const bars = minutes(70 * 1440)
    const { series } = await took({ files: [file('bars.csv', csvOf(bars))], instrument: spot })
    expect(await storedRows(store, spot)).toEqual(rowsOf(bars))
    expect(partsIn(dataDir).map((name) => name.slice(0, 7))).toEqual(['2024-01', '2024-02', '2024-03'])
    expect(series[0]?.info).toMatchObject({ fromMs: start, toMs: start + 70 * day, rows: 70 * 1440, gaps: 0 })
  })

  it('toMs leaves out what opens at or after it', async () => {
    const { took, file, store } = openWorkshop()
    await took({ files: [file('bars.csv', csv(lines(100)))], instrument: spot })
    for (const [toMs, rows] of [
      [start + 50 * minute, 50],
      [start + 50 * minute + 1, 51],
      [start, 0],
      [Infinity, 100],
      [-1, 0],
    ] as const) {
      expect(await storedRows(store, spot, toMs)).toHaveLength(rows)
    }
  })

  it('a second import rewrites only the months that gain rows', async () => {
    const { took, file, dataDir } = openWorkshop()
    const bars = rowsOf(minutes(70 * 1440))
    await took({ files: [file('a.csv', csv(bars.slice(0, 40 * 1440)))], instrument: spot })
    const before = partsIn(dataDir)
    const { series } = await took({ files: [file('b.csv', csv(bars.slice(35 * 1440)))], instrument: spot })
    expect(series[0]).toMatchObject({ added: 30 * 1440, duplicates: 5 * 1440 })
    const after = partsIn(dataDir)
    expect(after.filter((name) => before.includes(name)).map((name) => name.slice(0, 7))).toEqual(['2024-01'])
    expect(after).toHaveLength(3)
  })

  it('importing the same file again changes no byte', async () => {
    const { took, file, dataDir } = openWorkshop()
    const path = file('bars.csv', csv([...lines(50), ...lines(3)]))
    await took({ files: [path], instrument: spot })
    const before = snapshot(dataDir)
    const { series } = await took({ files: [path], instrument: spot })
    expect(series[0]).toMatchObject({ added: 0, info: { duplicates: 3 } })
    expect(snapshot(dataDir)).toEqual(before)
  })

  it('the content does not depend on the order of imports', async () => {
    const bars = rowsOf(minutes(3 * 1440))
    const pieces = [bars.slice(0, 1000), bars.slice(900, 2500), bars.slice(2500)]
    const results: unknown[] = []
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      const { took, file, store } = openWorkshop()
      for (const k of order) await took({ files: [file(`${k}.csv`, csv(pieces[k] ?? []))], instrument: spot })
      results.push(await storedRows(store, spot))
    }
    expect(results).toEqual([bars, bars, bars])
  })

  it('periods change on UTC month and year ends', () => {
    const key = { instrument: spot, kind: 'klines', tf: '1m' } as const
    expect(periodOf(key, Date.UTC(2024, 1, 1) - 1)).toBe('2024-01')
    expect(periodOf(key, Date.UTC(2024, 1, 1))).toBe('2024-02')
    expect(periodOf({ ...key, tf: '1h' }, Date.UTC(2025, 0, 1) - 1)).toBe('2024')
    const times = Float64Array.from([
      Date.UTC(2023, 11, 31),
      Date.UTC(2024, 0, 1),
      Date.UTC(2024, 0, 2),
      Date.UTC(2024, 3, 1),
    ])
    const parts = splitByPeriod(key, { timeMs: times, values: [times] })
    expect([...parts].map(([period, { timeMs }]) => [period, timeMs.length])).toEqual([
      ['2023-12', 1],
      ['2024-01', 2],
      ['2024-04', 1],
    ])
  })

  it('names of instruments are folders and back', async () => {
    const { took, file, store } = openWorkshop()
    await took({ files: [file('bars.csv', csv(lines(20)))], instrument: 'kraken:XBT_USD-1.P' })
    expect((await store.series()).map((series) => series.instrument)).toEqual(['kraken:XBT_USD-1.P'])
    expect(await store.series('kraken:XBT')).toEqual([])
  })
})

describe('writers', () => {
  it('two imports of one series at once both arrive whole', async () => {
    const { took, file, store } = openWorkshop()
    const bars = rowsOf(minutes(20_000))
    const paths = [0, 1, 2, 3].map((k) => file(`${k}.csv`, csv(bars.slice(k * 4000, k * 4000 + 8000))))
    const results = await Promise.all(paths.map((path) => took({ files: [path], instrument: spot })))
    expect(await storedRows(store, spot)).toEqual(bars)
    expect(results.reduce((sum, { series }) => sum + (series[0]?.added ?? 0), 0)).toBe(20_000)
  })

  it('a reader beside a writer sees the old or the new state, never less', async () => {
    const { took, file, dataDir } = openWorkshop()
    const bars = rowsOf(minutes(60 * 1440))
    await took({ files: [file('0.csv', csv(bars.slice(0, 1440)))], instrument: spot })
    const reader = createBarStore({ dataDir })
    let done = false
    const seen = new Set<number>()
    const reading = (async () => {
      while (!done)
        seen.add((await reader.bars({ instrument: spot, kind: 'klines', tf: '1m' }, Infinity)).openMs.length)
    })()
    for (const end of [10, 20, 30, 60])
      await took({ files: [file(`${end}.csv`, csv(bars.slice(0, end * 1440)))], instrument: spot })
    done = true
    await reading
    reader.close()
    expect([1, 10, 20, 30, 60].map((days) => days * 1440)).toEqual(expect.arrayContaining([...seen]))
    expect(seen.size).toBeGreaterThan(1)
  })

  it('waits for the lock of a living process and then says who holds it', async () => {
    const { took, run, file, dataDir } = openWorkshop({ lockWaitMs: 150 })
    const path = file('bars.csv', csv(lines(20)))
    await took({ files: [path], instrument: spot })
    const lock = join(seriesFolder(dataDir), 'writer.lock')
    writeFileSync(lock, `${process.ppid}  someone-else`)
    const failure = await run({ files: [file('more.csv', csv(lines(30)))], instrument: spot })
    expect(failure).toMatchObject({ code: 'store_busy', retry: true })
    expect(failure instanceof Failure && failure.message).toContain(String(process.ppid))
    rmSync(lock)
    await took({ files: [file('more.csv', csv(lines(30)))], instrument: spot })
  })

  it('the lock of a dead process is broken, also when its number was given to another', async () => {
    const { took, file, dataDir, store } = openWorkshop({ lockWaitMs: 2000 })
    await took({ files: [file('a.csv', csv(lines(20)))], instrument: spot })
    const lock = join(seriesFolder(dataDir), 'writer.lock')
    const stale = ['999999999  t1', 'nonsense', '']
    if (existsSync('/proc/self/stat')) stale.push(`${process.pid} 1 t2`)
    for (const [k, text] of stale.entries()) {
      writeFileSync(lock, text)
      await took({ files: [file(`${k}.csv`, csv(lines(21 + k)))], instrument: spot })
      expect(existsSync(lock)).toBe(false)
    }
    expect(await storedRows(store, spot)).toHaveLength(20 + stale.length)
  })

  it('a guard that a dead breaker left does not stop the next for long', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'writer.lock'), '999999999  t1')
    mkdirSync(join(folder, 'writer.lock.breaking'))
    utimesSync(join(folder, 'writer.lock.breaking'), new Date(0), new Date(0))
    expect(await withLock(folder, { waitMs: 2000, onWait: () => undefined }, async () => 7)).toBe(7)
  })

  it('many at one stale lock: one at a time', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'writer.lock'), '999999999  t1')
    let inside = 0
    let most = 0
    const one = () =>
      withLock(folder, { waitMs: 20_000, onWait: () => undefined }, async (still) => {
        most = Math.max(most, ++inside)
        await new Promise((resolve) => setTimeout(resolve, 5))
        await still()
        inside--
      })
    await Promise.all(Array.from({ length: 12 }, one))
    expect(most).toBe(1)
    expect(existsSync(join(folder, 'writer.lock'))).toBe(false)
  })

  it('a writer that lost its lock does not commit', async () => {
    const folder = temporaryFolder()
    const losing = withLock(folder, { waitMs: 100, onWait: () => undefined }, async (still) => {
      writeFileSync(join(folder, 'writer.lock'), `${process.ppid}  thief`)
      await still()
    })
    await expect(losing).rejects.toMatchObject({ code: 'store_busy' })
    expect(readFileSync(join(folder, 'writer.lock'), 'utf8')).toContain('thief')
  })
})

describe('interruptions', () => {
  it('an abort at every possible point leaves the old state whole and no litter', async () => {
    const bars = rowsOf(minutes(70 * 1440))
    const { took, file, store, files, dataDir } = openWorkshop()
    await took({ files: [file('a.csv', csv(bars.slice(0, 20 * 1440)))], instrument: spot })
    const before = snapshot(dataDir)
    const path = file('b.csv', csv(bars))
    for (let stopAt = 1; ; stopAt++) {
      const control = new AbortController()
      let steps = 0
      const progress = (): void => {
        if (++steps === stopAt) control.abort()
      }
      const request = { files: [path], instrument: spot, signal: control.signal, progress }
      const result = await importFiles(request, { files, store, nowMs: () => start })
      if (!(result instanceof Failure)) {
        expect(stopAt).toBeGreaterThan(4)
        break
      }
      expect(result.code).toBe('cancelled')
      expect(snapshot(dataDir)).toEqual(before)
    }
    expect(await storedRows(store, spot)).toEqual(bars)
  })

  it('leftovers of a crash are cleaned by the next import and disturb no reader', async () => {
    const { took, file, store, dataDir } = openWorkshop()
    await took({ files: [file('a.csv', csv(lines(20)))], instrument: spot })
    const folder = seriesFolder(dataDir)
    for (const name of [
      '2024-01-0123456789abcdef.parquet',
      '2024-02.parquet.tmp-999999999-3',
      'manifest.json.tmp-999999999-4',
    ]) {
      writeFileSync(join(folder, name), 'half written')
    }
    mkdirSync(join(dataDir, 'tmp'), { recursive: true })
    writeFileSync(join(dataDir, 'tmp', 'unpacked.csv.tmp-999999999-0'), 'half unpacked')
    expect(await storedRows(store, spot)).toHaveLength(20)
    await took({ files: [file('b.csv', csv(lines(25)))], instrument: spot })
    expect(readdirSync(folder).sort()).toEqual([
      expect.stringMatching(/^2024-01-[0-9a-f]{16}\.parquet$/),
      'manifest.json',
    ])
    const { zip } = await import('../../fixtures/data/workshop')
    await took({ files: [file('c.zip', zip({ 'c.csv': csv(lines(26)) }))], instrument: spot })
    expect(readdirSync(join(dataDir, 'tmp'))).toEqual([])
  })

  it('a full disk is a sentence, and the old state stays whole', async (context) => {
    const folder = temporaryFolder()
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=640k', 'tmpfs', folder], { stdio: 'pipe' })
    } catch {
      context.skip('a small file system cannot be mounted here (needs root)')
    }
    try {
      const small = openWorkshop({ dataDir: join(folder, 'data') })
      const bars = rowsOf(minutes(60 * 1440))
      await small.took({ files: [small.file('a.csv', csv(bars.slice(0, 2000)))], instrument: spot })
      const failure = await small.refused({ files: [small.file('b.csv', csv(bars))], instrument: spot })
      expect(failure).toMatchObject({ code: 'disk_full', retry: true })
      expect(await storedRows(small.store, spot)).toEqual(bars.slice(0, 2000))
    } finally {
      execFileSync('umount', ['-l', folder])
    }
  })

  it('a folder that cannot be written is a sentence', async () => {
    const { folder, file } = openWorkshop()
    writeFileSync(join(folder, 'flat'), 'a file where a folder should be')
    const { run } = openWorkshop({ dataDir: join(folder, 'flat') })
    const failure = await run({ files: [file('a.csv', csv(lines(20)))], instrument: spot })
    expect(failure).toMatchObject({ code: 'write_failed' })
  })
})

describe('damage', () => {
  const damagedBy = async (change: (folder: string, manifest: string) => void) => {
    const { took, file, store, dataDir } = openWorkshop()
    await took({ files: [file('a.csv', csv(lines(100)))], instrument: spot })
    const folder = seriesFolder(dataDir)
    change(folder, join(folder, 'manifest.json'))
    const load = await store
      .bars({ instrument: spot, kind: 'klines', tf: '1m' }, Infinity)
      .catch((error: unknown) => error)
    return { load, report: await checkSeries(spot, store), list: await listSeries(store) }
  }
  const edit = (path: string, from: string | RegExp, to: string): void => {
    const text = readFileSync(path, 'utf8')
    const changed = text.replace(from, to)
    if (changed === text) throw new Error('nothing was changed')
    writeFileSync(path, changed)
  }
  const part = (folder: string): string =>
    join(folder, readdirSync(folder).find((name) => name.endsWith('.parquet')) ?? '')

  it.each<[string, (folder: string, manifest: string) => void]>([
    [
      'one changed bit in the rows',
      (folder) => {
        const bytes = readFileSync(part(folder))
        bytes[600] = (bytes[600] ?? 0) ^ 1
        writeFileSync(part(folder), bytes)
      },
    ],
    ['a cut file', (folder) => writeFileSync(part(folder), readFileSync(part(folder)).subarray(0, 900))],
    ['a missing file', (folder) => rmSync(part(folder))],
    [
      'another row count in both places',
      (_, manifest) => writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll('"rows": 100', '"rows": 99')),
    ],
    ['a row count that its files contradict', (_, manifest) => edit(manifest, '"rows": 100', '"rows": 101')],
    ['another sha256', (_, manifest) => edit(manifest, /("sha256": ")[0-9a-f]{4}/, '$10000')],
    ['another instrument', (_, manifest) => edit(manifest, spot, 'binance:ETHUSDT')],
    ['another start', (_, manifest) => edit(manifest, `"fromMs": ${start}`, `"fromMs": ${start - minute}`)],
    ['a field that nobody knows', (_, manifest) => edit(manifest, '"format": 1', '"format": 1, "more": 2')],
    ['a later format', (_, manifest) => edit(manifest, '"format": 1', '"format": 2')],
    ['a path out of its folder', (_, manifest) => edit(manifest, /"name": "2024/, '"name": "../2024')],
    ['no JSON', (_, manifest) => writeFileSync(manifest, '{"format": 1,')],
  ])('%s is never loaded, and is named by check', async (_, change) => {
    const { load, report } = await damagedBy(change)
    expect(load).toBeInstanceOf(Failure)
    expect(load).toMatchObject({ code: 'store_damaged' })
    expect(report instanceof Failure ? [] : report.problems).toMatchObject([
      { code: 'store_damaged', severity: 'error' },
    ])
    expect(report instanceof Failure ? [] : report.series.map((series) => series.sound)).toEqual([false])
  })

  it('a manifest that hides gaps or stretches the end is named by check', async () => {
    for (const [from, to] of [
      [`"toMs": ${start + 100 * minute}`, `"toMs": ${start + 101 * minute}`],
      ['"gaps": []', `"gaps": [{"fromMs": 1, "toMs": 2, "missing": 1}]`],
    ] as const) {
      const { report } = await damagedBy((_, manifest) => edit(manifest, from, to))
      expect(report instanceof Failure ? [] : report.problems).toHaveLength(1)
    }
  })

  it('a damaged series does not hide the others in a list', async () => {
    const { took, file, store, dataDir } = openWorkshop()
    await took({ files: [file('a.csv', csv(lines(100)))], instrument: spot })
    await took({ files: [file('b.csv', csv(lines(100)))], instrument: 'binance:ETHUSDT' })
    writeFileSync(join(seriesFolder(dataDir), 'manifest.json'), 'x')
    const { series, problems } = await listSeries(store)
    expect(series.map(({ instrument, quality }) => [instrument, quality])).toEqual([['binance:ETHUSDT', 'clean']])
    expect(problems).toMatchObject([{ code: 'store_damaged' }])
  })

  it('a sound series is called sound', async () => {
    const { took, file, store } = openWorkshop()
    await took({ files: [file('a.csv', csv(lines(100)))], instrument: spot })
    const report = await checkSeries(spot, store)
    expect(report).toMatchObject({ problems: [], series: [{ sound: true, quality: 'clean', gaps: [], findings: [] }] })
    expect(await checkSeries('binance:BTCUSD', store)).toMatchObject({
      code: 'series_missing',
      message: expect.stringContaining(spot),
    })
  })
})
