// Published figures in the store: listed, checked, given out again, and whole whatever happens to their files.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../server/core/failure'
import { createTableWriter } from '../../../server/io/bars/tableWriter'
import { checkSeries } from '../../../server/run/data/checkSeries'
import { exportSeries } from '../../../server/run/data/exportSeries'
import { findingText } from '../../../server/run/data/findingText'
import { importFiles } from '../../../server/run/data/importFiles'
import { listSeries } from '../../../server/run/data/listSeries'
import { loadMarket } from '../../../server/run/data/loadMarket'
import { clock, dailyFile, metricsAt, metricsFile } from '../../fixtures/data/published'
import {
  csv,
  lines,
  minute,
  openWorkshop,
  snapshot,
  start,
  temporaryFolder,
  type Workshop,
  zip,
} from '../../fixtures/data/workshop'
import { documentOf, playloom } from '../cli/command'
import { command } from '../cli/inProcess'

const perp = 'binance:BTCUSDT.P'
const fng = 'alternativeme:FEAR_GREED'
const day = 1440 * minute
const options = {
  kind: 'series',
  name: 'fear_greed',
  source: 'alternative.me',
  unit: 'index',
  delay: '1h',
  maxAge: '2d',
} as const

const importInto = async (
  { store, files }: Pick<Workshop, 'store' | 'files'>,
  request: Parameters<Workshop['run']>[0],
) => {
  const result = await importFiles(request, { store, files, nowMs: () => start + 400 * day })
  if (result instanceof Failure) throw result
  return result
}

const findings = async ({ store }: Workshop, id: string) => {
  const report = await checkSeries(id, store)
  if (report instanceof Failure) throw report
  return report.series.flatMap((series) => series.findings)
}

describe('quality', () => {
  it('names stretches that are unknown, frozen values and leaps', async () => {
    const shop = openWorkshop()
    // Quiet around 50; frozen from day 40 to 47; a leap on day 60; nothing on days 70 to 74.
    const values = Array.from({ length: 100 }, (_, i) =>
      i >= 40 && i < 48 ? 50 : 50 + (i % 2) * 0.5 + (i === 60 ? 400 : 0),
    )
    const text = dailyFile(values)
      .trimEnd()
      .split('\n')
      .filter((_, i) => i < 71 || i > 75)
      .join('\n')
    await importInto(shop, { files: [shop.file('fng.csv', text)], ...options })
    const found = await findings(shop, fng)
    expect(found).toEqual([
      { kind: 'unchanged', count: 9, runs: 1, worst: { fromMs: start + 40 * day, rows: 9, size: 9 } },
      {
        kind: 'jump',
        count: 2,
        runs: 2,
        worst: { fromMs: start + 60 * day, rows: 1, size: expect.closeTo(399.5 / (25.5 / 59), 6) },
      },
      { kind: 'stale', count: 1, runs: 1, worst: { fromMs: start + 71 * day, rows: 1, size: 4 * day } },
    ])
    expect(found.map(findingText)).toEqual([
      '9 values in 1 stretches without a change, the longest 9 from 2024-02-10 00:00',
      expect.stringMatching(
        /^2 changes far larger than those before, the largest \d+ times the usual at 2024-03-01 00:00$/,
      ),
      'older than its maximum age, so unknown, in 1 stretches, the longest 4d from 2024-03-12 00:00',
    ])
    const { series } = await listSeries(shop.store)
    expect(series[0]).toMatchObject({ kind: 'series', gaps: 1, quality: '5 values missing in 1 gap' })
  })

  it('sums of liquidations leap and rest: neither is odd', async () => {
    const shop = openWorkshop()
    const rows = Array.from(
      { length: 200 },
      (_, i) => `${clock(start + i * 60 * minute)},${i === 150 ? 9e8 : 0},${i % 3}`,
    )
    const files = [shop.file('l.csv', ['time,long,short', ...rows].join('\n'))]
    await importInto(shop, { files, kind: 'liquidations', instrument: perp })
    expect(await findings(shop, perp)).toEqual([])
  })
})

describe('what is given out', () => {
  it.each(['csv', 'parquet'] as const)('as %s comes in again as the same series', async (format) => {
    const shop = openWorkshop()
    await importInto(shop, { files: [shop.file('m.csv', metricsFile(288))], instrument: perp })
    await importInto(shop, { files: [shop.file('fng.csv', dailyFile([30, 15.25, 40]))], ...options, tf: '1d' })
    const tables = createTableWriter()
    const again = openWorkshop()
    for (const [instrument, kind, more] of [
      [perp, 'open-interest', { instrument: perp, delay: '1m' }],
      [perp, 'long-short', { instrument: perp, delay: '1m' }],
      [fng, undefined, { ...options, tf: '1d' }],
    ] as const) {
      const path = join(again.folder, `${kind ?? 'series'}.${format}`)
      const written = await exportSeries({ instrument, kind, path, format }, { bars: shop.store, tables })
      if (written instanceof Failure) throw written
      const { series } = await importInto(again, { files: [path], kind: kind ?? 'series', ...more })
      expect(series[0]).toMatchObject({ added: written.rows, info: { sha256: expect.any(String) } })
      expect(await again.store.published(written.series, Infinity)).toEqual(
        await shop.store.published(written.series, Infinity),
      )
    }
    tables.close()
  })

  it('the command line imports, lists, checks and exports: JSON in the shape of bars, with what is known beside', async () => {
    const folder = temporaryFolder()
    const variables = { DATA_DIR: join(folder, 'data') }
    const run = (...args: string[]) => command(['data', ...args, '--json', '--local'], { cwd: folder, variables })
    /** As a user has it: the build, in a process of its own. */
    const built = (...args: string[]) =>
      playloom(['data', ...args, '--json', '--local'], { cwd: folder, env: variables })
    writeFileSync(join(folder, 'fng.csv'), dailyFile([30, 15, 40]))
    const named = ['--name', 'fear_greed', '--source', 'alternative.me', '--unit', 'index'] as const
    const when = ['--interval', '1d', '--delay', '1h', '--max-age', '2d'] as const
    const short = await run('import', 'fng.csv', '--kind', 'series', ...named, '--interval', '1d', '--delay', '1h')
    expect([short.code, short.out + short.err]).toEqual([2, expect.stringContaining('--max-age')])
    const imported = await built('import', 'fng.csv', '--kind', 'series', ...named, ...when)
    expect([imported.code, imported.err]).toEqual([0, ''])
    const published = {
      name: 'value',
      source: 'alternative.me',
      unit: 'index',
      delayMs: 3_600_000,
      maxAgeMs: 172_800_000,
    }
    const listed = JSON.parse((await run('list')).out)
    expect(listed).toEqual([
      {
        ...{ instrument: fng, kind: 'series', tf: '1d', fromMs: start, toMs: start + 3 * day, rows: 3, gaps: 0 },
        ...{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), source: ['fng.csv'], quality: 'clean', published },
      },
    ])
    const checked = documentOf(await built('check', fng))
    expect(checked).toMatchObject({ series: [{ sound: true, info: { published } }], problems: [] })
    const out = await built('export', fng, '--out', 'out.csv')
    expect(documentOf(out)).toMatchObject({ kind: 'series', rows: 3, instrument: fng })
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toBe(
      `time,value\n${[30, 15, 40].map((value, i) => `${start + i * day},${value}.0`).join('\n')}\n`,
    )
    writeFileSync(join(folder, 'revised.csv'), dailyFile([30, 16, 40]))
    const revised = await run('import', 'revised.csv', '--kind', 'series', ...named, ...when)
    expect(revised.code).toBe(3)
    expect(JSON.parse(revised.out)).toMatchObject({
      problems: [{ code: 'row_revised', where: { file: 'revised.csv', line: 3 } }],
    })
  })
})

describe('beside bars', () => {
  it('a run of before reads the same: published series of its market change nothing of it', async () => {
    const shop = openWorkshop()
    const bars = shop.file('bars.csv', csv(lines(600)))
    await importInto(shop, { files: [bars], instrument: 'binance:BTCUSDT', tf: '1m' })
    await importInto(shop, { files: [bars], instrument: perp, tf: '1m' })
    const before = JSON.stringify(await loadMarket({ instrument: perp }, shop.store))
    await importInto(shop, { files: [shop.file('m.csv', metricsFile(288))], instrument: perp })
    const revised = [shop.file('r.csv', metricsFile(20, start + 5 * minute))]
    const { series } = await importInto(shop, { files: revised, instrument: perp, skipBad: true })
    expect(series[0]?.skipped).toBeGreaterThan(0)
    expect(JSON.stringify(await loadMarket({ instrument: perp }, shop.store))).toBe(before)
  })
})

describe('faults', () => {
  const folderOf = (dataDir: string): string => join(dataDir, 'series', 'binance_BTCUSDT.P', 'open-interest', '5m')
  const stocked = async () => {
    const shop = openWorkshop()
    await importInto(shop, { files: [shop.file('m.csv', metricsFile(288))], instrument: perp, kind: 'open-interest' })
    return { ...shop, at: folderOf(shop.dataDir) }
  }
  const key = { instrument: perp, kind: 'open-interest', tf: '5m' } as const

  it.each([
    ['counts other rows', (manifest: Record<string, unknown>) => ({ ...manifest, rows: 287 })],
    ['forgets when it is known', (manifest: Record<string, unknown>) => ({ ...manifest, published: undefined })],
    [
      'knows it before its stamp',
      (manifest: Record<string, unknown>) => ({
        ...manifest,
        published: { ...(manifest.published as object), delayMs: -1 },
      }),
    ],
  ])('a manifest that %s is damage: named, never read', async (_, change) => {
    const { store, at } = await stocked()
    const path = join(at, 'manifest.json')
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))))
    await expect(store.published(key, Infinity)).rejects.toMatchObject({ code: 'store_damaged' })
    const report = await checkSeries(perp, store)
    expect(report).toMatchObject({ series: [{ sound: false }], problems: [{ code: 'store_damaged' }] })
    expect((await store.overview()).damaged).toHaveLength(1)
  })

  it('a torn or rotten partition is damage', async () => {
    for (const harm of ['torn', 'rotten'] as const) {
      const { store, at } = await stocked()
      const part = join(at, readdirSync(at).find((name) => name.endsWith('.parquet')) ?? '')
      const bytes = readFileSync(part)
      if (harm === 'torn') truncateSync(part, bytes.length >> 1)
      else writeFileSync(part, bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 1))
      await expect(store.published(key, Infinity)).rejects.toMatchObject({ code: 'store_damaged' })
    }
  })

  it('half an archive is no archive', async () => {
    const { run, file, dataDir } = await stocked()
    const archive = zip({ 'BTCUSDT-metrics-2024-01-02.csv': metricsFile(288, start + day) })
    const before = snapshot(dataDir)
    for (const bytes of [archive.length - 30, archive.length >> 1, 40]) {
      const result = await run({ files: [file('BTCUSDT-metrics-2024-01-02.zip', archive.slice(0, bytes))] })
      expect(result).toMatchObject({ code: 'file_truncated' })
    }
    expect(snapshot(dataDir)).toEqual(before)
  })

  it('four imports of one series at once, of four processes: all of its rows once, and sound', {
    timeout: 60_000,
  }, async () => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const days = [0, 1, 2, 3]
    for (const k of days) writeFileSync(join(folder, `${k}.csv`), metricsFile(288 * 2, start + k * day))
    // Each file holds two days, and the values of a day are those of its place in its file: neighbours contradict.
    const ended = await Promise.all(
      days.map((k) =>
        playloom(['data', 'import', `${k}.csv`, '--instrument', perp, '--kind', 'open-interest', '--json', '--local'], {
          cwd: folder,
          env: { DATA_DIR: dataDir },
        }),
      ),
    )
    // Who came second to a day was told so, with every line of his file refused as a whole.
    const { store } = openWorkshop({ dataDir })
    const taken = days.filter((k) => ended[k]?.code === 0)
    expect(taken.length).toBeGreaterThan(0)
    expect(days.filter((k) => ended[k]?.code === 3)).toHaveLength(4 - taken.length)
    expect(ended.flatMap(({ code, err }) => (code === 1 ? [err] : []))).toEqual([])
    const { timeMs, values } = await store.published(key, Infinity)
    expect(timeMs).toHaveLength(taken.length * 576)
    for (const k of taken) {
      const from = timeMs.indexOf(start + k * day + 5 * minute)
      const own = Array.from({ length: 576 }, (_, i) => metricsAt(i).base)
      expect(Array.from(values[0]?.subarray(from, from + 576) ?? [])).toEqual(own)
    }
    expect((await store.inspect(perp)).flatMap(({ damage }) => damage)).toEqual([])
  })

  const root = process.platform === 'linux' && process.getuid?.() === 0
  it.skipIf(!root)('a full disk refuses an import whole; with room again it comes in', async () => {
    const folder = temporaryFolder()
    mkdirSync(folder, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', folder], { stdio: 'pipe' })
    try {
      const shop = openWorkshop({ dataDir: join(folder, 'data') })
      await importInto(shop, { files: [shop.file('a.csv', metricsFile(288))], instrument: perp })
      const before = await shop.store.published(key, Infinity)
      writeFileSync(join(folder, 'ballast'), Buffer.alloc(250 * 1024))
      const more = { files: [shop.file('b.csv', metricsFile(288 * 31, start + day))], instrument: perp }
      await expect(importInto(shop, more)).rejects.toMatchObject({
        code: 'disk_full',
        message: expect.stringMatching(/no space left .*nothing half-written was left there/),
      })
      expect(await shop.store.published(key, Infinity)).toEqual(before)
      expect((await shop.store.inspect(perp)).flatMap(({ damage }) => damage)).toEqual([])
      writeFileSync(join(folder, 'ballast'), '')
      const few = { files: [shop.file('c.csv', metricsFile(288, start + day))], instrument: perp }
      expect((await importInto(shop, few)).series[0]?.info.rows).toBe(576)
    } finally {
      execFileSync('umount', [folder], { stdio: 'pipe' })
    }
  })
})
