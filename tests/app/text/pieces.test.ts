// Smallest changes, the outline of a text, and problems at their place.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findingsOf } from '../../../app/text/diagnostics'
import { type Change, lineChanges } from '../../../app/text/lineChanges'
import { idsIn, outlineOf, partAt } from '../../../app/text/outline'
import { readPlay } from '../../../app/text/textSync'
import { examples } from '../../../blocks/catalogue'
import { checkPlay } from '../../../blocks/play/check'
import { parseDocument } from '../../../blocks/play/text/parse'

const applied = (text: string, changes: readonly Change[]): string => {
  let out = ''
  let at = 0
  for (const { from, to, insert } of changes) {
    expect(from).toBeGreaterThanOrEqual(at)
    out += text.slice(at, from) + insert
    at = to
  }
  return out + text.slice(at)
}

describe('changes of a text', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', '  d: 1', '', 'ab'), { maxLength: 12 })
    .map((all) => all.join('\n'))

  it('lead from the one to the other', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(applied(a, lineChanges(a, b))).toBe(b)
      }),
      { numRuns: 500 },
    )
  })

  it('touch no line that both have', () => {
    const before = 'one\ntwo\nthree\nfour\nfive\n'
    const changes = lineChanges(before, 'one\ntwo!\nthree\nfive\nsix\n')
    expect(changes).toEqual([
      { from: 7, to: 7, insert: '!' },
      { from: 14, to: 19, insert: '' },
      { from: 24, to: 24, insert: 'six\n' },
    ])
  })

  it('of a rename are the name in each line', () => {
    const before = examples.ema_pullback ?? ''
    const changes = lineChanges(before, before.replaceAll('ema_fast', 'ema_quick'))
    expect(changes).toHaveLength(4)
    expect(changes.every(({ insert }) => 'ema_quick'.includes(insert))).toBe(true)
  })
})

describe('outline', () => {
  it('finds every node and side of the examples', () => {
    for (const text of Object.values(examples)) {
      const { play } = readPlay(text)
      expect(idsIn(text)).toEqual(Object.keys(play?.nodes ?? {}))
      const sinks = outlineOf(text).filter(({ id }) => id.startsWith('$'))
      expect(sinks.map(({ id }) => id)).toEqual(['$long', '$short', '$risk'])
    }
  })

  it('reads wide indents, nodes over many lines, and text that is broken elsewhere', () => {
    const text =
      'dsl: 1\nnodes:\n    a:\n        ema:\n            of: b.close\n    # of b\n    b: { bars:\n\nlong: none\nrisk:\n  size: {'
    const parts = outlineOf(text)
    expect(parts.map(({ id, from, to }) => [id, text.slice(from, to)])).toEqual([
      ['a', '    a:\n        ema:\n            of: b.close'],
      ['b', '    b: { bars:'],
      ['$long', 'long: none'],
      ['$risk', 'risk:\n  size: {'],
    ])
    expect(partAt(parts, text.indexOf('of:'))?.id).toBe('a')
    expect(partAt(parts, text.indexOf('# of b'))).toBeUndefined()
  })
})

describe('findings', () => {
  const at = (text: string) => {
    const { play, problems, places } = readPlay(text)
    const all = play === null ? problems : checkPlay(play).problems
    return findingsOf(text, all, places).map(({ from, to, severity }) => [text.slice(from, to), severity])
  }
  const ema = examples.ema_pullback ?? ''

  it('of the checker stand at the port', () => {
    const [first] = at(ema.replace('above: [ema_fast, ema_slow]', 'above: [ema_fast, funding.rate]'))
    expect(first?.[1]).toBe('error')
    expect(first?.[0]).toMatch(/funding\.rate|above/)
  })

  it.each([
    ['tf: 15m', 'tf: 1h {}', '1h {}'],
    ['tf: 15m', 'tf: 15q  # slow', '15q'],
    ['tf: 15m', 'tf: "15m"', '"15m"'],
    ['of: price.close, length: $fast', 'of: price.closed, length: $fast', 'price.closed'],
    ['of: price.close, length: $fast', 'of: price.close, length: $nope', '$nope'],
    // The key itself, and what is no word.
    ['tf: 15m', 'tff: 15m', 'tff'],
    ['tf: 15m', 'tf: { a: 1 }', 'tf'],
  ])('of a value stand under it: %s as %s', (was, now, under) => {
    expect(ema).toContain(was)
    expect(at(ema.replace(was, now)).map(([words]) => words)).toContain(under)
  })

  it('of the form stand in their line', () => {
    const text = ema.replace('value: 21,', 'value: 2_1,')
    const [first] = findingsOf(text, parseDocument(text).problems, parseDocument(text).places)
    expect(text.slice(0, first?.from).split('\n')).toHaveLength(7)
    expect(first?.message).toMatch(/\.$/)
  })

  it('of YAML that breaks are one: what follows from it says nothing', () => {
    const text = ema.replace('BTCUSDT.P }', 'BTCUSDT.P } {}')
    expect(readPlay(text).problems.length).toBeGreaterThan(1)
    expect(at(text)).toHaveLength(1)
  })

  it('of a text without places stand on a line that is there', () => {
    expect(at('\tdsl: 1')).toEqual([['dsl: 1', 'error']])
    expect(at('')).toEqual([['', 'error']])
  })
})
