// Column files on disk: what was kept comes back, and what is not whole is never handed out.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFrameStore } from '../../../server/io/bars/frameStore'
import { columnsFor } from '../../fixtures/data/frameColumns'
import { temporaryFolder } from '../../fixtures/data/workshop'

const hash = 'a'.repeat(64)
const other = 'b'.repeat(64)
const rows = 1000
const columns = columnsFor(rows)

const opened = () => {
  const dataDir = temporaryFolder()
  const root = join(dataDir, 'frames')
  return { dataDir, root, folder: join(root, hash), frames: createFrameStore({ dataDir }) }
}
const kept = async () => {
  const made = opened()
  await made.frames.keep(hash, columns)
  return made
}

describe('what is kept', () => {
  it('comes back bit for bit, as little-endian files named like their columns', async () => {
    const { frames, folder } = await kept()
    expect(await frames.read(hash)).toEqual(columns)
    const files = await frames.files(hash)
    expect(files?.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['stampMs', 8000],
      ['rate', 8000],
      ['intervalMs', 8000],
    ])
    for (const { path, sha256, name } of files ?? []) {
      const bytes = readFileSync(path)
      expect(path).toBe(join(folder, `${name}.f64`))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
      expect(bytes.readDoubleLE(8 * 7)).toBe(columns[name as 'rate'][7])
    }
  })

  it('each reading has arrays of its own', async () => {
    const { frames } = await kept()
    const [a, b] = [await frames.read(hash), await frames.read(hash)]
    a?.rate?.fill(0)
    expect(b).toEqual(columns)
  })

  it('no row at all is kept like any other', async () => {
    const { frames } = opened()
    await frames.keep(hash, columnsFor(0))
    expect(await frames.read(hash)).toEqual(columnsFor(0))
  })

  it('is counted in bytes', async () => {
    const { frames, folder } = opened()
    expect(await frames.heldBytes()).toBe(0)
    await frames.keep(hash, columns)
    expect(await frames.heldBytes()).toBe(24_000 + statSync(join(folder, 'meta.json')).size)
  })

  it('is removed when no series has it; litter of the dead goes, that of the living stays', async () => {
    const { frames, root } = await kept()
    await frames.keep(other, columns)
    // The largest pid that Linux gives is 2^22.
    for (const pid of [99_999_999, process.pid]) mkdirSync(join(root, `${hash}.tmp-${pid}-0`))
    await frames.prune(new Set([other]))
    expect(readdirSync(root).sort()).toEqual([`${hash}.tmp-${process.pid}-0`, other])
    expect([await frames.read(hash), await frames.files(hash)]).toEqual([null, null])
    expect(await frames.read(other)).toEqual(columns)
  })

  it('a hash from outside is never a path', async () => {
    const { frames, root } = await kept()
    renameSync(join(root, hash), join(root, 'x'))
    for (const name of ['x', '../frames/x', `${hash}/../x`, '', '.', hash.toUpperCase()])
      expect([await frames.read(name), await frames.files(name)]).toEqual([null, null])
  })
})

/** Damage to a whole frame: what a crash, a bad disk or a hand may leave. */
const damages: [string, (folder: string) => void][] = [
  ['a file cut short', (folder) => truncateSync(join(folder, 'rate.f64'), 7992)],
  ['a file cut to nothing', (folder) => truncateSync(join(folder, 'rate.f64'), 0)],
  ['a file too long', (folder) => writeFileSync(join(folder, 'rate.f64'), Buffer.alloc(8), { flag: 'a' })],
  ['a file that is gone', (folder) => rmSync(join(folder, 'intervalMs.f64'))],
  [
    'a file of zeros, as a crash of the machine leaves it',
    (folder) => writeFileSync(join(folder, 'stampMs.f64'), Buffer.alloc(8000)),
  ],
  [
    'one bit flipped, with the time of the file as it was',
    (folder) => {
      const path = join(folder, 'rate.f64')
      const { atime, mtime } = statSync(path)
      const bytes = readFileSync(path)
      bytes[4321] = (bytes[4321] ?? 0) ^ 1
      writeFileSync(path, bytes)
      utimesSync(path, atime, mtime)
    },
  ],
  [
    'two columns exchanged',
    (folder) => {
      renameSync(join(folder, 'rate.f64'), join(folder, 'x'))
      renameSync(join(folder, 'intervalMs.f64'), join(folder, 'rate.f64'))
      renameSync(join(folder, 'x'), join(folder, 'intervalMs.f64'))
    },
  ],
  ['no description', (folder) => rmSync(join(folder, 'meta.json'))],
  ['half a description', (folder) => truncateSync(join(folder, 'meta.json'), 100)],
  ['another description', (folder) => writeFileSync(join(folder, 'meta.json'), '{"format":1}')],
  [
    'a description of another format',
    (folder) => {
      const path = join(folder, 'meta.json')
      writeFileSync(path, readFileSync(path, 'utf8').replace('"format":1', '"format":2'))
    },
  ],
  [
    'a description of other rows',
    (folder) => {
      const path = join(folder, 'meta.json')
      writeFileSync(path, readFileSync(path, 'utf8').replace('"rows":1000', '"rows":999'))
    },
  ],
  [
    'the folder of another hash',
    (folder) => {
      const path = join(folder, 'meta.json')
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll(hash, other))
    },
  ],
  ['an empty folder', (folder) => readdirSync(folder).map((name) => rmSync(join(folder, name)))],
  [
    'a file in place of the folder',
    (folder) => {
      rmSync(folder, { recursive: true })
      writeFileSync(folder, 'x')
    },
  ],
]

describe('what is not whole', () => {
  it.each(damages)('%s: not kept, and made again by the next writer', async (_, damage) => {
    const { frames, folder, root } = await kept()
    // Looked at before: what was seen whole once is not believed for ever.
    expect(await frames.files(hash)).not.toBeNull()
    damage(folder)
    expect(await frames.read(hash)).toBeNull()
    expect(await frames.files(hash)).toBeNull()
    await frames.keep(hash, columns)
    expect(await frames.read(hash)).toEqual(columns)
    expect(await frames.files(hash)).not.toBeNull()
    expect(readdirSync(root)).toEqual([hash])
  })

  it('a file changed in place is looked at again, even when its time is set back', async () => {
    const { frames, folder } = await kept()
    const path = join(folder, 'rate.f64')
    utimesSync(path, 1_700_000_000, 1_700_000_000)
    expect(await frames.files(hash)).not.toBeNull()
    const bytes = readFileSync(path)
    bytes[8] = (bytes[8] ?? 0) ^ 1
    writeFileSync(path, bytes)
    utimesSync(path, 1_700_000_000, 1_700_000_000)
    expect(statSync(path).mtimeMs).toBe(1_700_000_000_000)
    expect(await frames.files(hash)).toBeNull()
  })

  it('a whole frame of another writer stands', async () => {
    const { frames, folder } = await kept()
    const { ino } = statSync(folder)
    await frames.keep(hash, columns)
    expect(statSync(folder).ino).toBe(ino)
  })

  it('columns that do not belong together are not kept, and leave nothing', async () => {
    const { frames, root } = opened()
    await expect(frames.keep(hash, { ...columns, rate: columns.rate.subarray(1) })).rejects.toThrow('differ in length')
    expect(readdirSync(root)).toEqual([])
  })

  it('where nothing can be written it says so, and leaves nothing', async () => {
    const { frames, root, dataDir } = opened()
    writeFileSync(root, 'in the way')
    await expect(frames.keep(hash, columns)).rejects.toMatchObject({ code: 'write_failed' })
    expect([await frames.read(hash), readdirSync(dataDir)]).toEqual([null, ['frames']])
    rmSync(root)
    expect(existsSync(root)).toBe(false)
    expect(await frames.read(hash)).toBeNull()
  })
})
