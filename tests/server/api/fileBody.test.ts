// A file as the body of an answer: exactly the bytes asked for, in many reads, and no fault when the reader goes away.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, open, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fileBody } from '../../../server/api/fileBody'

const folder = mkdtempSync(join(tmpdir(), 'playloom-body-'))
const path = join(folder, 'column.f64')
const bytes = Uint8Array.from({ length: 700_001 }, (_, i) => (i * 7) % 251)
writeFileSync(path, bytes)
/** A reader that stays to the end. */
const stays = new AbortController().signal
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const taken = async (first: number, last: number): Promise<Uint8Array> =>
  new Uint8Array(await new Response(fileBody(await open(path), { first, last }, stays)).arrayBuffer())

const isClosed = async (file: FileHandle): Promise<boolean> => {
  for (let i = 0; i < 50 && file.fd !== -1; i++) await new Promise((resolve) => setTimeout(resolve, 10))
  return file.fd === -1
}

describe('a file as a body', () => {
  it.each([
    [0, 700_000],
    [0, 0],
    [700_000, 700_000],
    [262_143, 262_144],
    [5, 524_292],
    [262_144, 524_287],
  ])('gives bytes %i to %i and no other', async (first, last) => {
    expect(Buffer.compare(await taken(first, last), bytes.slice(first, last + 1))).toBe(0)
  })

  it('closes the file when it was read to its end', async () => {
    const file = await open(path)
    await new Response(fileBody(file, { first: 0, last: 700_000 }, stays)).arrayBuffer()
    expect(await isClosed(file)).toBe(true)
  })

  it('closes the file when the reader goes away, at any moment, and lets nothing fall out', async () => {
    const faults: unknown[] = []
    const note = (error: unknown): void => void faults.push(error)
    process.on('unhandledRejection', note)
    process.on('uncaughtException', note)
    for (let i = 0; i < 40; i++) {
      const file = await open(path)
      const reader = fileBody(file, { first: 0, last: 700_000 }, stays).getReader()
      const reading = reader.read()
      if (i % 2 === 0) await reading
      else void reading.catch(() => undefined)
      if (i % 3 === 0) await new Promise((resolve) => setImmediate(resolve))
      await reader.cancel()
      expect(await isClosed(file)).toBe(true)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
    process.off('unhandledRejection', note)
    process.off('uncaughtException', note)
    expect(faults).toEqual([])
  })

  it('closes the file when the reader goes away before the first byte was taken', async () => {
    const [early, late] = [await open(path), await open(path)]
    const reader = new AbortController()
    fileBody(late, { first: 0, last: 700_000 }, reader.signal)
    reader.abort()
    fileBody(early, { first: 0, last: 700_000 }, reader.signal)
    expect([await isClosed(late), await isClosed(early)]).toEqual([true, true])
  })

  it('breaks off when the file became shorter: half a column never looks whole', async () => {
    const other = join(folder, 'cut.f64')
    writeFileSync(other, bytes)
    const file = await open(other)
    await truncate(other, 300_000)
    await expect(new Response(fileBody(file, { first: 0, last: 700_000 }, stays)).arrayBuffer()).rejects.toThrow()
    expect(await isClosed(file)).toBe(true)
  })
})
