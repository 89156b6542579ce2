// The JSON Schema holds what the language holds, for editors that know nothing else of it.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { examples, library, logicTypes } from '../../../../blocks/catalogue'
import { type JsonSchema, playJsonSchema } from '../../../../blocks/play/jsonSchema'
import { parseDocument } from '../../../../blocks/play/text/parse'
import type { DocumentTree } from '../../../../blocks/play/tree'
import { specDocuments } from '../../../fixtures/documents'

const schema = playJsonSchema()
// zod reads JSON Schema too: a reader of another make than the writer above.
const validator = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
const valid = (value: unknown): boolean => validator.safeParse(value).success
const read = (text: string): DocumentTree => {
  const { tree, problems } = parseDocument(text)
  if (tree === undefined) throw new Error(JSON.stringify(problems))
  return tree
}
const defs = schema.$defs as { node: { properties: Record<string, JsonSchema> } }
const change = (path: readonly (string | number)[], value: unknown): unknown => {
  const copy: Record<string | number, unknown> = { ...structuredClone(read(specDocuments.emaPullback)) }
  const last = path.at(-1) as string | number
  const parent = path
    .slice(0, -1)
    .reduce<Record<string | number, unknown>>((at, step) => at[step] as Record<string | number, unknown>, copy)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return copy
}

describe('JSON Schema', () => {
  it('takes the documents of the specification, the library and the examples', () => {
    expect(valid(read(specDocuments.emaPullback))).toBe(true)
    expect(valid(read(specDocuments.liquidityGrabBlock))).toBe(true)
    for (const [name, text] of [...Object.entries(library), ...Object.entries(examples)])
      expect([name, valid(read(text))]).toEqual([name, true])
  })

  it('refuses the types that are not there yet, and only for them', () => {
    const play = read(specDocuments.liquidityGrabReversal)
    expect(valid(play)).toBe(false)
    const known = new Set(logicTypes.map(({ type }) => type))
    const nodes = Object.entries(play.nodes).filter(([, node]) =>
      Object.keys(node).every((type) => known.has(type) || type.includes('/')),
    )
    expect(nodes.length).toBe(Object.keys(play.nodes).length - 5)
    expect(valid({ ...play, nodes: Object.fromEntries(nodes) })).toBe(true)
  })

  it.each<[string, readonly (string | number)[], unknown]>([
    ['another version', ['dsl'], 2],
    ['no risk', ['risk'], undefined],
    ['an unknown section', ['extra'], 1],
    ['a timeframe that is none', ['tf'], '7m'],
    ['a market that is none', ['markets', 'main'], 'BTC'],
    ['a size as a number', ['risk', 'size'], { risk: 0.01 }],
    ['a refused id', ['nodes', 'rest'], { bars: {} }],
    ['an id in capitals', ['nodes', 'Atr'], { bars: {} }],
    ['an unknown type', ['nodes', 'atr'], { attr: {} }],
    ['two types', ['nodes', 'atr'], { atr: { bars: 'price' }, ema: { of: 'price.close' } }],
    ['no type', ['nodes', 'atr'], {}],
    ['an unknown port', ['nodes', 'atr', 'atr', 'off'], 'price'],
    ['a port that is missing', ['nodes', 'atr', 'atr', 'bars'], undefined],
    ['a length out of bounds', ['nodes', 'atr', 'atr', 'length'], 501],
    ['a length that is not whole', ['nodes', 'atr', 'atr', 'length'], 1.5],
    ['a length with a wrong unit', ['nodes', 'atr', 'atr', 'length'], '5%'],
    ['a map where operands are listed', ['nodes', 'uptrend', 'above'], { a: 'ema_fast', b: 'ema_slow' }],
    ['one operand of two', ['nodes', 'uptrend', 'above'], ['ema_fast']],
    ['three operands of two', ['nodes', 'uptrend', 'above'], ['ema_fast', 'ema_slow', 'atr']],
    ['one of at least two', ['nodes', 'pullback', 'all'], ['uptrend']],
    ['a choice that is none', ['nodes', 'buy_pullback', 'entry'], { when: 'pullback', order: 'markt' }],
    ['a step without close', ['nodes', 'scale_out', 'ladder', 'steps'], [{ at: '1R' }]],
    ['a step in plain numbers', ['nodes', 'scale_out', 'ladder', 'steps'], [{ at: 1, close: '50%' }]],
    ['a flag as text', ['nodes', 'free_ride', 'break_even', 'cover_fees'], 'yes please'],
    ['a role that is no reference', ['long', 'entries'], [5]],
  ])('refuses %s', (_, path, value) => expect(valid(change(path, value))).toBe(false))

  it.each<[string, readonly (string | number)[], unknown]>([
    ['a parameter for a length', ['nodes', 'atr', 'atr', 'length'], '$fast'],
    ['a time for a length', ['nodes', 'atr', 'atr', 'length'], '5h'],
    ['bars for a length', ['nodes', 'atr', 'atr', 'length'], '20b'],
    ['a number beside a wire', ['nodes', 'uptrend', 'above'], ['ema_fast', 95]],
    ['a percentage at a stop', ['nodes', 'stop', 'stop'], { by: '1%' }],
    ['a basket', ['markets', 'main'], ['binance:BTCUSDT.P', 'binance:ETHUSDT.P']],
    ['a Block', ['nodes', 'grab'], { 'lib/liquidity_grab@2': { bars: 'price' } }],
    ['a switch', ['nodes', 'free_ride', 'break_even', 'cover_fees'], true],
    ['no short side', ['short'], 'none'],
  ])('takes %s', (_, path, value) => expect(valid(change(path, value))).toBe(true))

  it('knows every type of the catalogue, with its summary, ports, parameters, bounds and defaults', () => {
    for (const type of logicTypes) {
      const body = defs.node.properties[type.major === 1 ? type.type : `${type.type}@${type.major}`]
      expect(body?.description).toContain(type.summary)
      if (type.ordered) expect(body?.type).toBe('array')
      else
        expect(Object.keys(body?.properties as object)).toEqual([
          ...Object.keys(type.inputs),
          ...Object.keys(type.params),
        ])
    }
    expect(Object.keys(defs.node.properties)).toHaveLength(logicTypes.length)
    const rsi = defs.node.properties.rsi as { properties: { length: JsonSchema } }
    expect(rsi.properties.length).toMatchObject({
      default: 14,
      anyOf: [{ type: 'integer', minimum: 1, maximum: 500 }, { type: 'string' }],
    })
  })

  it('is plain JSON without dead references', () => {
    const text = JSON.stringify(schema)
    expect(JSON.parse(text)).toEqual(schema)
    const names = [...text.matchAll(/"\$ref":"#\/\$defs\/([^"]*)"/g)].map((match) => match[1])
    expect(names.length).toBeGreaterThan(4)
    for (const name of names) expect(Object.keys(schema.$defs as object)).toContain(name)
  })
})
