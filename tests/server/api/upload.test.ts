// A file from the page: the same gate as on the command line, said in words of the page, and nothing left behind.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Context, createContext } from '../../../server/api/context'
import { importUpload, safeName, type Upload, uploadStatus } from '../../../server/api/upload'
import { Failure } from '../../../server/core/failure'
import { listSeries } from '../../../server/run/data/listSeries'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'upload-test-'))
  // A folder of its own for what passes: others work beside this test, and theirs come and go.
  mkdirSync(join(folder, 'passing'))
  vi.stubEnv('TMPDIR', join(folder, 'passing'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const minute = 60_000
const start = Date.UTC(2023, 0, 1)
const row = (k: number, high = 11) => `${start + k * minute},10,${high},9,10.5,3`
const csv = (rows: readonly string[]) => ['open_time,open,high,low,close,volume', ...rows, ''].join('\n')
const good = csv(Array.from({ length: 120 }, (_, k) => row(k)))

const send = async (text: string | null, rest: Partial<Upload> = {}) => {
  const context = createContext({ DATA_DIR: join(folder, 'data') })
  const body = text === null ? null : (new Response(text).body as Upload['body'])
  const answer = await importUpload({ name: 'BTCUSDT-1m-2023-01.csv', body, ...rest }, context)
  const stored = (await listSeries((await context.data()).store)).series
  ;(await context.data()).close()
  return { answer, stored }
}
const leftovers = () => readdirSync(tmpdir())

describe('upload', () => {
  it('stores a file and tells what of it was new', async () => {
    const { answer } = await send(good, { instrument: 'binance:BTCUSDT' })
    expect(answer).toEqual({
      kind: 'imported',
      sheets: 0,
      series: [
        {
          instrument: 'binance:BTCUSDT',
          kind: 'klines',
          tf: '1m',
          fromMs: start,
          toMs: start + 120 * minute,
          added: 120,
          duplicates: 0,
          skipped: 0,
          gaps: 0,
        },
      ],
    })
    expect((await send(good, { instrument: 'binance:BTCUSDT' })).answer).toMatchObject({
      series: [{ added: 0, duplicates: 120 }],
    })
    expect(leftovers()).toEqual([])
  })
  it('refuses a file for one bad row, in words of the page, and takes its good rows only when told to', async () => {
    const bad = csv(Array.from({ length: 60 }, (_, k) => row(k, k === 7 ? 2 : 11)))
    const { answer, stored } = await send(bad, { instrument: 'binance:BTCUSDT' })
    expect(answer).toMatchObject({ kind: 'refused', code: 'rows_refused' })
    expect(stored).toEqual([])
    const words = JSON.stringify(answer)
    expect(words).not.toContain('--')
    expect(words).not.toContain(tmpdir())
    expect(words).toContain('first in line 9')
    expect((await send(bad, { instrument: 'binance:BTCUSDT', skipBad: true })).answer).toMatchObject({
      series: [{ added: 59, skipped: 1 }],
    })
  })
  it('refuses a file of which a part is missing, though the part that came is a whole table', async () => {
    const half = good.split('\n').slice(0, 60).join('\n')
    const { answer, stored } = await send(half, { instrument: 'binance:BTCUSDT', bytes: good.length })
    expect(answer).toMatchObject({ kind: 'refused', code: 'file_truncated' })
    expect(stored).toEqual([])
    expect((await send(good, { instrument: 'binance:BTCUSDT', bytes: good.length })).answer.kind).toBe('imported')
  })
  it('asks for what the file does not tell', async () => {
    const { answer } = await send(good, { name: 'mine.csv' })
    expect(answer).toMatchObject({ kind: 'refused' })
    expect(JSON.stringify(answer)).not.toContain('--')
    expect((await send(good, { name: 'mine.csv', instrument: 'not one' })).answer).toMatchObject({
      kind: 'refused',
      code: 'option_wrong',
    })
    expect((await send('hello', { name: 'mine.csv' })).answer).toMatchObject({ kind: 'refused' })
    expect((await send(null)).answer).toMatchObject({ kind: 'refused', code: 'file_empty' })
  })
  it('takes what is said of published figures, and asks for what is missing of it in words of the page', async () => {
    const day = 86_400_000
    const values = ['time,value', ...Array.from({ length: 30 }, (_, k) => `${start + k * day},${k / 10}`), ''].join(
      '\n',
    )
    const told = { name: 'mvrv.csv', kind: 'series', tf: '1d', unit: 'ratio' }
    const missing = await send(values, { ...told, series: 'BTC MVRV', source: 'Coin Metrics' })
    expect(missing.answer).toMatchObject({ kind: 'refused', code: 'option_missing' })
    expect(JSON.stringify(missing.answer)).not.toContain('--')
    expect(missing.stored).toEqual([])
    const all = { ...told, series: 'BTC MVRV', source: 'Coin Metrics', delay: '48h', maxAge: '3d' }
    expect(await send(values, all)).toMatchObject({
      answer: {
        kind: 'imported',
        series: [{ instrument: 'coinmetrics:BTC_MVRV', kind: 'series', tf: '1d', added: 30 }],
      },
      stored: [{ published: { source: 'Coin Metrics', unit: 'ratio', delayMs: 2 * day, maxAgeMs: 3 * day } }],
    })
  })
  it('stops when the page goes, and stores nothing', async () => {
    const stop = new AbortController()
    stop.abort()
    const { answer, stored } = await send(good, { instrument: 'binance:BTCUSDT', signal: stop.signal })
    expect(answer).toMatchObject({ kind: 'refused', code: 'cancelled' })
    expect(stored).toEqual([])
    expect(leftovers()).toEqual([])
  })
  it('asks who may, by name, and how often, before a byte is read', async () => {
    const base = createContext({ DATA_DIR: join(folder, 'data') })
    const read = vi.fn()
    const ask = (doors: Partial<Context>) =>
      importUpload({ name: 'a.csv', body: { [Symbol.asyncIterator]: read } }, { ...base, ...doors })
    const calls: unknown[] = []
    const nobody = await ask({
      authorise: (call) => {
        calls.push(call)
        return new Failure('not_allowed', 'not you')
      },
    })
    expect(calls).toEqual([{ actor: 'local', path: 'data.import', type: 'mutation' }])
    const often = await ask({ limits: { spend: async () => new Failure('too_many_calls', 'too often') } })
    expect([nobody, often].map((answer) => [answer, uploadStatus(answer)])).toMatchObject([
      [{ kind: 'refused', code: 'not_allowed' }, 403],
      [{ kind: 'refused', code: 'too_many_calls' }, 429],
    ])
    expect(read).not.toHaveBeenCalled()
  })
  it('takes two files at once, a third when one of them is in', async () => {
    const context = createContext({ DATA_DIR: join(folder, 'data') })
    let open = (): void => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    async function* slowly(): AsyncGenerator<Uint8Array> {
      await opened
      yield new TextEncoder().encode(good)
    }
    const ask = () => importUpload({ name: 'a.csv', body: slowly(), instrument: 'binance:BTCUSDT' }, context)
    const first = [ask(), ask()]
    expect(await ask()).toMatchObject({ kind: 'refused', code: 'too_many_calls' })
    open()
    for (const answer of await Promise.all(first)) expect(answer).not.toMatchObject({ code: 'too_many_calls' })
    expect(await ask()).toMatchObject({ kind: 'imported' })
    ;(await context.data()).close()
  })
  it('takes no place on this machine from the name of a file', () => {
    expect(['../../etc/passwd', 'C:\\x\\a b.csv', '..', '', '.hidden.csv', 'ä.zip'].map(safeName)).toEqual([
      'passwd',
      'a_b.csv',
      'bars.csv',
      'bars.csv',
      'hidden.csv',
      '_.zip',
    ])
  })
})
