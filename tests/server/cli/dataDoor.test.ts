// The doors for files of market data, without the program: what is forged, cut off, too large or no parcel is refused
// with a sentence and leaves nothing; who goes away ends what was begun for him.
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Context, createContext } from '../../../server/api/context'
import { type Parcel, parcelEnd, parcelHead } from '../../../server/api/parcel'
import { surroundingsOf } from '../../../server/cli/command'
import { sendFiles } from '../../../server/cli/sendFiles'
import { Failure } from '../../../server/core/failure'
import { csv, lines, minute, snapshot, start, visionHeader, visionLines } from '../../fixtures/data/workshop'
import { temporaryFolder } from './command'
import { type DataServer, startDataServer } from './dataServer'
import { command } from './inProcess'

const folder = temporaryFolder('data-door')
const at = (...names: readonly string[]): string => join(folder.path, ...names)
const store = at('store')
const held: { server?: DataServer; context?: Context; url: string } = { url: '' }
/** Lets a test stand between the server and its ports. */
const between: { read?: () => Promise<void>; doors: Partial<Context> } = { doors: {} }

const vision = (list: ReturnType<typeof lines>): string => csv(visionLines(list), visionHeader)
const more = at('more.csv')

beforeAll(async () => {
  for (const name of ['passing', 'out']) mkdirSync(at(name))
  vi.stubEnv('TMPDIR', at('passing'))
  writeFileSync(more, vision(lines(30, start + 5000 * minute)))
  const own = createContext({ DATA_DIR: store })
  const data: Context['data'] = async () => {
    const ports = await own.data()
    const read: typeof ports.files.read = async (...asked) => {
      await between.read?.()
      return ports.files.read(...asked)
    }
    return { ...ports, files: { read } }
  }
  held.context = own
  held.server = await startDataServer(() => ({ ...own, data, ...between.doors }))
  held.url = held.server.url
})
afterAll(async () => {
  held.server?.close()
  ;(await held.context?.data())?.close()
  vi.unstubAllEnvs()
  folder.remove()
})

const there = (args: readonly string[], signal?: AbortSignal) =>
  command(['data', ...args, '--json', '--url', held.url], signal === undefined ? {} : { signal })
const spot = ['--instrument', 'binance:BTCUSDT', '--tf', '1m'] as const
/** Nothing of what passed is left on the server. */
const passedBy = () => expect([held.server?.open, readdirSync(at('passing'))]).toEqual([0, []])
const patience = { timeout: 20_000 } as const

const good = { path: 'BTCUSDT-1m-2024-01.csv', text: vision(lines(40, start + 9000 * minute)) }
const parcelOf = (sent: readonly { path: string; text: string }[], options: Parcel['options'] = {}): string => {
  const list = sent.map(({ path, text }) => ({ path, bytes: Buffer.byteLength(text) }))
  return parcelHead({ files: list, options }) + sent.map(({ text }) => text).join('') + parcelEnd
}
const import1m = { instrument: 'binance:BTCUSDT', tf: '1m' }

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Sends so much of the body, then hangs up. */
  readonly cut?: boolean
}
const octets = { 'content-type': 'application/octet-stream' }

/** Without fetch, which would not forge a Host. */
const knock = ({ method = 'POST', path = '/api/import', headers = {}, body = '', cut = false }: Sent) =>
  new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const { host } = new URL(held.url)
    const asked: ClientRequest = request(
      { ...{ method, path, port: new URL(held.url).port, host: '127.0.0.1' }, headers: { host, ...headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
      },
    )
    asked.once('error', reject)
    if (!cut) asked.end(body)
    else asked.write(body, () => setTimeout(() => asked.destroy(new Error('hung up')), 20))
  })
const own = () => ({ ...octets, origin: held.url })

describe('the door for files', () => {
  it.each<readonly [string, number, () => Sent]>([
    ['another host', 421, () => ({ headers: { ...own(), host: 'evil.example' } })],
    ['another origin', 403, () => ({ headers: { ...octets, origin: 'http://evil.example' } })],
    ['no origin', 403, () => ({ headers: octets })],
    ['a page of another site', 403, () => ({ headers: { ...own(), 'sec-fetch-site': 'cross-site' } })],
    ['a form', 415, () => ({ headers: { origin: held.url, 'content-type': 'multipart/form-data; boundary=x' } })],
    ['an export for another host', 421, () => ({ ...exporting, headers: { host: 'evil.example' } })],
    ['an export for another site', 403, () => ({ ...exporting, headers: { 'sec-fetch-site': 'cross-site' } })],
    ['a parcel of nothing', 422, () => ({ headers: own() })],
    ['no JSON', 400, () => ({ headers: own(), body: 'open_time,open\n1,2\nend\n' })],
    ['wrong types', 400, () => ({ headers: own(), body: '{"files":[{"path":7,"bytes":-1}],"options":[]}\nend\n' })],
    ['no files', 400, () => ({ headers: own(), body: '{"files":[],"options":{}}\nend\n' })],
    [
      'an unknown option',
      400,
      () => ({ headers: own(), body: parcelOf([good], { ...import1m, dataDir: '/' } as Parcel['options']) }),
    ],
    ['a first line without an end', 422, () => ({ headers: own(), body: 'x'.repeat(3_000_000) })],
    [
      'more than 2 GiB, of which no byte is waited for',
      422,
      () => ({
        headers: own(),
        body: parcelHead({ files: [{ path: 'a.csv', bytes: 3 * 1024 ** 3 }], options: {} }),
      }),
    ],
    ['a file that is no name', 422, () => ({ headers: own(), body: parcelOf([{ ...good, path: '../..' }]) })],
    ['fewer bytes than were told', 422, () => ({ headers: own(), body: parcelOf([good], import1m).slice(0, -300) })],
    ['all bytes and no end', 422, () => ({ headers: own(), body: parcelOf([good], import1m).slice(0, -4) })],
    ['more than was told', 422, () => ({ headers: own(), body: `${parcelOf([good], import1m)}1,2,3\n` })],
    ['an export of nothing', 400, () => ({ method: 'GET', path: '/api/export' })],
    ['an export to a path', 400, () => ({ ...exporting, path: `${exporting.path}&path=/tmp/x.csv` })],
    ['an export as a program', 400, () => ({ ...exporting, path: exporting.path.replace('csv', 'exe') })],
    ['an export of a path', 404, () => ({ ...exporting, path: '/api/export?instrument=../../etc/passwd&format=csv' })],
    ['an export from no time', 400, () => ({ ...exporting, path: `${exporting.path}&fromMs=now` })],
  ])('%s: %i, a sentence, and nothing done', async (_, status, sent) => {
    const before = snapshot(store)
    const told = await knock(sent())
    expect(told.status, told.text).toBe(status)
    expect(told.text).not.toMatch(/\.ts:\d|node_modules|passing/)
    const { problem, error } = JSON.parse(told.text)
    expect((problem ?? error.message).length).toBeGreaterThan(15)
    expect(snapshot(store)).toEqual(before)
    await vi.waitFor(passedBy, patience)
  })
  const exporting = { method: 'GET', path: '/api/export?instrument=synthetic:BTCUSDT.P&format=csv' } as const

  it('who hangs up in the middle has stored nothing, wherever that was', async () => {
    const before = snapshot(store)
    const whole = parcelOf([good, { ...good, path: 'more.csv' }], import1m)
    for (const sent of [10, whole.indexOf('\n') + 1, whole.length >> 1, whole.length - 1]) {
      await expect(knock({ headers: own(), body: whole.slice(0, sent), cut: true })).rejects.toThrow('hung up')
      await vi.waitFor(passedBy, patience)
    }
    expect(snapshot(store)).toEqual(before)
  })

  it('takes what is whole, from a path that leads out, into its own place', async () => {
    const told = await knock({ headers: own(), body: parcelOf([{ ...good, path: '../../etc/x.csv' }], import1m) })
    expect([told.status, JSON.parse(told.text).series[0].added]).toEqual([200, 40])
    await vi.waitFor(passedBy, patience)
  })

  it('asks who may, and how often, before a byte is read', async () => {
    const asked: unknown[] = []
    between.doors = {
      authorise: (call) => {
        asked.push(call)
        return new Failure('not_allowed', 'this is not for you to do')
      },
    }
    const list = [await there(['import', more, ...spot])]
    list.push(await there(['export', 'synthetic:BTCUSDT.P', '--out', at('out', 'none.csv')]))
    between.doors = { limits: { spend: async () => new Failure('too_many_calls', 'this came too often') } }
    list.push(await there(['import', more, ...spot]))
    list.push(await there(['export', 'synthetic:BTCUSDT.P', '--out', at('out', 'none.csv')]))
    between.doors = {}
    expect(asked).toEqual([
      { actor: 'local', path: 'data.import', type: 'mutation' },
      { actor: 'local', path: 'data.export', type: 'query' },
    ])
    expect(list.map(({ code, out }) => [code, JSON.parse(out).problems[0].code])).toEqual([
      [4, 'not_allowed'],
      [4, 'not_allowed'],
      [4, 'too_many_calls'],
      [4, 'too_many_calls'],
    ])
  })
})

describe('an interruption', () => {
  it('of an import ends the command with 130 and the import at the server, and nothing of it is stored', async () => {
    const before = snapshot(store)
    const stop = new AbortController()
    let goOn = (): void => {}
    let entered = (): void => {}
    const reading = new Promise<void>((resolve) => {
      entered = resolve
    })
    between.read = () => {
      entered()
      return new Promise<void>((resolve) => {
        goOn = resolve
      })
    }
    const left = held.server?.left ?? 0
    const ended = there(['import', more, ...spot], stop.signal)
    await reading
    stop.abort()
    expect(await ended).toMatchObject({ code: 130, err: expect.stringContaining('Interrupted') })
    await vi.waitFor(() => expect(held.server?.left).toBe(left + 1), patience)
    delete between.read
    goOn()
    await vi.waitFor(passedBy, patience)
    expect(snapshot(store)).toEqual(before)
  })

  it('of an export leaves no file, here and there', async () => {
    const stop = new AbortController()
    const args = ['export', 'synthetic:BTCUSDT.P', '--out', at('out', 'half.csv')]
    between.doors = {
      limits: {
        spend: async () => {
          stop.abort()
          return null
        },
      },
    }
    const { code } = await there(args, stop.signal)
    between.doors = {}
    expect([code, readdirSync(at('out')).filter((name) => name.includes('half'))]).toEqual([130, []])
    await vi.waitFor(passedBy, patience)
  })
})

it('a file that is written while it is sent is not taken for a whole one', async () => {
  const before = snapshot(store)
  const growing = at('growing.csv')
  writeFileSync(growing, vision(lines(40, start + 20_000 * minute)))
  const world = { streams: { out: () => {}, err: () => {} }, variables: {}, terminal: { out: false, err: false } }
  const { signal } = new AbortController()
  const around = surroundingsOf({ ...world, signal }, {})
  // Told of each piece before it leaves.
  const shell = { ...around.shell, progress: () => appendFileSync(growing, '1') }
  const place = { options: { url: held.url }, world: { ...world, signal }, around: { ...around, shell } }
  await expect(sendFiles({ ...import1m, files: [growing] }, place)).rejects.toThrow('was changed while it was sent')
  await vi.waitFor(passedBy, patience)
  expect(snapshot(store)).toEqual(before)
})
