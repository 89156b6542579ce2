// The file of a backup: a zip whose entries are written and read as streams, named in its last entry with their hashes.
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { Unzip, UnzipInflate, UnzipPassThrough, Zip, ZipDeflate } from 'fflate'

/** Zips of this kind end at 4 GiB. */
const mostBytes = 3.9 * 1024 ** 3
export const listName = 'backup.json'

/** @typedef {{ name: string, sha256: string, bytes: number, rows?: number }} Entry */

export class Archive {
  /** @type {Entry[]} */
  entries = []
  written = 0

  constructor(path) {
    this.path = path
    this.part = `${path}.${process.pid}.part`
    this.file = openSync(this.part, 'w', 0o600)
    this.zip = new Zip((error, chunk) => {
      if (error) throw error
      this.written += chunk.length
      writeSync(this.file, chunk)
    })
  }

  /**
   * @param {string} name
   * @param {AsyncIterable<Uint8Array> | Iterable<Uint8Array>} chunks
   * @param {() => object} [more] of its line in the list, when it is whole
   */
  async add(name, chunks, more = () => ({})) {
    const entry = new ZipDeflate(name, { level: 6 })
    this.zip.add(entry)
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      entry.push(chunk)
      if (this.written > mostBytes)
        throw new Error('This backup would be larger than 4 GB: leave --with-data out and copy the data folder itself.')
    }
    entry.push(new Uint8Array(0), true)
    this.entries.push({ name, sha256: hash.digest('hex'), bytes, ...more() })
  }

  /** @param {object} facts beside the list of entries */
  async close(facts) {
    const list = Buffer.from(JSON.stringify({ ...facts, entries: this.entries }, null, 1))
    await this.add(listName, [list])
    this.zip.end()
    fsyncSync(this.file)
    closeSync(this.file)
    renameSync(this.part, this.path)
  }

  abandon() {
    try {
      closeSync(this.file)
    } catch {
      // It was closed.
    }
    rmSync(this.part, { force: true })
  }
}

/**
 * Reads a zip from its beginning to its end. `open` is asked about each entry and gives what takes its chunks, or null.
 * @param {string} path
 * @param {(name: string) => ((chunk: Uint8Array, last: boolean) => void) | null} open
 * @param {() => Promise<void>} [rest] awaited between pieces: the time to work on what has come
 */
export const readArchive = async (path, open, rest = async () => {}) => {
  const unzip = new Unzip((entry) => {
    const take = open(entry.name)
    if (take === null) return
    entry.ondata = (error, chunk, last) => {
      if (error) throw error
      take(chunk, last)
    }
    entry.start()
  })
  unzip.register(UnzipInflate)
  unzip.register(UnzipPassThrough)
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    unzip.push(chunk)
    await rest()
  }
  unzip.push(new Uint8Array(0), true)
  await rest()
}

const damaged = (path, why) => new Error(`${path} is no whole backup of Playloom: ${why}. Nothing was changed.`)

/**
 * Reads every byte and gives what the backup says of itself. Throws with a sentence when it is not whole.
 * @param {string} path
 */
export const checkArchive = async (path) => {
  const found = new Map()
  const list = []
  const open = (name) => {
    const hash = createHash('sha256')
    return (chunk, last) => {
      hash.update(chunk)
      if (name === listName) list.push(Buffer.from(chunk))
      if (last) found.set(name, hash.digest('hex'))
    }
  }
  try {
    await readArchive(path, open)
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error(`There is no file ${path}.`)
    throw damaged(path, error.message)
  }
  if (!found.has(listName)) throw damaged(path, 'its end is missing')
  const facts = JSON.parse(Buffer.concat(list).toString('utf8'))
  if (facts.format !== 'playloom-backup' || facts.version !== 1)
    throw damaged(path, `it is of format ${facts.format} ${facts.version}, made by a newer Playloom`)
  for (const { name, sha256 } of facts.entries)
    if (found.get(name) !== sha256) throw damaged(path, `${name} is not as it was written`)
  const named = new Set([listName, ...facts.entries.map(({ name }) => name)])
  for (const name of found.keys())
    if (!named.has(name)) throw damaged(path, `its list does not name ${name}, which it holds`)
  return facts
}
