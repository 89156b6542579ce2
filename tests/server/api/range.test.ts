// Ranges of bytes: RFC 9110, and that no header reaches a byte outside of the file.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rangeOf } from '../../../server/api/range'

describe('a range of bytes', () => {
  it.each([
    ['bytes=0-0', 100, { first: 0, last: 0 }],
    ['bytes=10-19', 100, { first: 10, last: 19 }],
    ['bytes=90-', 100, { first: 90, last: 99 }],
    ['bytes=90-500', 100, { first: 90, last: 99 }],
    ['bytes=-8', 100, { first: 92, last: 99 }],
    ['bytes=-500', 100, { first: 0, last: 99 }],
    ['Bytes=99-99', 100, { first: 99, last: 99 }],
  ])('%s of %i bytes', (header, bytes, range) => {
    expect(rangeOf(header, bytes)).toEqual(range)
  })

  it.each([
    ['bytes=100-', 100],
    ['bytes=100-200', 100],
    ['bytes=-0', 100],
    ['bytes=0-', 0],
    ['bytes=-5', 0],
  ])('%s of %i bytes holds no byte', (header, bytes) => {
    expect(rangeOf(header, bytes)).toBe('none')
  })

  it.each([
    null,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=5-2',
    'bytes=0-1,5-6',
    'rows=0-1',
    'bytes=a-b',
    'bytes=1.5-2',
    'bytes=+1-2',
  ])('%j is no range: the whole is sent', (header) => {
    expect(rangeOf(header, 100)).toBeNull()
  })

  it('never leaves the file, whatever is asked', () => {
    const bound = fc.oneof(fc.constant(''), fc.nat().map(String), fc.bigInt({ min: 0n }).map(String))
    fc.assert(
      fc.property(bound, bound, fc.nat(5000), (from, to, bytes) => {
        const range = rangeOf(`bytes=${from}-${to}`, bytes)
        if (range === null || range === 'none') return
        expect(range.first).toBeGreaterThanOrEqual(0)
        expect(range.last).toBeGreaterThanOrEqual(range.first)
        expect(range.last).toBeLessThan(bytes)
      }),
    )
  })
})
