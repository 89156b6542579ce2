// Bodies of requests: read whole, never more than a limit, whatever their header claims.

/** A document has at most 128 KiB (blocks/play/text/guard); a batch of calls may hold several, with their settings. */
export const maxBodyBytes = 1024 * 1024

/** The body, or null when it is larger than the limit: then nothing of it is used. */
export const readBody = async (request: Request, limit = maxBodyBytes): Promise<Uint8Array<ArrayBuffer> | null> => {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null
  if (request.body === null) return new Uint8Array(0)
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.byteLength
    if (length > limit) {
      await reader.cancel()
      return null
    }
    chunks.push(value)
  }
  const body = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.byteLength
  }
  return body
}
