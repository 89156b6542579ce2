// Memory and state through their text: every number, empty place and typed array comes back bit for bit.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMemory, encodeMemory } from '../../../blocks/kit/codec'

const numbers = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 0), fc.integer())
const bytes = fc.oneof(
  fc.array(numbers, { maxLength: 5 }).map((list) => Float64Array.from(list)),
  fc.array(fc.integer(), { maxLength: 5 }).map((list) => Int32Array.from(list)),
  fc.array(fc.nat(), { maxLength: 5 }).map((list) => Uint32Array.from(list)),
  fc.array(fc.nat(255), { maxLength: 5 }).map((list) => Uint8Array.from(list)),
)
const leaf = fc.oneof(numbers, bytes, fc.boolean(), fc.constant(null), fc.string())
const { tree } = fc.letrec((tie) => ({
  inner: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('inner')), tie('tree')),
  tree: fc.dictionary(fc.stringMatching(/^[a-z_]{1,6}$/), tie('inner')),
}))

describe('the codec of memory', () => {
  it('gives any tree back bit for bit, and the same text of it', () => {
    fc.assert(
      fc.property(tree, (one) => {
        const text = encodeMemory(one as object)
        const back = decodeMemory(text)
        // toEqual tells -0 from 0, knows NaN and the kind of an array.
        expect(back).toEqual(one)
        expect(encodeMemory(back)).toBe(text)
      }),
    )
  })

  it('writes what it has always written', () => {
    const memory = {
      a: [1, Number.NaN, -0],
      b: { c: undefined, d: Infinity },
      e: Float64Array.of(1, -0),
      f: 'x',
      g: null,
    }
    expect(encodeMemory(memory)).toBe(
      '{"a":[1,{"$":"nan"},{"$":"-0"}],"b":{"d":{"$":"+inf"}},"e":{"$":"f64","hex":"000000000000f03f0000000000000080"},"f":"x","g":null}',
    )
  })

  it('changes nothing of what it writes', () => {
    const memory = { list: [Number.NaN, [-0]], record: { deep: { x: Infinity } }, bits: Uint32Array.of(7) }
    encodeMemory(memory)
    expect(memory).toEqual({ list: [Number.NaN, [-0]], record: { deep: { x: Infinity } }, bits: Uint32Array.of(7) })
  })

  it('refuses what it could not give back', () => {
    for (const alien of [() => 1, 1n, Symbol('x'), Float32Array.of(1), [undefined]])
      expect(() => encodeMemory({ deep: [{ alien }] })).toThrow('memory cannot hold')
  })
})
