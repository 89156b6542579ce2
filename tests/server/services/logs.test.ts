// Logs: a line of JSON each, no password in any of them, never more on disk than their bound, and the id that ties an
// answer to what the log says of it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { describe, expect, it } from 'vitest'
import { GET } from '../../../app/api/trpc/[trpc]/route'
import { openLog } from '../../../bin/services/logs.mjs'
import { createContext } from '../../../server/api/context'
import { appRouter } from '../../../server/api/router'
import { createLog } from '../../../server/io/log'
import { temporaryFolder } from '../../fixtures/data/workshop'

const secret = 'NK5UAk039anO_pjai28ZkKrE'
const address = `postgresql://playloom:${secret}@127.0.0.1:5432/playloom`
const entriesOf = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('a log', () => {
  it('keeps entries as they are, makes entries of other lines, and hides passwords in both', async () => {
    const folder = temporaryFolder()
    const log = openLog(folder, 'worker')
    const child = spawn(process.execPath, [
      '-e',
      `console.log('{"level":30,"msg":"ready","run":"7"}'); console.log(${JSON.stringify(`at ${address}`)})
       console.error('{"msg":"to ${`redis://:${secret}@h:1`}"}')`,
    ])
    log.follow(child.stdout, 'info')
    log.follow(child.stderr, 'error')
    await once(child, 'close')
    log.write('error', 'said', { token: `plm_abc_${secret}` })
    await expect.poll(() => entriesOf(readFileSync(log.path, 'utf8')).length).toBe(4)
    const text = readFileSync(log.path, 'utf8')
    expect(text).not.toContain(secret)
    expect(text).toContain('redis://:***@h:1')
    expect(entriesOf(text)).toEqual(
      expect.arrayContaining([
        { level: 30, msg: 'ready', run: '7' },
        {
          level: 30,
          time: expect.any(Number),
          process: 'worker',
          msg: 'at postgresql://playloom:***@127.0.0.1:5432/playloom',
        },
        { level: 50, time: expect.any(Number), process: 'worker', msg: 'said', token: 'plm_abc_***' },
      ]),
    )
    expect(statSync(log.path).mode & 0o077).toBe(0)
    await log.close()
  })

  it('is cut into files by size, and the oldest are thrown away', async () => {
    const folder = temporaryFolder()
    const log = openLog(folder, 'server')
    const source = new PassThrough()
    log.follow(source, 'info')
    const line = `${JSON.stringify({ msg: 'x'.repeat(100_000) })}\n`
    // 40 MB in all, of which 25 may be kept.
    for (let n = 0; n < 400; n++) if (!source.write(line)) await once(source, 'drain')
    source.end(`${JSON.stringify({ msg: 'last' })}\n`)
    const files = () => readdirSync(join(folder, 'logs')).map((name) => join(folder, 'logs', name))
    const last = () => entriesOf(readFileSync(log.path, 'utf8')).at(-1)
    await expect.poll(last, { timeout: 30_000 }).toEqual({ msg: 'last' })
    const bytes = files().reduce((sum, path) => sum + statSync(path).size, 0)
    expect(files().length).toBe(5)
    expect(bytes).toBeLessThan(26 * 1024 * 1024)
    expect(bytes).toBeGreaterThan(15 * 1024 * 1024)
    await log.close()
  })

  it('of a server process hides what stands in an error', async () => {
    const lines: string[] = []
    const log = createLog('server', { write: (line) => void lines.push(line) })
    log.error({ request: 'r', err: new Error(`cannot reach ${address}`) }, 'a bug')
    expect(lines.join('')).not.toContain(secret)
    expect(entriesOf(lines.join(''))).toMatchObject([{ process: 'server', request: 'r', msg: 'a bug' }])
  })
})

describe('a request', () => {
  it('has an id of its own in its answer, whatever the answer', async () => {
    const ids = await Promise.all(
      ['nothing.here', 'nothing.here'].map(async (path) => {
        const response = await GET(new Request(`http://127.0.0.1/api/trpc/${path}`))
        expect(response.status).toBe(404)
        return response.headers.get('x-request-id')
      }),
    )
    expect(ids[0]).toMatch(/^[0-9a-f]{12}$/)
    expect(ids[0]).not.toBe(ids[1])
  })

  it('that meets a bug says under which id the log keeps its trace', async () => {
    const context = createContext({ DATA_DIR: temporaryFolder() })
    const response = await fetchRequestHandler({
      endpoint: '/api/trpc',
      req: new Request('http://127.0.0.1/api/trpc/system.about'),
      router: appRouter,
      createContext: () => ({ ...context, requestId: 'abc123', data: () => Promise.reject(new Error(address)) }),
    })
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(JSON.parse(text).error.message).toMatch(/This is a bug in Playloom.*log of the server, id abc123\.$/)
    expect(text).not.toContain(secret)
  })
})
