// SHA-256 and canonical JSON (RFC 8785): the only way in which this program names content.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'

/** RFC 8785 text: keys sorted, no spaces. Throws on a value that JSON cannot hold. */
export const canonicalJson = (value: unknown): string => {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('nothing to write as JSON')
  return text
}

/** Bare lower-case hex of the bytes, or of the text as UTF-8. */
export const sha256Hex = (content: string | Uint8Array): string =>
  bytesToHex(sha256(typeof content === 'string' ? utf8ToBytes(content) : content))

/** Hash of a value's canonical JSON. */
export const hashOf = (value: unknown): string => sha256Hex(canonicalJson(value))

/** An incremental hash for long content. */
export const hasher = () => {
  const state = sha256.create()
  return {
    text: (text: string): void => {
      state.update(utf8ToBytes(text))
    },
    bytes: (bytes: Uint8Array): void => {
      state.update(bytes)
    },
    hex: (): string => bytesToHex(state.digest()),
  }
}
