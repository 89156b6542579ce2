// `npm start` as a user runs it: it serves, says each step, refuses a taken port in words, and leaves nothing behind.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isFree } from '../../bin/services/port.mjs'
import { isRunning } from '../../bin/services/process.mjs'
import { buildWeb } from '../../bin/web.mjs'
import { settingsSchema } from '../../blocks/engine/settings'
import { example } from '../app/engine/pageData'
import { temporaryFolder } from '../fixtures/data/workshop'
import { documentOf, playloom } from './cli/command'

const root = join(import.meta.dirname, '../..')
const patienceMs = 180_000
/** A build that is cut off by one test would be begun again by the next: it comes before all. */
beforeAll(() => buildWeb().then(() => undefined), 600_000)

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
})

const listenSomewhere = async () => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port was given')
  return { server, port: address.port }
}
const freePort = async (): Promise<number> => {
  const { server, port } = await listenSomewhere()
  server.close()
  await once(server, 'close')
  return port
}

/** That everybody may pass: the database of a start by root runs as nobody. */
const stateFolder = (): string => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  return folder
}

/** Without Temporal, which nothing here needs, unless its test says otherwise. */
const start = (variables: Record<string, string>) => {
  const child = spawn(process.execPath, ['bin/start.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      DATA_DIR: temporaryFolder(),
      STATE_DIR: stateFolder(),
      PLAYLOOM_NO_TEMPORAL: '1',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let text = ''
  const heard = (chunk: Buffer) => {
    text += chunk.toString()
  }
  child.stdout.on('data', heard)
  child.stderr.on('data', heard)
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const says = async (what: RegExp) => {
    for (let i = 0; i < patienceMs / 50 && child.exitCode === null; i++) {
      if (what.test(text)) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    if (!what.test(text)) throw new Error(`it never said ${what}:\n${text}`)
  }
  return { child, ended, says, text: () => text }
}

describe('npm start', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'serves the page, a line a step, until %s, and leaves the port free',
    async (signal) => {
      const port = await freePort()
      const stateDir = stateFolder()
      const { child, ended, says, text } = start({
        PORT: String(port),
        STATE_DIR: stateDir,
        PLAYLOOM_NO_TEMPORAL: '',
      })
      await says(/Open http/)
      const response = await fetch(`http://127.0.0.1:${port}/`)
      expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<html')])
      for (const step of ['packages', 'sources', 'command line', 'page', 'database', 'temporal', 'server', 'data'])
        expect(text()).toMatch(new RegExp(`^ {2}${step} +\\d+\\.\\d s {3}\\S`, 'm'))
      expect(text()).toContain('the practice market synthetic:BTCUSDT.P is ready')
      const running: unknown = JSON.parse(readFileSync(join(stateDir, 'services.json'), 'utf8'))
      const identities = z.record(z.string(), z.string()).parse(running)
      expect(Object.keys(identities)).toEqual(expect.arrayContaining(['database', 'worker', 'server']))
      child.kill(signal)
      expect(await ended).toBe(0)
      expect(await isFree(port)).toBe(true)
      expect(Object.values(identities).filter(isRunning)).toEqual([])
    },
    patienceMs,
  )

  it('listens on this machine alone', async () => {
    const port = await freePort()
    const { child, ended, says } = start({ PORT: String(port) })
    await says(/Open http/)
    // The same port on another address of the loopback network is still free.
    const other = createServer()
    other.listen({ port, host: '127.0.0.2', exclusive: true })
    await once(other, 'listening')
    other.close()
    child.kill('SIGINT')
    await ended
  }, 180_000)

  it('takes a file of any size whole, from its own page and the command line alone, and gives it back', async () => {
    const port = await freePort()
    const { child, ended, says } = start({ PORT: String(port) })
    await says(/Open http/)
    // More than the 10 MB at which a proxy of Next cuts a body off.
    const rows = 260_000
    const lines = ['open_time,open,high,low,close,volume']
    for (let i = 0; i < rows; i++)
      lines.push(`${1672531200000 + i * 60_000},16541.25,16550.75,16530.50,16545.00,12.345`)
    const body = `${lines.join('\n')}\n`
    expect(body.length).toBeGreaterThan(12 * 1024 * 1024)
    const origin = `http://127.0.0.1:${port}`
    const send = (headers: Record<string, string>) =>
      fetch(`${origin}/api/import?name=a.csv&instrument=binance:BTCUSDT&tf=1m`, { method: 'POST', headers, body })
    const octets = { 'Content-Type': 'application/octet-stream' }
    expect((await send({ ...octets, Origin: 'http://evil.example' })).status).toBe(403)
    expect((await send(octets)).status).toBe(403)
    expect((await send({ 'Content-Type': 'text/plain', Origin: origin })).status).toBe(415)
    const answer = await (await send({ ...octets, Origin: origin })).json()
    expect(answer).toMatchObject({ kind: 'imported', series: [{ added: rows }] })
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.csv'), body)
    const data = (...args: readonly string[]) =>
      playloom(['data', ...args, '--json', '--url', origin], { cwd: folder }).then(documentOf)
    const bars = ['--instrument', 'binance:BTCUSDT', '--tf', '1m']
    expect(await data('import', 'a.csv', ...bars)).toMatchObject({ series: [{ added: 0, duplicates: rows }] })
    expect(await data('export', 'binance:BTCUSDT', '--out', 'b.csv')).toMatchObject({ rows })
    const given = readFileSync(join(folder, 'b.csv'), 'utf8').trimEnd().split('\n').slice(1)
    expect(given.map((line) => line.split(',').map(Number).join())).toEqual(
      lines.slice(1).map((line) => line.split(',').map(Number).join()),
    )
    child.kill('SIGINT')
    await ended
  }, 180_000)

  it('keeps a run for the record: queued, told step by step over one line, its report the same as the plain one', async () => {
    const port = await freePort()
    const { child, ended, says, text } = start({ PORT: String(port) })
    await says(/Open http/)
    for (const step of ['database', 'worker'])
      expect(text()).toMatch(new RegExp(`^ {2}${step} +\\d+\\.\\d s {3}\\S`, 'm'))
    const origin = `http://127.0.0.1:${port}`
    const ask = async (name: string, input: unknown) => {
      const response = await fetch(`${origin}/api/trpc/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: origin },
        body: JSON.stringify(input),
      })
      const { result, error } = await response.json()
      if (error !== undefined) throw new Error(JSON.stringify(error))
      return result.data
    }
    const settings = settingsSchema.parse({})
    const range = { fromMs: Date.UTC(2023, 0, 1), toMs: Date.UTC(2023, 1, 1) }
    const run = { tree: example('ema_pullback'), sets: {}, settings, ...range }
    const { id } = await ask('run.queue', { playId: 'started', sidecar: {}, run })
    const input = encodeURIComponent(JSON.stringify({ id }))
    const line = await fetch(`${origin}/api/trpc/run.watch?input=${input}`, {
      headers: { Accept: 'text/event-stream' },
    })
    expect(line.headers.get('content-type')).toContain('text/event-stream')
    const states = [...(await line.text()).matchAll(/"state":"(\w+)"/g)].map(([, state]) => state)
    expect(states.at(-1)).toBe('done')
    expect(new Set(states).size).toBeGreaterThan(1)
    const [{ timingMs: _, ...record }, { timingMs: __, ...plain }] = [
      await ask('run.report', { id }),
      await ask('run.verify', run),
    ]
    expect(record).toEqual(plain)
    const doctor = await playloom(['doctor', '--url', origin, '--json'])
    expect([doctor.code, doctor.err]).toEqual([0, ''])
    expect(documentOf(doctor).rows).toHaveLength(7)
    const health = await fetch(`${origin}/api/health`)
    expect(health.status).toBe(200)
    const { ok, rows } = await health.json()
    const names = (list: readonly { name: string }[]) => list.map(({ name }) => name)
    expect([ok, names(rows)]).toEqual([true, names(documentOf(doctor).rows as { name: string }[])])
    expect(await ask('run.list', { playId: 'started' })).toMatchObject([{ id, state: 'done' }])
    child.kill('SIGINT')
    await ended
  }, 180_000)

  it('says in words that its port is taken, and what to do', async () => {
    const { server, port } = await listenSomewhere()
    const { ended, text } = start({ PORT: String(port) })
    expect(await ended).toBe(1)
    expect(text()).toContain(`Port ${port} is taken`)
    expect(text()).toContain(`PORT=${port + 1} npm start`)
    server.close()
  })

  it.each(['0', '65536', 'http', '-1', '80.5'])('refuses PORT=%s in words', async (PORT) => {
    const { ended, text } = start({ PORT })
    expect(await ended).toBe(1)
    expect(text()).toContain(`PORT=${PORT} is not a port`)
  })
})
