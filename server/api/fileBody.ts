// Bytes of an open file as the body of an answer, read as they are taken. A reader that goes away ends it quietly.

import type { OutboxFile } from '../run/ports'

/** What is used of an open file. */
export type OpenFile = Pick<OutboxFile, 'read' | 'close'>

/** Bytes read at once. */
const chunk = 256 * 1024

/** Bytes [first, last] of a file; closes it at the end, at a fault, when nobody reads on and when `left` says so. */
export const fileBody = (
  file: OpenFile,
  range: { first: number; last: number },
  left: AbortSignal,
): ReadableStream<Uint8Array> => {
  let at = range.first
  let gone = false
  const leave = async (): Promise<void> => {
    gone = true
    await file.close()
  }
  // Of a reader that goes before its first byte the stream is never told.
  if (left.aborted) void leave()
  else left.addEventListener('abort', () => void leave(), { once: true })
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { bytesRead, buffer } = await file.read(
          new Uint8Array(Math.min(chunk, range.last + 1 - at)),
          0,
          undefined,
          at,
        )
        if (gone) return
        // Half a column under a whole one's length would pass for the column.
        if (bytesRead === 0) throw new Error('the file is shorter than it was')
        at += bytesRead
        controller.enqueue(buffer.subarray(0, bytesRead))
        if (at <= range.last) return
        controller.close()
        await file.close()
      } catch (error) {
        if (gone) return
        await file.close().catch(() => undefined)
        throw error
      }
    },
    cancel: leave,
  })
}
