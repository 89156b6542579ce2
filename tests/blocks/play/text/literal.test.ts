// What literals mean and how they are written (dsl.md section 5).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  meantLiteral,
  parseLiteral,
  printLiteral,
  printNumber,
  printShare,
  readNumber,
  shortest,
} from '../../../../blocks/play/literal'

describe('literals', () => {
  it.each<[string, unknown]>([
    ['0.03%', { kind: 'share', value: 0.0003, text: '0.03%' }],
    ['0.07%', { kind: 'share', value: 0.0007, text: '0.07%' }],
    ['-1.5%', { kind: 'share', value: -0.015, text: '-1.5%' }],
    ['100%', { kind: 'share', value: 1, text: '100%' }],
    ['0%', { kind: 'share', value: 0, text: '0%' }],
    ['90m', { kind: 'span', ms: 5_400_000, text: '90m' }],
    ['12h', { kind: 'span', ms: 43_200_000, text: '12h' }],
    ['30d', { kind: 'span', ms: 2_592_000_000, text: '30d' }],
    ['1w', { kind: 'span', ms: 604_800_000, text: '1w' }],
    ['6b', { kind: 'bars', bars: 6, text: '6b' }],
    ['2R', { kind: 'r', r: 2, text: '2R' }],
    ['-0.25R', { kind: 'r', r: -0.25, text: '-0.25R' }],
    ['rest', { kind: 'rest' }],
    ['$fast', { kind: 'param', name: 'fast' }],
  ])('%s', (text, meaning) => expect(parseLiteral(text)).toEqual(meaning))

  it.each([
    '',
    '%',
    'b',
    'R',
    '-',
    '.5%',
    '5.%',
    '+1%',
    '1e2%',
    '0x1b',
    '1_0b',
    '1.5h',
    '-3b',
    '-1h',
    '2r',
    '1H',
    '6 b',
    '1%%',
    '1bb',
    'swing',
    'swing.low',
    '$',
    '$Fast',
    '$9',
    '$a.b',
    '٣b',
    '1%\n',
    '\n1%',
    `${'9'.repeat(400)}%`,
    `0.${'0'.repeat(400)}1%`,
    '9007199254740993b',
    '999999999999999w',
  ])('%j is no literal', (text) => expect(parseLiteral(text)).toBeNull())

  it.each<[string, string]>([
    ['0.10%', '0.1%'],
    ['60m', '60m'],
    ['06b', '6b'],
    ['-0%', '0%'],
    ['-0.00R', '0R'],
    ['2.50R', '2.5R'],
    ['100%', '100%'],
    ['00.5%', '0.5%'],
    ['10%', '10%'],
    ['0.000%', '0%'],
    ['123456789012345678901234567890%', '123456789012345678901234567890%'],
    ['bullish', 'bullish'],
  ])('the shortest form of %s is %s', (text, short) => {
    expect(shortest(text)).toBe(short)
    expect(shortest(short)).toBe(short)
  })
  it('minus nought is nought', () => expect(Object.is(shortest(-0), 0)).toBe(true))

  it.each<[number, string]>([
    [1e-7, '0.0000001'],
    [1e21, '1000000000000000000000'],
    [-2.5e-10, '-0.00000000025'],
    [0.1, '0.1'],
    [100, '100'],
    [-0, '0'],
    [1.5e300, `15${'0'.repeat(299)}`],
    [5e-324, `0.${'0'.repeat(323)}5`],
    [123456.789, '123456.789'],
    [120, '120'],
  ])('%d is written %s', (value, text) => expect(printNumber(value)).toBe(text))

  it('numbers that are no plain decimals, or that no double can hold, are not read', () => {
    for (const text of [
      '1e5',
      '0x1F',
      '.5',
      '5.',
      '+5',
      '1_000',
      'NaN',
      'Infinity',
      '',
      ' 1',
      '1 ',
      '--1',
      '1.2.3',
      '9'.repeat(400),
      `0.${'0'.repeat(400)}1`,
    ]) {
      expect(readNumber(text)).toBeNull()
    }
    expect(readNumber('007.50')).toBe(7.5)
    expect(Object.is(readNumber('-0'), 0)).toBe(true)
  })

  it('every double is written in plain decimals and reads back as itself, as number and as percentage', () => {
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Object.is(x, -0))
    fc.assert(
      fc.property(doubles, (x) => {
        expect(printNumber(x)).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/)
        expect(readNumber(printNumber(x))).toBe(x)
        expect(parseLiteral(printShare(x))).toMatchObject({ kind: 'share', value: x, text: printShare(x) })
      }),
      { numRuns: 2000 },
    )
  })

  it('a percentage is the double nearest to the decimal, never a division', () => {
    let differs = 0
    for (let i = -20_000; i <= 20_000; i++) {
      const text = (i / 1000).toFixed(3)
      const literal = parseLiteral(`${text}%`)
      // Five places: the decimal itself, written out.
      expect(literal).toMatchObject({ kind: 'share', value: Number((i / 100_000).toFixed(5)) + 0 })
      if (Number(text) / 100 !== Number((i / 100_000).toFixed(5))) differs += 1
    }
    // Division goes wrong often enough that this test would see it.
    expect(differs).toBeGreaterThan(100)
  })

  it('what is printed reads back', () => {
    const text = fc.stringMatching(/^(?:-?\d{1,9}(?:\.\d{1,9})?[%R]|\d{1,6}[bmhdw]|rest|\$[a-z]{1,5})$/)
    fc.assert(
      fc.property(text, (written) => {
        const literal = parseLiteral(written)
        expect(literal).not.toBeNull()
        if (literal !== null) expect(parseLiteral(printLiteral(literal))).toEqual(literal)
      }),
    )
  })

  it.each<[string, unknown]>([
    ['+5', 5],
    ['.5', 0.5],
    ['5.', 5],
    ['1_000', 1000],
    ['+1%', '1%'],
    ['.5R', '0.5R'],
    ['2r', '2R'],
    ['6 bars', '6b'],
    ['15min', '15m'],
    ['1.5h', '90m'],
    ['0.5d', '720m'],
    ['1.5b', null],
    ['-1h', null],
    ['swing', null],
    ['1.00001h', null],
    ['', null],
  ])('%s was probably meant as %s', (text, meant) => expect(meantLiteral(text)).toBe(meant))
})
