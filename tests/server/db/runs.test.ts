// Jobs and runs of record on the real PostgreSQL: taken once, kept by a lease, ended once, heard of at once.
import { describe, expect, it } from 'vitest'
import type { Report } from '../../../blocks/engine/report/document'
import type { NewRun, RunEnd } from '../../../server/run/stores'
import { query, testDatabase } from '../../fixtures/database'

const database = testDatabase()
const jobs = () => database.stores.jobs
const runs = () => database.stores.runs
const lease = 60_000

const asked = {
  playVersionId: null,
  playHash: 'p',
  logicHash: 'l',
  fromMs: 0,
  toMs: 100,
  request: { tree: 1 },
  actor: 'local',
}
const named = { play: 'x', title: 'Named in its text', tf: '1h', markets: { main: 'a:B', more: ['a:B', 'a:C'] } }

const newRun = async (play: string): Promise<string> => {
  const by = { origin: 'tab', actor: 'local', loose: null, sidecar: {}, yaml: '', title: play }
  await database.stores.plays.save({ playId: play, seen: 0, ...by })
  return runs().queue({ ...asked, playId: play })
}
const data = [
  { instrument: 'a:B', kind: 'klines', tf: '1m', sha256: 'x' },
  { instrument: 'a:B', kind: 'funding', tf: null, sha256: 'y' },
] as const
// Only these keys are looked into, so what they stand in is forced to be a report.
const report = (trades: number): Report =>
  ({
    logicHash: 'l',
    settingsHash: 's',
    settings: { equity: 10_000 },
    range: { fromMs: 0, toMs: 100 },
    metrics: { sharpe: { value: 0.5, enough: true } },
    engine: '7',
    data,
    tradesHash: 't',
    equityHash: 'e',
    trades: Array.from({ length: trades }, (_, i) => ({
      no: i + 1,
      instrument: 'a:B',
      side: 'long',
      setup: 's',
      entryMs: i,
      entryPrice: 1.5,
      qtyBase: 0.1,
      exitMs: i === trades - 1 ? null : i + 1,
      exitPrice: i === trades - 1 ? null : 2,
      exitReason: i === trades - 1 ? null : 'stop',
      netUsdt: -0.1,
      r: null,
    })),
  }) as unknown as Report

/** Takes it and ends it; older ones of this file that wait before it are cancelled. */
const endedWith = async (id: string, end: RunEnd): Promise<void> => {
  for (;;) {
    const job = await jobs().take(['run'], 'w', lease)
    if (job === null) throw new Error('nobody took it')
    const { run } = job.payload as { run: string }
    await runs().end(run, { id: job.id, taker: 'w' }, run === id ? end : { state: 'cancelled' })
    if (run === id) return
  }
}

describe('a job', () => {
  it('of a key that is there is the same job', async () => {
    const job = { kind: 'other', key: 'same', payload: {}, actor: 'local' }
    const first = await jobs().add(job)
    expect(await jobs().add(job)).toBe(first)
  })

  it('goes to one of many takers, oldest first, and only to those who can do it', async () => {
    for (const n of [1, 2, 3]) await jobs().add({ kind: 'many', key: `many ${n}`, payload: { n }, actor: 'local' })
    expect(await jobs().take(['nothing'], 'w', lease)).toBeNull()
    const taken = await Promise.all(Array.from({ length: 12 }, (_, n) => jobs().take(['many'], `w${n}`, lease)))
    const keys = taken.flatMap((job) => (job === null ? [] : [job.key]))
    expect(keys.sort()).toEqual(['many 1', 'many 2', 'many 3'])
  })

  it('is taken again when its taker is silent for too long, who then hears that it is lost', async () => {
    await jobs().add({ kind: 'silent', key: 'silent', payload: {}, actor: 'local' })
    const first = await jobs().take(['silent'], 'dead', 1)
    await expect.poll(() => jobs().take(['silent'], 'alive', lease)).toMatchObject({ id: first?.id, attempt: 2 })
    if (first === null) throw new Error('nobody took it')
    expect(await jobs().beat({ id: first.id, taker: 'dead' }, lease)).toBe('lost')
    expect(await jobs().retry({ id: first.id, taker: 'dead' }, 'late')).toBe(false)
    expect(await jobs().beat({ id: first.id, taker: 'alive' }, lease, { share: 0.5 })).toBe('on')
    expect(await query(database.url, "SELECT progress FROM job WHERE key = 'silent'")).toEqual([
      { progress: { share: 0.5 } },
    ])
  })

  it('that is put back waits before it is taken again', async () => {
    await jobs().add({ kind: 'again', key: 'again', payload: {}, actor: 'local' })
    const job = await jobs().take(['again'], 'w', lease)
    if (job === null) throw new Error('nobody took it')
    expect(await jobs().retry({ id: job.id, taker: 'w' }, 'the database was away')).toBe(true)
    expect(await jobs().take(['again'], 'w', lease)).toBeNull()
    const [row] = await query(database.url, "SELECT failure, not_before > now() AS later FROM job WHERE key = 'again'")
    expect(row).toEqual({ failure: 'the database was away', later: true })
  })

  it('is heard of by who listens, also after the connection was cut', async () => {
    let heard = 0
    const stop = await jobs().listen(() => {
      heard += 1
    })
    await jobs().add({ kind: 'heard', key: 'heard 1', payload: {}, actor: 'local' })
    await expect.poll(() => heard).toBe(2)
    await query(database.url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    await expect.poll(() => heard, { timeout: 10_000 }).toBe(3)
    await jobs().add({ kind: 'heard', key: 'heard 2', payload: {}, actor: 'local' })
    await expect.poll(() => heard).toBe(4)
    await stop()
  })
})

describe('a run', () => {
  it('is queued with its job and ended with it, its closed trades as rows', async () => {
    const id = await newRun('a')
    expect(await runs().get(id)).toMatchObject({ state: 'queued', trades: null, fromMs: 0, toMs: 100 })
    const job = await jobs().take(['run'], 'w', lease)
    expect(job?.payload).toEqual({ run: id })
    expect(await runs().request(id)).toEqual({ tree: 1 })
    await runs().started(id)
    expect((await runs().get(id))?.state).toBe('running')
    const text = '{"a":1e-7,"a":-0}'
    expect(await runs().end(id, { id: job?.id ?? 0n, taker: 'w' }, { state: 'done', report: report(3), text })).toBe(
      true,
    )
    expect(await runs().get(id)).toMatchObject({ state: 'done', trades: 3, tradesHash: 't' })
    expect(await runs().report(id)).toBe(text)
    const [row] = await query(
      database.url,
      `SELECT engine, settings, jsonb_array_length(series) AS series FROM run
        JOIN run_settings s ON s.hash = settings_hash JOIN dataset d ON d.hash = dataset_hash WHERE id = $1`,
      [id],
    )
    expect(row).toEqual({ engine: '7', settings: { equity: 10_000 }, series: 2 })
    expect(await query(database.url, 'SELECT no, exit_reason FROM trade WHERE run_id = $1 ORDER BY no', [id])).toEqual([
      { no: 1, exit_reason: 'stop' },
      { no: 2, exit_reason: 'stop' },
    ])
    expect(await query(database.url, 'SELECT state FROM job WHERE key = $1', [`run:${id}`])).toEqual([
      { state: 'done' },
    ])
  })

  it('has one end: a taker that lost it writes nothing', async () => {
    const id = await newRun('b')
    const first = await jobs().take(['run'], 'dead', 1)
    await expect.poll(() => jobs().take(['run'], 'alive', lease)).not.toBeNull()
    const job = { id: first?.id ?? 0n, taker: 'dead' }
    expect(await runs().end(id, job, { state: 'failed', failure: 'late' })).toBe(false)
    expect((await runs().get(id))?.state).toBe('queued')
    const ends = await Promise.all(
      [1, 2].map((trades) =>
        runs().end(id, { ...job, taker: 'alive' }, { state: 'done', report: report(trades), text: '' }),
      ),
    )
    expect(ends.filter(Boolean)).toHaveLength(1)
    await runs().started(id)
    expect((await runs().get(id))?.state).toBe('done')
    const rows = await query(database.url, 'SELECT count(*)::int AS n FROM trade WHERE run_id = $1', [id])
    expect(rows).toEqual([{ n: ((await runs().get(id))?.trades ?? 0) - 1 }])
  })

  it('that waits is cancelled at once, one at work when its taker hears of it, an ended one never', async () => {
    const waiting = await newRun('c')
    expect(await runs().cancel(waiting)).toBe(true)
    expect((await runs().get(waiting))?.state).toBe('cancelled')
    const working = await newRun('d')
    const job = await jobs().take(['run'], 'w', lease)
    expect(job?.payload).toEqual({ run: working })
    expect(await runs().cancel(working)).toBe(true)
    expect(await jobs().beat({ id: job?.id ?? 0n, taker: 'w' }, lease)).toBe('cancelled')
    expect(await runs().end(working, { id: job?.id ?? 0n, taker: 'w' }, { state: 'cancelled' })).toBe(true)
    expect(await runs().cancel(working)).toBe(false)
  })

  it('is listed newest first, page by page, of one Play or of all', async () => {
    const play = { origin: 'tab', actor: 'local', loose: null, sidecar: {}, yaml: '' }
    await database.stores.plays.save({ ...play, playId: 'e', seen: 0, title: 'Listed' })
    const ids: string[] = []
    for (let n = 0; n < 5; n++)
      ids.unshift(await runs().queue({ ...asked, playId: 'e', request: { tree: n === 4 ? named : {} } }))
    // Two of one millisecond, at the border of a page: neither is lost, neither comes twice.
    await query(database.url, `UPDATE run SET created_at = '2026-01-01' WHERE id IN ('${ids[1]}', '${ids[2]}')`)
    await query(database.url, `UPDATE run SET created_at = '2025-01-01' WHERE id IN ('${ids[3]}', '${ids[4]}')`)
    const first = await runs().list({ playId: 'e', before: null, most: 2 })
    const second = await runs().list({ playId: 'e', before: first[1]?.id ?? null, most: 2 })
    const last = await runs().list({ playId: 'e', before: second[1]?.id ?? null, most: 2 })
    expect([...first, ...second, ...last].map(({ id }) => id)).toEqual(ids)
    expect(first[0]).toMatchObject({ title: 'Named in its text', tf: '1h', markets: ['a:B', 'a:C'], version: null })
    expect(first[1]).toMatchObject({ title: 'Listed', markets: [], figures: null, state: 'queued', startedMs: null })
    expect(await runs().list({ playId: 'nobody', before: null, most: 10 })).toEqual([])
    const all = await runs().list({ playId: null, before: null, most: 500 })
    expect(all.length).toBeGreaterThan(5)
    expect(all.filter(({ playId }) => playId === 'e').map(({ id }) => id)).toEqual(ids)
  })

  it('shows the figures of its report with the spelling of their numbers, and its twins', async () => {
    const hash = { settingsHash: 'twin', playHash: 'twin' }
    const text = (net: string): string =>
      `{"metrics":{"netProfitUsdt":{"value":${net},"enough":true}},"provenance":{"synthetic":true,"more":1},"range":{"holes":3},"ambiguity":{"exits":2}}`
    const done = async (change: Partial<NewRun>, made: Partial<Report> = {}): Promise<string> => {
      const id = await runs().queue({ ...asked, playId: 'e', playHash: 'twin', ...change })
      await endedWith(id, { state: 'done', report: { ...report(3), ...hash, ...made }, text: text('-1e-7') })
      return id
    }
    const one = await done({})
    const same = await done({})
    const wrong = await done({}, { equityHash: 'another' })
    const otherPlay = await done({ playHash: 'another' })
    const otherEngine = await done({}, { engine: '8' })
    const [row] = await runs().rows([one])
    expect(row?.figures).toEqual({
      metrics: { netProfitUsdt: { value: -1e-7, enough: true } },
      provenance: { synthetic: true },
      range: { holes: 3 },
      ambiguity: { exits: 2 },
    })
    expect(await runs().rows([one])).toEqual([row])
    const [bare] = await runs().list({ playId: 'e', before: null, most: 1, figures: false })
    expect(bare).toMatchObject({ id: otherEngine, state: 'done', trades: 3, figures: null })
    expect(await runs().twins(one)).toMatchObject([
      { id: wrong, tradesHash: 't', equityHash: 'another' },
      { id: same, tradesHash: 't', equityHash: 'e' },
    ])
    expect(await runs().twins(otherPlay)).toEqual([])
    expect(await runs().previous(otherEngine)).toBe(otherPlay)
    expect(await runs().previous(one)).toBeNull()
    expect((await runs().rows([one, 'nobody', wrong])).map(({ id }) => id)).toEqual([wrong, one])
  })

  it('has its figures in a long list too', async () => {
    const playId = 'long list'
    await newRun(playId)
    const text = '{"metrics":{},"provenance":{},"range":{},"ambiguity":{}}'
    for (let n = 0; n < 25; n++)
      await endedWith(await runs().queue({ ...asked, playId }), { state: 'done', report: report(1), text })
    const listed = await runs().list({ playId, before: null, most: 100 })
    expect(listed.filter(({ figures }) => figures !== null)).toHaveLength(25)
  })

  it('gives what it was queued with, to be queued again', async () => {
    const id = await runs().queue({ ...asked, playId: 'e', request: { tree: named, fees: 1e-7 } })
    expect(await runs().source(id)).toEqual({ ...asked, playId: 'e', request: { tree: named, fees: 1e-7 } })
    expect(await runs().source('nobody')).toBeNull()
  })
})

describe('a trial', () => {
  const trial = {
    logicHash: 'l',
    data,
    settingsHash: 's',
    fromMs: 0,
    toMs: 100,
    lineage: 'told',
    score: 0.5,
    trades: 3,
    actor: 'local',
    origin: 'human' as const,
  }
  it('is counted once a look, a lineage and a dataset, and stays', async () => {
    const other = [{ instrument: 'a:C', kind: 'klines', tf: '1m', sha256: 'z' }] as const
    const turned = { ...trial, data: [...data].reverse() }
    const rows = [
      trial,
      turned,
      { ...trial, logicHash: 'm' },
      { ...trial, lineage: 'other' },
      { ...trial, data: other },
    ]
    expect(await database.stores.trials.add(rows)).toBe(4)
    expect(await database.stores.trials.add(rows)).toBe(0)
    expect(await database.stores.trials.count('told', data)).toBe(2)
    expect(await database.stores.trials.count('other', data)).toBe(1)
    expect(await database.stores.trials.count('told', other)).toBe(1)
    // The same market with a day more is not unseen; another market is.
    const longer = data.map((one) => ({ ...one, sha256: `${one.sha256} and a day` }))
    expect(await database.stores.trials.count('told', longer)).toBe(2)
    const funding = data.map((one) => ({ ...one, kind: 'funding' as const }))
    expect(await database.stores.trials.count('told', funding)).toBe(0)
    await expect(query(database.url, 'DELETE FROM trial')).rejects.toThrow('never changed')
  })

  it('is every run of record that ended well, and the look of a page at the same is no other', async () => {
    const { trials } = database.stores
    const ran = async (end: RunEnd): Promise<number> => {
      await endedWith(await newRun('looked at'), end)
      return trials.count('looked at', data)
    }
    const done = (change: Partial<Report>): RunEnd => ({ state: 'done', report: { ...report(3), ...change }, text: '' })
    expect(await ran({ state: 'failed', failure: 'no result, no look' })).toBe(0)
    expect(await ran(done({}))).toBe(1)
    expect(
      await query(database.url, "SELECT from_ms, to_ms, score, trades, origin FROM trial WHERE lineage = 'looked at'"),
    ).toEqual([{ from_ms: '0', to_ms: '100', score: 0.5, trades: 3, origin: 'human' }])
    expect(await trials.add([{ ...trial, lineage: 'looked at' }])).toBe(0)
    expect(await ran(done({}))).toBe(1)
    expect(await ran(done({ settingsHash: 'other costs' }))).toBe(2)
    expect(await ran(done({ logicHash: 'another version' }))).toBe(3)
  })
})
