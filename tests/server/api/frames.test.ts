// `GET /frames/<hash>/<column>`: whole, in part, unchanged, unknown; nothing of the path reaches the disk.
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SeriesFiles } from '../../../blocks/engine/dataset'
import { seriesOfDataset } from '../../../blocks/engine/dataset'
import { settingsSchema } from '../../../blocks/engine/settings'
import { type Context, createContext } from '../../../server/api/context'
import { answerFrame, type FrameAsk } from '../../../server/api/frames'
import { Failure } from '../../../server/core/failure'
import { describeDataset } from '../../../server/run/data/dataset'
import { temporaryFolder } from '../../fixtures/data/workshop'

let context: Context
let series: SeriesFiles
const ask = (over: Partial<FrameAsk> = {}) =>
  answerFrame({ hash: series.hash, column: 'close', range: null, ifNoneMatch: null, ifRange: null, ...over }, context)

beforeAll(async () => {
  context = createContext({ DATA_DIR: temporaryFolder() })
  const wanted = { traded: ['synthetic:BTCUSDT.P'], read: [], tf: '1h' as const, settings: settingsSchema.parse({}) }
  const dataset = await describeDataset(wanted, await context.bars())
  if (dataset instanceof Failure) throw dataset
  const first = seriesOfDataset(dataset).find(({ columns }) => columns.some(({ name }) => name === 'close'))
  if (first === undefined) throw new Error('the synthetic market has no closes')
  series = first
})

describe('a column', () => {
  it('is sent whole, to be kept for ever', async () => {
    const { status, headers, file } = await ask()
    const bytes = series.rows * 8
    expect(status).toBe(200)
    expect(headers).toMatchObject({ 'Content-Length': String(bytes), 'Accept-Ranges': 'bytes' })
    expect(headers['Cache-Control']).toBe('public, max-age=31536000, immutable')
    expect(file?.range).toEqual({ first: 0, last: bytes - 1 })
    expect(readFileSync(file?.path ?? '')).toHaveLength(bytes)
  })

  it('is sent in part, and says which', async () => {
    const bytes = series.rows * 8
    const { status, headers, file } = await ask({ range: 'bytes=8-23' })
    expect([status, headers['Content-Range'], headers['Content-Length']]).toEqual([206, `bytes 8-23/${bytes}`, '16'])
    expect(file?.range).toEqual({ first: 8, last: 23 })
    const beyond = await ask({ range: `bytes=${bytes}-` })
    expect([beyond.status, beyond.headers['Content-Range'], beyond.file]).toEqual([416, `bytes */${bytes}`, null])
  })

  it('is not sent again to one who has it', async () => {
    const tag = (await ask()).headers.ETag ?? ''
    expect(tag).toMatch(/^"[0-9a-f]{64}"$/)
    for (const ifNoneMatch of [tag, `W/${tag}`, `"x", ${tag}`, '*'])
      expect(await ask({ ifNoneMatch })).toMatchObject({ status: 304, file: null })
    expect((await ask({ ifNoneMatch: '"x"' })).status).toBe(200)
  })

  it('is sent whole when a part of another version was asked for', async () => {
    const tag = (await ask()).headers.ETag ?? ''
    expect((await ask({ range: 'bytes=0-7', ifRange: '"x"' })).status).toBe(200)
    expect((await ask({ range: 'bytes=0-7', ifRange: tag })).status).toBe(206)
  })

  it('has another tag than every other column', async () => {
    const tags = await Promise.all(series.columns.map(async ({ name }) => (await ask({ column: name })).headers.ETag))
    expect(new Set(tags).size).toBe(series.columns.length)
    expect(tags.length).toBeGreaterThan(4)
  })

  it.each(['..', '../../etc/passwd', 'close.f64', 'Close', '', '.', 'meta.json', 'close\0', '__proto__', '%2e%2e'])(
    'named %j is not there',
    async (column) => {
      const { status, file, sentence } = await ask({ column })
      expect([status, file]).toEqual([404, null])
      expect(sentence).toMatch(/no stored series has this hash and column/)
    },
  )

  it.each(['..', '.', '', '../frames', 'a/../b', '/etc', `${'0'.repeat(64)}`, '__proto__'])(
    'of a hash %j is not there',
    async (hash) => {
      const { status, headers, file } = await ask({ hash })
      expect([status, file, headers['Cache-Control']]).toEqual([404, null, 'no-store'])
    },
  )
})
