// Range requests (RFC 9110, section 14): one range of bytes of a file that never changes. Pure.

export interface ByteRange {
  /** First and last byte, both included. */
  readonly first: number
  readonly last: number
}

/**
 * Null: send the whole. 'none': no byte of the file is in the range (416). What is not one well-formed range of bytes is
 * ignored, as the RFC allows: the whole file is a right answer to every Range header.
 */
export const rangeOf = (header: string | null, bytes: number): ByteRange | 'none' | null => {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.trim() ?? '')
  if (match === null) return null
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return null
  if (from === '') {
    const count = Math.min(Number(to), bytes)
    return count === 0 ? 'none' : { first: bytes - count, last: bytes - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return null
  if (first >= bytes) return 'none'
  return { first, last: to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1) }
}
