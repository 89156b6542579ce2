// Logs of a start: a line of JSON each, a file for each process, rotated by size; the whole never grows beyond a bound.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createStream } from 'rotating-file-stream'

/** Of one process: this file and so many older ones. */
const size = '5M'
const older = 4

const levels = { info: 30, error: 50 }

/** Passwords in addresses and tokens are nobody's business, wherever they stand. */
export const redacted = (text) =>
  text.replaceAll(/(:\/\/[^\s:/@"]*):[^\s@"]+@/g, '$1:***@').replaceAll(/\bplm_(\w+?)_[\w-]{20,}/g, 'plm_$1_***')

const isEntry = (line) => {
  if (!line.startsWith('{')) return false
  try {
    return typeof JSON.parse(line).msg === 'string'
  } catch {
    return false
  }
}

/**
 * @typedef {object} Log
 * @property {(level: 'info' | 'error', msg: string, more?: object) => void} write
 * @property {(stream: import('node:stream').Readable, level: 'info' | 'error') => void} follow
 *   takes over what a child says: its entries as they are, other lines as messages
 * @property {string} path
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} stateDir
 * @param {string} name of the process
 * @returns {Log}
 */
export const openLog = (stateDir, name) => {
  const folder = join(stateDir, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = `${name}.log`
  const stream = createStream(file, { path: folder, size, rotate: older, mode: 0o600 })
  // A full disk stops the log, not what is logged.
  stream.on('error', () => {})
  const write = (level, msg, more = {}) => {
    const entry = { level: levels[level], time: Date.now(), process: name, ...more, msg }
    stream.write(`${redacted(JSON.stringify(entry))}\n`)
  }
  const follow = (source, level) => {
    createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      if (isEntry(line)) stream.write(`${redacted(line)}\n`)
      else if (line.trim() !== '') write(level, line)
    })
  }
  const close = () => new Promise((resolve) => stream.end(resolve))
  return { write, follow, path: join(folder, file), close }
}
