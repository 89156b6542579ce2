// What the engine takes from the browser: column files over HTTP, and SHA-256.
import { sha256Hex } from '../../blocks/kit/hash'
import type { ColumnPorts } from './columns'
import { Told } from './wire'

const refused = async (response: Response): Promise<Told> => {
  const said = (await response.text().catch(() => '')).trim().slice(0, 300)
  const words = said === '' ? `The server answered ${response.status} where bars were asked for.` : said
  return new Told(words)
}

/** Column files of the server at `origin`. They never change, so the browser's cache serves them for ever. */
export const columnSource =
  (origin: string): ColumnPorts['fetchColumn'] =>
  async (hash, column, { signal, fresh, onBytes }) => {
    const url = `${origin}/frames/${encodeURIComponent(hash)}/${encodeURIComponent(column)}`
    const response = await fetch(url, { signal, cache: fresh ? 'reload' : 'default' }).catch((error: unknown) => {
      if (signal.aborted) throw error
      throw new Told('The server does not answer. Start it with `npm start`, then try again.')
    })
    if (!response.ok || response.body === null) throw await refused(response)
    const parts: Uint8Array[] = []
    let length = 0
    const reader = response.body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      parts.push(value)
      length += value.byteLength
      onBytes(value.byteLength)
    }
    const whole = new Uint8Array(length)
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.byteLength
    }
    return whole.buffer
  }

const hexOf = (digest: ArrayBuffer): string =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** The browser's own where there is one: on plain http it has one for this machine's address alone. */
export const sha256: ColumnPorts['sha256'] = async (bytes) =>
  globalThis.crypto?.subtle === undefined ? sha256Hex(bytes) : hexOf(await crypto.subtle.digest('SHA-256', bytes))
