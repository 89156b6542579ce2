// Bodies of requests: whole or refused, and never more in memory than the limit.
import { describe, expect, it } from 'vitest'
import { readBody } from '../../../server/api/body'

const ofChunks = (sizes: readonly number[], seen: { pulled: number }, headers = {}): Request => {
  const chunks = sizes.map((size, i) => new Uint8Array(size).fill(i + 1))
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const chunk = chunks.shift()
        if (chunk === undefined) controller.close()
        else {
          seen.pulled += 1
          controller.enqueue(chunk)
        }
      },
    },
    { highWaterMark: 0 },
  )
  // Node asks for `duplex` with a streamed body; the types of the DOM do not know it.
  return new Request('http://a/', { method: 'POST', headers, body, ...{ duplex: 'half' } })
}

describe('a body', () => {
  it('is put together from its pieces in order', async () => {
    const body = await readBody(ofChunks([2, 0, 3, 1], { pulled: 0 }), 6)
    expect(body === null ? null : [...body]).toEqual([1, 1, 3, 3, 3, 4])
    expect(await readBody(new Request('http://a/', { method: 'POST' }), 5)).toHaveLength(0)
  })

  it('is refused one byte beyond the limit, and not read on', async () => {
    const seen = { pulled: 0 }
    expect(await readBody(ofChunks([3, 3, 3, 3, 3], seen), 5)).toBeNull()
    expect(seen.pulled).toBe(2)
  })

  it('is refused by its header before a byte is read', async () => {
    const seen = { pulled: 0 }
    expect(await readBody(ofChunks([1], seen, { 'content-length': '6' }), 5)).toBeNull()
    expect(seen.pulled).toBe(0)
  })
})
