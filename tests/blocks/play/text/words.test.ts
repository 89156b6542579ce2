// Names, suggestions and the edits of fixes.
import { describe, expect, it } from 'vitest'
import { applyEdit, applyFix, renameKey } from '../../../../blocks/play/edit'
import { isId, parseReference, parseTypeName, printReference } from '../../../../blocks/play/names'
import { locate } from '../../../../blocks/play/text/report'
import { suggest } from '../../../../blocks/play/text/suggest'

describe('names', () => {
  it.each(['a', 'ema_fast', 'a1', `a${'b'.repeat(39)}`])('%s is an id', (id) => expect(isId(id)).toBe(true))
  it.each([
    '',
    'A',
    '1a',
    '_a',
    'a-b',
    'a.b',
    `a${'b'.repeat(40)}`,
    'true',
    'false',
    'null',
    'rest',
    'long',
    'short',
    'constructor',
    'prototype',
    '__proto__',
    'a\n',
  ])('%j is no id', (id) => expect(isId(id)).toBe(false))

  it('references name a node or one of its outputs', () => {
    expect(parseReference('swing')).toEqual({ node: 'swing', output: null })
    expect(parseReference('swing.low_level')).toEqual({ node: 'swing', output: 'low_level' })
    for (const text of ['swing.low.level', 'swing.', '.low', 'Swing', '$fast', '5', 'a b', ''])
      expect(parseReference(text)).toBeNull()
    expect(printReference({ node: 'swing', output: 'low_level' })).toBe('swing.low_level')
    expect(printReference({ node: 'swing', output: null })).toBe('swing')
  })

  it('types are logic types with a major, or Blocks with a version', () => {
    expect(parseTypeName('ema')).toEqual({ kind: 'logic', type: 'ema', major: 1 })
    expect(parseTypeName('ema@2')).toEqual({ kind: 'logic', type: 'ema', major: 2 })
    expect(parseTypeName('lib/grab@2')).toEqual({ kind: 'block', shelf: 'lib', name: 'grab', version: 2 })
    expect(parseTypeName('my/grab@13')).toEqual({ kind: 'block', shelf: 'my', name: 'grab', version: 13 })
    expect(parseTypeName('here/grab')).toEqual({ kind: 'here', name: 'grab' })
    for (const text of [
      'lib/grab',
      'here/grab@1',
      'your/grab@1',
      'ema@0',
      'ema@',
      '@1',
      'ema@1.5',
      'Ema',
      'ema@1234567',
    ])
      expect(parseTypeName(text)).toBeNull()
  })
})

describe('suggestions', () => {
  const names = ['filters', 'entries', 'exits', 'invalidations', 'crosses_above', 'crosses_below', 'ema', 'sma']
  it.each([
    ['filter', 'filters'],
    ['exist', 'exits'],
    ['Entries', 'entries'],
    ['cross_above', 'crosses_above'],
    ['crosses_bellow', 'crosses_below'],
    ['invalidation', 'invalidations'],
    ['emma', 'ema'],
  ])('%s: %s', (word, meant) => expect(suggest(word, names)).toBe(meant))
  it('what is far from everything, or much too long, has none', () => {
    for (const word of ['', 'xyz', 'risk', 'target', 'e'.repeat(70)]) expect(suggest(word, names)).toBeUndefined()
    expect(suggest('ema', ['ema'])).toBeUndefined()
    expect(suggest('length', [])).toBeUndefined()
  })
  it('the nearest wins, of two equally near the first', () => {
    expect(suggest('crosses_abow', ['crosses_below', 'crosses_above'])).toBe('crosses_above')
    expect(suggest('xma', names)).toBe('ema')
  })
})

describe('edits', () => {
  const tree = { a: { b: [1, { c: 2 }, 3] }, d: 4 }
  const frozen = JSON.stringify(tree)
  it('set, make, remove; in maps and in lists; nothing in place', () => {
    expect(applyEdit(tree, { path: ['a', 'b', 1, 'c'], value: 5 })).toEqual({ a: { b: [1, { c: 5 }, 3] }, d: 4 })
    expect(applyEdit(tree, { path: ['a', 'b', 0] })).toEqual({ a: { b: [{ c: 2 }, 3] }, d: 4 })
    expect(applyEdit(tree, { path: ['d'] })).toEqual({ a: { b: [1, { c: 2 }, 3] } })
    expect(applyEdit(tree, { path: ['x', 'y'], value: 1 })).toEqual({ ...tree, x: { y: 1 } })
    expect(applyEdit(tree, { path: [], value: 7 })).toBe(7)
    expect(applyFix(tree, { label: '', edits: [{ path: ['d'] }, { path: ['e'], value: 4 }] })).toEqual({
      a: tree.a,
      e: 4,
    })
    expect(JSON.stringify(tree)).toBe(frozen)
    expect(Object.keys(renameKey({ x: 1, y: 2, z: 3 }, 'y', 'w'))).toEqual(['x', 'w', 'z'])
  })
  it('never reach a prototype', () => {
    expect(() => applyEdit(tree, { path: ['__proto__', 'polluted'], value: 1 })).toThrow()
    expect(() => applyEdit(tree, { path: ['a', 'constructor', 'prototype', 'x'], value: 1 })).toThrow()
    expect('polluted' in {}).toBe(false)
  })
})

describe('places', () => {
  const places = new Map([
    ['[]', { line: 1, column: 1 }],
    ['["nodes"]', { line: 7, column: 1 }],
    ['["nodes","a"]', { line: 9, column: 3 }],
  ])
  const problem = (where: object) => ({ code: 'x', severity: 'error', where, message: '', fixes: [] }) as const
  it('a problem gets the line of its path, or of the nearest parent that stands in the text', () => {
    const lines = [['nodes', 'a', 'ema', 'of'], ['nodes', 'b'], ['risk'], []].map(
      (path) => locate([problem({ path })], places, 'f')[0]?.where,
    )
    expect(lines.map((where) => where?.line)).toEqual([9, 7, 1, 1])
    expect(lines[0]?.file).toBe('f')
    expect(locate([problem({ line: 3, path: ['nodes'] })], places)[0]?.where).toEqual({ line: 3, path: ['nodes'] })
  })
})
