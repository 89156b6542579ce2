// Series out of the store: said first, gone in one step, readers see all or nothing; runs and Plays that stand on them.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SeriesProvenance } from '../../../blocks/engine/report/input'
import { Failure } from '../../../server/core/failure'
import { syntheticMarket } from '../../../server/core/syntheticMarket'
import { createBarStore } from '../../../server/io/bars/barStore'
import { createFrameStore } from '../../../server/io/bars/frameStore'
import { framedBars } from '../../../server/run/data/framedBars'
import { type RemoveAsk, removeSeries } from '../../../server/run/data/removeSeries'
import { routeBars } from '../../../server/run/data/routeBars'
import {
  csv,
  lines,
  minute,
  openWorkshop,
  snapshot,
  start,
  storedRows,
  type Workshop,
} from '../../fixtures/data/workshop'
import { query, testDatabase } from '../../fixtures/database'
import { documentOf, playloom } from '../cli/command'
import { command } from '../cli/inProcess'

const database = testDatabase()
const btc = { instrument: 'binance:BTCUSDT', kind: 'klines', tf: '1m' } as const
const perp = { ...btc, instrument: 'binance:BTCUSDT.P' } as const
const days = 3

const filled = async (): Promise<Workshop> => {
  const workshop = openWorkshop()
  const bars = workshop.file('bars.csv', csv(lines(days * 1440, start + 29 * 1440 * minute)))
  for (const key of [btc, perp]) await workshop.took({ files: [bars], ...key })
  const hours = workshop.file('hours.csv', csv(lines(48, start, 60 * minute)))
  await workshop.took({ files: [hours], ...btc, tf: '1h' })
  return workshop
}

const remove = async ({ store, dataDir }: Workshop, ask: RemoveAsk, records: 'known' | 'unknown' = 'unknown') => {
  const frames = createFrameStore({ dataDir })
  const bars = routeBars({ synthetic: syntheticMarket() }, store)
  const known = records === 'known' ? database.stores : null
  const removal = await removeSeries(ask, { store, frames, bars, records: known, actor: 'local' })
  if (removal instanceof Failure) throw removal
  return removal
}
const folderOf = ({ dataDir }: Workshop, tf: string) => join(dataDir, 'series', 'binance_BTCUSDT', 'klines', tf)
const names = async ({ store }: Workshop) => (await store.series()).map(({ instrument, tf }) => `${instrument} ${tf}`)

describe('what is removed', () => {
  it('is said first, byte for byte, and left', async () => {
    const workshop = await filled()
    const before = snapshot(workshop.dataDir)
    const said = await remove(workshop, { instrument: btc.instrument, dryRun: true })
    expect(said).toMatchObject({
      dryRun: true,
      series: [
        { kind: 'klines', tf: '1h', rows: 48 },
        { kind: 'klines', tf: '1m', rows: days * 1440 },
      ],
      uses: null,
    })
    expect(said.bytes).toBe(said.series.reduce((sum, { bytes }) => sum + bytes, 0))
    expect(snapshot(workshop.dataDir)).toEqual(before)
  })

  it('is gone with its files, its columns and nothing else, and can be imported again', async () => {
    const workshop = await filled()
    const { store, dataDir } = workshop
    const frames = createFrameStore({ dataDir })
    const framed = framedBars(store, frames)
    for (const key of [btc, perp]) await framed.bars(key, Infinity)
    expect(await frames.heldBytes()).toBeGreaterThan(0)
    const kept = await storedRows(store, perp.instrument)
    await remove(workshop, { ...btc, dryRun: false })
    expect(await names(workshop)).toEqual(['binance:BTCUSDT 1h', 'binance:BTCUSDT.P 1m'])
    expect(readdirSync(folderOf(workshop, '1m'))).toEqual([])
    expect(await storedRows(store, perp.instrument)).toEqual(kept)
    expect(await storedRows(store, btc.instrument)).toEqual([])
    expect(readdirSync(join(dataDir, 'frames'))).toHaveLength(1)
    await workshop.took({ files: [workshop.file('again.csv', csv(lines(10)))], ...btc })
    expect(await storedRows(store, btc.instrument)).toHaveLength(10)
    expect(await remove(workshop, { instrument: btc.instrument, dryRun: false })).toMatchObject({ series: [{}, {}] })
    await expect(remove(workshop, { instrument: btc.instrument, dryRun: true })).rejects.toThrow('nothing is stored')
  })

  it('may be damaged beyond reading', async () => {
    const workshop = await filled()
    writeFileSync(join(folderOf(workshop, '1m'), 'manifest.json'), 'nonsense')
    expect(await remove(workshop, { ...btc, dryRun: false })).toMatchObject({ series: [{ rows: null, sha256: null }] })
    expect(existsSync(join(folderOf(workshop, '1m'), 'manifest.json'))).toBe(false)
    expect((await workshop.store.overview()).damaged).toEqual([])
  })

  it('is whole or nothing for whoever reads meanwhile', async () => {
    const workshop = await filled()
    const whole = days * 1440
    for (let round = 0; round < 5; round++) {
      const reader = createBarStore({ dataDir: workshop.dataDir })
      const reads = Array.from({ length: 6 }, () => reader.bars(btc, Infinity))
      await remove(workshop, { ...btc, dryRun: false })
      for (const { openMs } of await Promise.all(reads)) expect([0, whole]).toContain(openMs.length)
      reader.close()
      await workshop.took({ files: [join(workshop.folder, 'bars.csv')], ...btc })
    }
  })

  it('that was left half-way is not there, and its leftovers go with the next import', async () => {
    const workshop = await filled()
    const folder = folderOf(workshop, '1m')
    const left = readdirSync(folder).filter((name) => name.endsWith('.parquet'))
    rmSync(join(folder, 'manifest.json'))
    expect(await names(workshop)).not.toContain('binance:BTCUSDT 1m')
    await workshop.took({ files: [workshop.file('again.csv', csv(lines(10)))], ...btc })
    expect(left.filter((name) => existsSync(join(folder, name)))).toEqual([])
  })
})

const play = async (id: string, instrument: string): Promise<void> => {
  const yaml = `play: x\nmarkets: { main: ${instrument} }\n`
  const { plays } = database.stores
  await plays.save({
    ...{ playId: id, seen: 0, title: id, yaml, sidecar: {}, loose: null, origin: '', actor: 'local' },
  })
}
const run = async (playId: string, data: readonly SeriesProvenance[] | null, request: object): Promise<string> => {
  const hashes = { playHash: 'p', logicHash: 'l', playVersionId: null, fromMs: 0, toMs: 1, actor: 'local' }
  const id = await database.stores.runs.queue({ playId, ...hashes, request })
  if (data === null) return id
  const series = JSON.stringify(data.map(({ instrument, kind, tf, sha256 }) => ({ instrument, kind, tf, sha256 })))
  await query(database.url, 'INSERT INTO dataset (hash, series) VALUES ($1, $2::jsonb)', [id, series])
  await query(database.url, "UPDATE run SET dataset_hash = $1, state = 'done' WHERE id = $1", [id])
  return id
}
const read = (key: { instrument: string; kind: 'klines'; tf: '1m' | '1h' }): SeriesProvenance =>
  // Only what names the series is kept of it.
  ({ ...key, sha256: 'ab' }) as unknown as SeriesProvenance

describe('who stands on it', () => {
  it('is said by name: runs that read it, runs on their way, Plays that name it; others are not', async () => {
    const workshop = await filled()
    await play('On spot', btc.instrument)
    await play('On perp', perp.instrument)
    const spotRun = await run('On spot', [read(btc)], {})
    await run('On spot', [read({ ...btc, tf: '1h' })], {})
    await run('On perp', [read(perp)], {})
    const waiting = await run('On spot', null, { tree: { markets: { main: btc.instrument } } })
    await run('On perp', null, { tree: { markets: { main: perp.instrument } } })
    const said = await remove(workshop, { ...btc, dryRun: true }, 'known')
    expect(said.uses?.runs.map(({ id }) => id).sort()).toEqual([spotRun, waiting].sort())
    expect(said.uses?.runCount).toBe(2)
    expect(said.uses?.plays).toEqual([{ id: 'On spot', title: 'On spot' }])
    const all = await remove(workshop, { instrument: btc.instrument, dryRun: true }, 'known')
    expect(all.uses?.runCount).toBe(3)
    const [none] = await query(database.url, "SELECT count(*)::int AS n FROM job WHERE kind = 'remove'")
    expect(none).toEqual({ n: 0 })
    await remove(workshop, { ...btc, dryRun: false }, 'known')
    const [row] = await query(database.url, "SELECT actor, state, payload FROM job WHERE kind = 'remove'")
    expect(row).toMatchObject({ actor: 'local', state: 'done', payload: { series: [{ ...btc, rows: days * 1440 }] } })
  })

  it('is gone though the database went away before it could be told who did it', async () => {
    const workshop = await filled()
    const { store, dataDir } = workshop
    const bars = routeBars({ synthetic: syntheticMarket() }, store)
    const board = { record: () => Promise.reject(new Failure('database_away', 'the database does not answer')) }
    const records = { uses: database.stores.uses, board }
    const ports = { store, frames: createFrameStore({ dataDir }), bars, records, actor: 'local' }
    expect(await removeSeries({ ...btc, dryRun: false }, ports)).toMatchObject({ recorded: false, series: [btc] })
    expect(await names(workshop)).not.toContain('binance:BTCUSDT 1m')
    expect(await remove(workshop, { ...btc, tf: '1h', dryRun: false }, 'known')).toMatchObject({ recorded: true })
  })

  it('is told on the command line, which deletes only when told to', async () => {
    const { dataDir, store } = await filled()
    const env = { DATA_DIR: dataDir, DATABASE_URL: database.url }
    const asked = await playloom(['data', 'delete', btc.instrument, '--local'], { env })
    expect(asked.code).toBe(4)
    expect(asked.out).toContain('Would be deleted: 2 series')
    expect(asked.out).toContain('The Play On spot names it.')
    expect(asked.err).toContain('--yes')
    const dry = await command(['data', 'delete', btc.instrument, '--tf', '1h', '--dry-run', '--json', '--local'], {
      variables: env,
    })
    expect(documentOf(dry)).toMatchObject({ dryRun: true, series: [{ tf: '1h' }] })
    expect(await store.series(btc.instrument)).toHaveLength(2)
    const done = await playloom(['data', 'delete', btc.instrument, '--tf', '1h', '--yes', '--local'], {
      env: { DATA_DIR: dataDir },
    })
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('is not known: no database is named') })
    expect((await store.series(btc.instrument)).map(({ tf }) => tf)).toEqual(['1m'])
    expect((await command(['data', 'delete', 'binance:NOPE', '--yes', '--local'], { variables: env })).code).toBe(3)
  })
})
