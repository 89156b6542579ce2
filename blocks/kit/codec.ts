// One codec for kernel memory and simulation state: JSON text that keeps NaN, infinities, -0 and typed arrays bit for bit.

const arrays = { f64: Float64Array, i32: Int32Array, u32: Uint32Array, u8: Uint8Array } as const
type Name = keyof typeof arrays

const hexOf = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}
const bytesOf = (hex: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

const special = (x: number): string | null =>
  Number.isNaN(x) ? 'nan' : x === Infinity ? '+inf' : x === -Infinity ? '-inf' : Object.is(x, -0) ? '-0' : null
const specials: Readonly<Record<string, number>> = { nan: Number.NaN, '+inf': Infinity, '-inf': -Infinity, '-0': -0 }

/** What JSON can hold comes back as it is, not copied: most of a state is whole numbers and words. */
const pack = (x: unknown): unknown => {
  if (typeof x === 'number') {
    const name = special(x)
    return name === null ? x : { $: name }
  }
  if (x === null || typeof x === 'boolean' || typeof x === 'string') return x
  if (Array.isArray(x)) return packList(x)
  if (typeof x !== 'object') throw new Error(`memory cannot hold a ${typeof x}`)
  if (ArrayBuffer.isView(x)) return packBytes(x)
  return packRecord(x as Readonly<Record<string, unknown>>)
}

const packList = (list: readonly unknown[]): readonly unknown[] => {
  let packed: unknown[] | null = null
  for (let i = 0; i < list.length; i++) {
    const inner = pack(list[i])
    if (inner === list[i]) continue
    packed ??= list.slice()
    packed[i] = inner
  }
  return packed ?? list
}

/** Keys without a value are left out by JSON itself. */
const packRecord = (record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  let packed: Record<string, unknown> | null = null
  for (const key of Object.keys(record)) {
    if (record[key] === undefined) continue
    const inner = pack(record[key])
    if (inner === record[key]) continue
    packed ??= { ...record }
    packed[key] = inner
  }
  return packed ?? record
}

const packBytes = (x: ArrayBufferView): object => {
  for (const name of Object.keys(arrays) as Name[]) {
    if (x instanceof arrays[name]) return { $: name, hex: hexOf(new Uint8Array(x.buffer, x.byteOffset, x.byteLength)) }
  }
  throw new Error('memory cannot hold such an array')
}

/** In place: JSON has just made the tree, and nobody else holds it. */
const unpack = (x: unknown): unknown => {
  if (x === null || typeof x !== 'object') return x
  if (Array.isArray(x)) {
    for (let i = 0; i < x.length; i++) x[i] = unpack(x[i])
    return x
  }
  const tag = '$' in x ? x.$ : undefined
  if (typeof tag === 'string') {
    if (tag in specials) return specials[tag]
    if ('hex' in x && typeof x.hex === 'string') return new arrays[tag as Name](bytesOf(x.hex).buffer)
  }
  const record = x as Record<string, unknown>
  for (const key of Object.keys(record)) {
    const inner = record[key]
    if (typeof inner === 'object') record[key] = unpack(inner)
  }
  return record
}

/** Text of a plain tree of numbers, strings, booleans, arrays, objects and typed arrays. */
export const encodeMemory = (memory: object): string => JSON.stringify(pack(memory))
/** The tree back, bit for bit. The text must come from encodeMemory. */
export const decodeMemory = <M extends object>(text: string): M => unpack(JSON.parse(text)) as M
