// Every problem of text and form: raised by a document, at its line, and cured by its fixes.
import { describe, expect, it } from 'vitest'
import { applyFix } from '../../../../blocks/play/edit'
import { checkStructure } from '../../../../blocks/play/structure'
import { textCodes } from '../../../../blocks/play/text/codes'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { specDocuments } from '../../../fixtures/documents'

const lines = [
  'dsl: 1', // 1
  'play: x', // 2
  'markets: { main: binance:BTCUSDT.P }', // 3
  'tf: 15m', // 4
  'params:', // 5
  '  fast: { value: 21, min: 5, max: 50, step: 1 }', // 6
  'nodes:', // 7
  '  price: { bars: {} }', // 8
  '  ema_fast: { ema: { of: price.close, length: $fast } }', // 9
  '  up: { above: [price.close, ema_fast] }', // 10
  '  go: { entry: { when: up } }', // 11
  '  stop: { stop: { by: 1% } }', // 12
  'long: { entries: [go], exits: [stop] }', // 13
  'short: none', // 14
  'risk: { size: { risk: 1% } }', // 15
]
const valid = lines.join('\n')
const nested = (depth: number): string => `${'[a, '.repeat(depth)}b${']'.repeat(depth)}`

/** The code, the text that it replaces in the valid document, the new text, the line, and the node where there is one. */
type Row = readonly [code: keyof typeof textCodes, from: string, to: string, line: number | undefined, node?: string]
const rows: readonly Row[] = [
  ['too_long', 'short: none', `short: none\n# ${'x'.repeat(128 * 1024)}`, 1],
  ['too_long', 'short: none', `short: none\n# ${'é'.repeat(65 * 1024)}`, 1],
  ['empty', valid, '', 1],
  ['empty', valid, '# only a comment\n', 1],
  ['empty', valid, '---\n', 1],
  ['bad_character', 'play: x', 'play: x\u0000', 2],
  ['bad_character', 'play: x', 'play: x # \u0007', 2],
  ['bad_character', 'play: x', 'play: x\ntitle: \ud83d', 3],
  ['bad_character', 'play: x', 'play: x\rtitle: y', 2],
  ['tab', '  price', '\tprice', 8],
  ['tab', 'play: x', 'play:\tx', 2],
  ['bad_yaml', 'play: x', 'play: [x', 2],
  ['bad_yaml', '  price', ' price', 9],
  ['bad_yaml', 'play: x', 'play: x\ntitle: "no end', 3],
  ['directive', 'dsl: 1', '%YAML 1.2\n---\ndsl: 1', 1],
  ['many_documents', 'short: none', 'short: none\n---\na: b', 15],
  ['too_deep', 'price.close, ema_fast', nested(40), 10],
  ['anchor', 'ema: {', 'ema: &e {', 9],
  ['alias', '[go]', '[*go]', 13],
  ['tag', 'value: 21', 'value: !!int 21', 6],
  ['tag', 'value: 21', 'value: !danger 21', 6],
  ['merge_key', '  up:', '  <<: { bars: {} }\n  up:', 10, '<<'],
  ['explicit_key', 'play: x', '? play\n: x', 2],
  ['single_quotes', 'play: x', "play: x\ntitle: 'y'", 3],
  ['block_text', 'play: x', 'play: x\ntitle: |\n  y', 3],
  ['block_text', 'play: x', 'play: x\ntitle: >-\n  y', 3],
  ['duplicate_key', '  up:', '  price: { bars: {} }\n  up:', 10, 'price'],
  ['duplicate_key', 'play: x', 'play: x\nplay: y', 3],
  ['duplicate_key', '{ value: 21,', '{ value: 21, "value": 22,', 6],
  ['key_form', 'play: x', 'play: x\n[a]: b', 3],
  ['key_form', 'play: x', 'play: x\n: b', 3],
  ['key_form', '{ risk: 1% }', '{ { a: b }: 1% }', 15],
  ['hostile_name', '  up:', '  __proto__: { bars: {} }\n  up:', 10, '__proto__'],
  ['hostile_name', '  up:', '  constructor: { bars: {} }\n  up:', 10, 'constructor'],
  ['hostile_name', '{ ema: {', '{ ema: { prototype: 1, ', 9, 'ema_fast'],
  ['hostile_name', 'play: x', 'play: x\n"\\u005f_proto__": { a: 1 }', 3],
  ['quoted_value', 'value: 21', 'value: "21"', 6],
  ['quoted_value', '[go]', '["go"]', 13],
  ['quoted_value', 'play: x', 'play: "x"', 2],
  ['quoted_value', 'risk: 1%', 'risk: "1%"', 15],
  ['number_form', 'value: 21', 'value: 2.1e1', 6],
  ['number_form', 'value: 21', 'value: 0x15', 6],
  ['number_form', 'value: 21', 'value: 0o25', 6],
  ['number_form', 'value: 21', 'value: +21', 6],
  ['number_form', 'value: 21', 'value: .21', 6],
  ['number_form', 'value: 21', 'value: 21.', 6],
  ['number_form', 'value: 21', 'value: 1_000', 6],
  ['number_form', 'value: 21', 'value: .inf', 6],
  ['number_form', 'value: 21', 'value: .NaN', 6],
  ['number_form', 'value: 21', 'value: True', 6],
  ['number_form', 'value: 21', `value: ${'9'.repeat(400)}`, 6],
  ['literal_form', 'by: 1%', 'by: +1%', 12, 'stop'],
  ['literal_form', 'by: 1%', 'by: 1.5h', 12, 'stop'],
  ['literal_form', 'risk: 1%', 'risk: .5%', 15],
  ['literal_form', 'tf: 15m', 'tf: 60m', 4],
  ['no_value', 'bars: {}', 'bars:', 8, 'price'],
  ['no_value', 'value: 21', 'value:', 6],
  ['no_value', 'value: 21', 'value: ~', 6],
  ['no_value', 'value: 21', 'value: null', 6],
  ['no_value', '  price: { bars: {} }', '  price:', 8, 'price'],
  ['not_a_document', valid, 'just words', 1],
  ['not_a_document', valid, '- a\n- b', 1],
  ['not_a_document', valid, 'dsl: 1\nname: x', 1],
  ['unknown_key', 'play: x', 'play: x\ntitel: y', 3],
  ['unknown_key', 'step: 1', 'stp: 1', 6],
  ['unknown_key', 'exits: [stop]', 'exits: [stop], invalidation: []', 13],
  ['unknown_key', 'risk: { size', 'risk: { levrage: { max: 5 }, size', 15],
  ['missing_key', 'short: none\n', '', 1],
  ['missing_key', 'dsl: 1\n', '', 1],
  ['missing_key', 'value: 21, ', '', 6],
  ['missing_key', ', exits: [stop]', '', 13],
  ['bad_name', '  up:', '  rest: { bars: {} }\n  up:', 10, 'rest'],
  ['bad_name', '  up:', '  Up: { bars: {} }\n  up:', 10, 'Up'],
  ['bad_name', '  up:', `  ${'u'.repeat(41)}: { bars: {} }\n  up:`, 10, 'u'.repeat(41)],
  ['bad_name', '{ bars: {} }', '{ Bars: {} }', 8, 'price'],
  ['bad_value', 'dsl: 1', 'dsl: 2', 1],
  ['bad_value', 'play: x', 'play: Xx', 2],
  ['bad_value', 'tf: 15m', 'tf: 7m', 4],
  ['bad_value', 'short: none', 'short: non', 14],
  ['bad_value', 'main: binance:BTCUSDT.P', 'main: BTCUSDT', 3],
  ['bad_value', 'risk: 1%', 'risk: 1', 15],
  ['bad_value', 'risk: 1%', 'risk: 1R', 15],
  ['bad_value', '{ bars: {} }', '{ bars: {}, ema: {} }', 8, 'price'],
  ['bad_value', '{ bars: {} }', '5', 8, 'price'],
  ['bad_name', 'length: $fast', 'length: { toString: 1 }', 9, 'ema_fast'],
  ['bad_value', 'play: x', 'play: x\ntitle: { length: { toString: 1 } }', 3],
  ['bad_value', 'play: x', 'play: x\ntitle: ""', 3],
  ['bad_value', '[price.close, ema_fast]', '[]', 10, 'up'],
  ['bad_value', 'of: price.close', 'of: price.close.high', 9, 'ema_fast'],
  ['bad_value', 'of: price.close', 'of: a.constructor', 9, 'ema_fast'],
  ['bad_value', 'of: price.close', 'of: toString', 9, 'ema_fast'],
  ['bad_value', 'of: price.close', 'of: price.close * 2', 9, 'ema_fast'],
  ['bad_value', 'play: x', 'play: x\ntitle: [a]', 3],
  ['bad_value', 'play: x', 'play: x\ntitle: "a\\u0000b"', 3],
  ['bad_value', 'play: x', 'play: x\ntitle: "a\\ud800b"', 3],
  ['bad_value', 'play: x', 'play: x\nconstraints:\n  - { more: [$fast, $fast] }', 4],
  ['bad_value', 'play: x', 'play: x\nconstraints:\n  - less: [$fast]', 4],
  ['bad_value', 'play: x', 'play: x\npins: { lib/a@1: abc }', 3],
  ['bad_name', 'play: x', `play: x\npins: { ema@1: sha256:${'0'.repeat(64)} }`, 3],
  [
    'name_taken',
    'play: x',
    'play: x\nblocks: { b: { role: filter, inputs: { a: { type: price } }, nodes: { a: { bars: {} } }, outputs: {} } }',
    3,
    'here/b/a',
  ],
  ['nested_node', '[price.close, ema_fast]', '[price.close, { ema: { of: price.close } }]', 10, 'up'],
]

describe('problems of text and form', () => {
  it('the valid document has none', () => expect(parseDocument(valid).problems).toEqual([]))

  it.each(rows.map((row, i) => [i, row[0], row] as const))('%i: %s', (_, code, [, from, to, line, node]) => {
    expect(valid).toContain(from)
    const { tree, problems } = parseDocument(
      valid.replace(from, () => to),
      'x.yaml',
    )
    expect(tree).toBeUndefined()
    const problem = problems.find((one) => one.code === code)
    expect(problems.map((one) => one.code)).toContain(code)
    expect(problem?.where.line).toBe(line)
    expect(problem?.where.node).toBe(node)
    expect(problem?.where.file).toBe('x.yaml')
    expect(problem?.message).not.toMatch(/Invalid|expected|undefined|\[object/)
  })

  it('every code of the table is raised above or below', () => {
    const here = new Set([...rows.map(([code]) => code), 'more_problems', 'not_there'])
    expect([...here].sort()).toEqual(Object.keys(textCodes).sort())
  })

  it('each fix cures its problem', () => {
    let cured = 0
    for (const [code, from, to] of rows) {
      const { draft, problems } = parseDocument(valid.replace(from, () => to))
      for (const problem of problems.filter((one) => one.code === code)) {
        for (const fix of problem.fixes) {
          const mended = checkStructure(applyFix(draft, fix)).problems
          const still = mended.filter(
            (one) => one.code === code && String(one.where.path) === String(problem.where.path),
          )
          expect([fix.label, still]).toEqual([fix.label, []])
          cured += 1
        }
      }
    }
    expect(cured).toBeGreaterThan(25)
  })

  it('says what was probably meant', () => {
    const hintOf = (from: string, to: string) => parseDocument(valid.replace(from, to)).problems[0]
    expect(hintOf('play: x', 'play: x\ntitel: y')?.hint).toBe('Did you mean `title`?')
    expect(hintOf('short: none', 'short: miror')?.fixes[0]?.edits).toEqual([{ path: ['short'], value: 'mirror' }])
    expect(hintOf('value: 21', 'value: "21"')?.fixes[0]?.edits).toEqual([
      { path: ['params', 'fast', 'value'], value: 21 },
    ])
    expect(hintOf('value: 21', 'value: 2.1e1')?.fixes[0]?.edits).toEqual([
      { path: ['params', 'fast', 'value'], value: 21 },
    ])
    expect(hintOf('tf: 15m', 'tf: 60m')?.fixes[0]?.edits).toEqual([{ path: ['tf'], value: '1h' }])
    expect(hintOf('tf: 15m', 'tf: 20m')?.fixes).toEqual([])
    expect(hintOf('by: 1%', 'by: 1.5h')?.fixes[0]?.edits).toEqual([
      { path: ['nodes', 'stop', 'stop', 'by'], value: '90m' },
    ])
  })

  it('one slip makes one problem, several are told in the order of their lines', () => {
    const once = rows.filter(
      ([code]) => !['too_deep', 'bad_yaml', 'directive', 'key_form', 'no_value', 'unknown_key'].includes(code),
    )
    for (const [, from, to] of once) expect(parseDocument(valid.replace(from, () => to)).problems.length).toBe(1)
    const many = parseDocument(valid.replace('none', 'non').replace('21', '"21"').replace('play', 'ply')).problems
    expect(many.map(({ where }) => where.line)).toEqual(
      [...many.map(({ where }) => where.line)].sort((a, b) => (a ?? 0) - (b ?? 0)),
    )
    expect(many.length).toBeGreaterThanOrEqual(3)
  })

  it('more than a hundred are counted, not listed', () => {
    const nodes = Array.from({ length: 150 }, (_, i) => `  n${i}: { ema: { of: "x" } }`).join('\n')
    const { problems } = parseDocument(valid.replace('  price', `${nodes}\n  price`))
    expect(problems).toHaveLength(101)
    expect(problems.at(-1)).toMatchObject({ code: 'more_problems', message: 'and 50 more problems: mend these first' })
  })

  it('what the language takes, it takes: quoted keys, wrapped text, one marker, both line ends, 32 deep', () => {
    const fine = [
      valid.replace('play: x', '"play": x'),
      valid.replace('play: x', 'play: x\ntitle: one\n  two'),
      `---\n${valid}\n...\n`,
      `\ufeff${valid}`,
      valid.replaceAll('\n', '\r\n'),
      valid.replace('{ by: 1% }', `{ by: ${nested(28)} }`),
    ]
    for (const text of fine) expect(parseDocument(text).problems).toEqual([])
    expect(parseDocument(fine[1] as string).tree?.title).toBe('one two')
    const codes = (depth: number) =>
      parseDocument(valid.replace('{ by: 1% }', `{ by: ${nested(depth)} }`)).problems.map(({ code }) => code)
    expect([codes(28), codes(29)]).toEqual([[], ['too_deep']])
  })

  it('a document of exactly 128 KiB is read, one byte more is not', () => {
    const fill = (bytes: number) => `${valid}\n#${'x'.repeat(bytes - valid.length - 2)}`
    expect(parseDocument(fill(128 * 1024)).problems).toEqual([])
    expect(parseDocument(fill(128 * 1024 + 1)).problems.map(({ code }) => code)).toEqual(['too_long'])
  })

  it('every place of the text is known', () => {
    const { places } = parseDocument(valid)
    expect(places.get(JSON.stringify(['nodes', 'ema_fast', 'ema', 'length']))).toEqual({ line: 9, column: 39 })
    expect(places.get(JSON.stringify(['nodes', 'up', 'above', 1]))).toEqual({ line: 10, column: 30 })
    expect(places.get(JSON.stringify(['long', 'exits']))).toEqual({ line: 13, column: 24 })
  })
})

describe('documents that come as data', () => {
  const tree = parseDocument(specDocuments.emaPullback).tree
  const json = (change: (text: string) => string) => checkStructure(JSON.parse(change(JSON.stringify(tree))))

  it('the same form holds', () => {
    expect(json((text) => text).problems).toEqual([])
    expect(json((text) => text.replace('"1%"', '0.01')).problems.map(({ code }) => code)).toEqual(['bad_value'])
  })
  it('nesting of 32 is taken, of 33 refused', () => {
    const lists = (depth: number): unknown => {
      let value: unknown = 'x'
      for (let i = 0; i < depth; i++) value = ['a', value]
      return value
    }
    // The document, nodes, the node and its body are the first four.
    const codes = (depth: number) =>
      checkStructure({ ...tree, nodes: { n: { nonsense: { of: lists(depth) } } } }).problems.map(({ code }) => code)
    expect([codes(28), codes(29), codes(10_000)]).toEqual([[], ['too_deep'], ['too_deep']])
  })
  it('own keys that could reach a prototype are refused', () => {
    const { problems } = json((text) => text.replace('"nodes":{', '"nodes":{"__proto__":{"bars":{}},'))
    expect(problems.map(({ code }) => code)).toEqual(['hostile_name'])
  })
  it('depth, cycles, strange values: problems, no exceptions', () => {
    const ring: Record<string, unknown> = { dsl: 1, play: 'x' }
    ring.nodes = ring
    for (const value of [
      ring,
      null,
      undefined,
      5,
      'x',
      [],
      () => 1,
      new Map(),
      { play: 1 },
      { block: Symbol.iterator },
      { dsl: Number.NaN, play: 'x' },
    ]) {
      expect(checkStructure(value).tree).toBeUndefined()
      expect(checkStructure(value).problems.length).toBeGreaterThan(0)
    }
  })
})
