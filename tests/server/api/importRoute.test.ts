// The door for files: what breaks behind it stands in the log under the id that the answer names, and nothing is claimed.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const logged = vi.hoisted(() => ({ error: vi.fn(), warn: vi.fn(), info: vi.fn() }))
vi.mock('../../../server/wireLog', () => ({ openLog: () => logged }))
vi.mock('../../../server/run/data/importFiles', () => ({
  importFiles: async () => {
    throw new Error('the third wheel came off')
  },
}))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-route-'))
  vi.stubEnv('DATA_DIR', folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('POST /api/import', () => {
  it('logs a bug, and does not say that nothing was stored', async () => {
    const { POST } = await import('../../../app/api/import/route')
    const host = '127.0.0.1:3000'
    const headers = { host, origin: `http://${host}`, 'content-type': 'application/octet-stream' }
    const response = await POST(
      new Request(`http://${host}/api/import?name=a.csv`, { method: 'POST', headers, body: 'time,value' }),
    )
    const id = response.headers.get('x-request-id')
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({
      kind: 'refused',
      code: 'unknown',
      message: expect.stringMatching(new RegExp(`id ${id}. Whether anything was stored is not known`)),
    })
    const [[entry]] = logged.error.mock.calls as [[{ request: string; path: string; err: Error }]]
    expect(entry).toMatchObject({ request: id, path: 'data.import', err: { message: 'the third wheel came off' } })
    expect(logged.info.mock.calls[0]?.[0]).toMatchObject({ request: id, status: 500 })
  })
})
