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

const pack = (x: unknown): unknown => {
  if (typeof x === 'number') {
    const name = special(x)
    return name === null ? x : { $: name }
  }
  if (x === null || typeof x === 'boolean' || typeof x === 'string') return x
  if (Array.isArray(x)) return x.map(pack)
  if (typeof x !== 'object') throw new Error(`memory cannot hold a ${typeof x}`)
  for (const name of Object.keys(arrays) as Name[]) {
    if (x instanceof arrays[name]) return { $: name, hex: hexOf(new Uint8Array(x.buffer, x.byteOffset, x.byteLength)) }
  }
  return Object.fromEntries(
    Object.entries(x)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, pack(inner)]),
  )
}

const unpack = (x: unknown): unknown => {
  if (Array.isArray(x)) return x.map(unpack)
  if (x === null || typeof x !== 'object') return x
  const tag = '$' in x ? x.$ : undefined
  if (typeof tag === 'string') {
    if (tag in specials) return specials[tag]
    if ('hex' in x && typeof x.hex === 'string') return new arrays[tag as Name](bytesOf(x.hex).buffer)
  }
  return Object.fromEntries(Object.entries(x).map(([key, inner]) => [key, unpack(inner)]))
}

/** Text of a plain tree of numbers, strings, booleans, arrays, objects and typed arrays. */
export const encodeMemory = (memory: object): string => JSON.stringify(pack(memory))
/** The tree back, bit for bit. The text must come from encodeMemory. */
export const decodeMemory = <M extends object>(text: string): M => unpack(JSON.parse(text)) as M
