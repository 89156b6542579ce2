// Files of market data as one body: a line of JSON that names them and says what is known of them, their bytes one after
// the other, and a last line. Whoever is cut off on the way has not sent that one.
import { z } from 'zod'
import { Failure } from '../core/failure'

const word = z.string().max(200).optional()

/** What is known of the files beside their bytes: the options of `playloom data import`, judged by its use-case. */
const optionsSchema = z.strictObject({
  instrument: word,
  kind: word,
  tf: word,
  layout: z.literal('ohlcv').optional(),
  column: word,
  name: word,
  source: word,
  unit: word,
  delay: word,
  maxAge: word,
  skipBad: z.boolean().optional(),
})

export const parcelSchema = z.strictObject({
  files: z
    .array(z.strictObject({ path: z.string().min(1).max(4000), bytes: z.int().min(0) }))
    .min(1)
    .max(5000),
  options: optionsSchema,
})
export type Parcel = z.output<typeof parcelSchema>

const newline = 10
/** Of the first line: all of the files that there may be, with long names. */
const mostHeadBytes = 1024 * 1024
const lastLine = 'end'

export const parcelHead = (parcel: Parcel): string => `${JSON.stringify(parcel)}\n`
export const parcelEnd = `${lastLine}\n`

const cut = (what: string): Failure => new Failure('file_truncated', what, { hint: 'send the files again' })

/** Reads a body piece by piece; nothing is held but the piece that was begun. */
export class ParcelReader {
  private piece = new Uint8Array(0)
  private readonly pieces: AsyncIterator<Uint8Array>

  constructor(body: AsyncIterable<Uint8Array>) {
    this.pieces = body[Symbol.asyncIterator]()
  }

  /** False: nothing more comes. */
  private async more(): Promise<boolean> {
    while (this.piece.length === 0) {
      const { done, value } = await this.pieces.next().catch((cause: unknown) => {
        throw new Failure('cancelled', 'whoever sent these files hung up', { cause })
      })
      if (done === true) return false
      this.piece = new Uint8Array(value)
    }
    return true
  }

  private taken(bytes: number): Uint8Array {
    const part = this.piece.subarray(0, bytes)
    this.piece = this.piece.subarray(bytes)
    return part
  }

  private async line(most: number): Promise<string> {
    const parts: Uint8Array[] = []
    for (let bytes = 0; ; ) {
      if (!(await this.more())) throw cut('the parcel broke off')
      const at = this.piece.indexOf(newline)
      const part = this.taken(at < 0 ? this.piece.length : at + 1)
      bytes += part.length
      if (bytes > most) throw new Failure('layout_unknown', 'this is no parcel of files')
      parts.push(part)
      if (at >= 0) return Buffer.concat(parts).toString('utf8')
    }
  }

  /** Throws ZodError for one that is not understood. */
  async head(): Promise<Parcel> {
    const text = await this.line(mostHeadBytes)
    const json = z.string().transform((line, context): unknown => {
      try {
        return JSON.parse(line)
      } catch {
        context.addIssue({ code: 'custom', message: 'the first line is not JSON' })
        return z.NEVER
      }
    })
    return json.pipe(parcelSchema).parse(text)
  }

  /** The next bytes; fewer where nothing more comes. */
  async *bytes(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0 && (await this.more()); ) {
      const part = this.taken(left)
      left -= part.length
      yield part
    }
  }

  /** Throws unless all came, and nothing else. */
  async end(): Promise<void> {
    const line = await this.line(mostHeadBytes)
    if (line !== parcelEnd || (await this.more())) throw cut('the parcel holds something else than it names')
  }
  /** Takes what still comes and forgets it: who is answered while he sends might not hear it. */
  async drain(): Promise<void> {
    this.piece = new Uint8Array(0)
    while (await this.more().catch(() => false)) this.piece = new Uint8Array(0)
  }
}
