// Completion: what can stand at a place, and only that. `|` is the cursor.
import { describe, expect, it } from 'vitest'
import { completeAt } from '../../../app/text/complete'
import { findingAt } from '../../../app/text/diagnostics'
import { definitionOf, meaningAt, wordAt } from '../../../app/text/meaningAt'
import { readPlay } from '../../../app/text/textSync'
import { examples, logicTypes } from '../../../blocks/catalogue'
import { libraryRefs } from '../../../blocks/play/check/blocks'
import { wiringOf } from '../../../blocks/play/connect'

const ema = examples.ema_pullback ?? ''
const { play: tree } = readPlay(ema)
if (tree === null) throw new Error('the example is a Play')
const known = { tree, wiring: wiringOf(tree) }

/** The line takes the place of `atr`. */
const at = (line: string): readonly string[] => {
  const text = ema.replace(/^ {2}atr: .*$/m, `  ${line}`)
  const position = text.indexOf('|')
  return completeAt(text.replace('|', ''), position, known)?.choices.map(({ label }) => label) ?? []
}

describe('inside a node', () => {
  it('stand all types, behind the name and in its bracket', () => {
    expect(at('atr: |')).toHaveLength(logicTypes.length + libraryRefs.length)
    expect(at('atr: { e|')).toHaveLength(logicTypes.length + libraryRefs.length)
    expect(at('atr: { atr: {} } |')).toEqual([])
  })

  it('stand the ports and parameters that are not given yet', () => {
    expect(at('atr: { atr: { | } }')).toEqual(['bars', 'length'])
    expect(at('atr: { atr: { length: 14, | } }')).toEqual(['bars'])
  })

  it('stand the references that fit the port', () => {
    const bars = at('atr: { atr: { bars: | } }')
    expect(bars).toContain('price')
    expect(bars).not.toContain('uptrend')
    const conditions = at('atr: { all: [uptrend, | ] }')
    expect(conditions).toContain('dipped')
    expect(conditions).not.toContain('ema_fast')
    expect(at('atr: { below: [price.|')).toContain('price.low')
    // Its own value would be a circle.
    expect(at('atr: { below: [|')).toContain('ema_fast')
    expect(at('atr: { below: [|')).not.toContain('atr')
  })

  it('stand parameters, choices and defaults', () => {
    expect(at('atr: { ema: { of: price.close, length: | } }')).toEqual(expect.arrayContaining(['20', '$fast', '$slow']))
    expect(at('atr: { entry: { when: uptrend, order: | } }')).toEqual(['market', 'limit', 'stop'])
    expect(at('atr: { bars: { market: | } }')).toEqual(['main'])
    expect(at('atr: { bars: { tf: | } }')).toContain('4h')
  })

  it('stands nothing in a comment or a type that is not there', () => {
    expect(at('# atr: { |')).toEqual([])
    expect(at('atr: { nothing: { |')).toEqual([])
  })
})

describe('elsewhere', () => {
  const side = (line: string): readonly string[] => {
    const text = ema.replace(/^ {2}filters: .*$/m, `  ${line}`)
    return completeAt(text.replace('|', ''), text.indexOf('|'), known)?.choices.map(({ label }) => label) ?? []
  }
  it('the lists of a side take their role', () => {
    expect(side('filters: [|]')).toEqual(['not_crowded'])
    expect(side('exits: [stop, |]')).toEqual(['stop', 'scale_out', 'free_ride'])
  })

  it('a timeframe is one of the language', () => {
    const text = ema.replace('tf: 15m', 'tf: ')
    expect(completeAt(text, text.indexOf('tf: ') + 4, known)?.choices.map(({ label }) => label)).toContain('15m')
  })
})

/** The whole text, `|` is the cursor. */
const choicesIn = (text: string) => completeAt(text.replace('|', ''), text.indexOf('|'), known)?.choices ?? []
const labelsIn = (text: string): readonly string[] => choicesIn(text).map(({ label }) => label)
const top = (lines: string): string => `${ema}${lines}`

describe('sections', () => {
  it('stand the keys of the document, of a side, of params and of risk that are not there yet', () => {
    expect(labelsIn(top('|'))).toEqual(['about', 'pins', 'blocks'])
    expect(labelsIn('dsl: 1\n|\nplay: a\nnodes:\n  risk: 1\n')).toEqual(
      expect.arrayContaining(['title', 'markets', 'risk', 'long']),
    )
    expect(labelsIn('dsl: 1\n|\nplay: a\n')).not.toContain('play')
    expect(labelsIn('long:\n  entries: [a]\n  |\n  exits: [b]\nshort: mirror\n')).toEqual(['filters', 'invalidations'])
    expect(labelsIn('risk:\n  |\n  size: { risk: 1% }\n')).toEqual(['leverage', 'cooldown', 'limits', 'scale_in'])
    expect(labelsIn('risk: { size: { risk: 1% }, | }')).toEqual(['leverage', 'cooldown', 'limits', 'scale_in'])
    expect(labelsIn('risk:\n  limits: { daily_loss: 3%, | }')).toEqual([
      'trades_per_day',
      'losses_in_row',
      'open_positions',
    ])
    expect(labelsIn('risk:\n  limits:\n    |\n    daily_loss: 3%\n')).toEqual([
      'trades_per_day',
      'losses_in_row',
      'open_positions',
    ])
    expect(labelsIn('params:\n  fast: { value: 3, | }')).toEqual(['min', 'max', 'step', 'choices', 'scale', 'about'])
    expect(labelsIn('params:\n  fast:\n    value: 3\n    |')).toContain('min')
    expect(labelsIn('params:\n  |')).toEqual([])
  })

  it('stand the words that a key takes', () => {
    expect(labelsIn('short: |')).toEqual(['mirror', 'none'])
    expect(labelsIn('risk:\n  cooldown: { after: |')).toEqual(['stop', 'loss', 'invalidation', 'any'])
    expect(labelsIn('constraints:\n  - less: [$fast, |')).toContain('$slow')
    expect(labelsIn('constraints:\n  - |')).toEqual(['less', 'at_most'])
    expect(labelsIn('markets: { main: |')).toContain('synthetic:BTCUSDT.P')
    expect(labelsIn('tf: 15m |')).toEqual([])
  })
})

describe('block style', () => {
  const lines = (body: string): readonly string[] => labelsIn(ema.replace(/^ {2}atr: .*$/m, `  atr:\n${body}`))
  it('takes types, ports and values line by line', () => {
    expect(lines('    |')).toContain('ema')
    expect(lines('    atr:\n      |\n      bars: price')).toEqual(['length'])
    expect(lines('    atr:\n      bars: |')).toEqual(expect.arrayContaining(['price']))
    expect(lines('    ladder:\n      steps:\n        - { at: 1R, |')).toEqual(['close'])
    expect(lines('    ladder:\n      steps:\n        - at: 1R\n          |')).toEqual(['close'])
  })
})

describe('what is said beside a choice', () => {
  const info = (text: string, label: string): string => choicesIn(text).find((one) => one.label === label)?.info ?? ''
  it('are units, ranges and defaults', () => {
    expect(info('nodes:\n  a: { bbands: { |', 'std')).toBe('A number, 0.1 to 10; default 2.')
    expect(info('nodes:\n  a: { atr: { |', 'length')).toMatch(
      /^Bars \(20\) or a time \(4h\), 1 to \d+ bars; default 14\.$/,
    )
    expect(info('nodes:\n  a: { funding: { |', 'max_age')).toMatch(/^A time, 1m to \d+[hdw]/)
    expect(info('nodes:\n  a: { atr: { |', 'bars')).toBe('Takes bars.')
    expect(info('nodes:\n  a: { atr: { length: |', '$fast')).toBe('21, 8 to 55 by 1.')
  })

  it('only parameters of a fitting unit are offered', () => {
    const shares = labelsIn('nodes:\n  a: { percent_of: { share: |')
    expect(shares).toContain('$max_funding')
    expect(shares).not.toContain('$fast')
    const windows = labelsIn('nodes:\n  a: { occurred: { within: |')
    expect(windows).toEqual(expect.arrayContaining(['$dip_window', '$fast']))
    expect(windows).not.toContain('$max_funding')
  })
})

describe('Blocks', () => {
  const block =
    'role: filter\n    title: Calm\n    inputs: { rate: { type: rate } }\n    params: { most: { value: 0.03%, min: 0.01%, max: 0.1%, step: 0.01% } }\n    nodes:\n      ok: { at_most: [rate, $most] }\n      pass: { filter: { allow: ok } }\n    outputs: { filter: pass }\n'
  const own = readPlay(`${ema.replace('nodes:\n', `blocks:\n  calm:\n    ${block}nodes:\n`)}`)
  const inOwn = (text: string): readonly string[] => {
    if (own.play === null) throw new Error(JSON.stringify(own.problems))
    const there = { tree: own.play, wiring: wiringOf(own.play) }
    return completeAt(text.replace('|', ''), text.indexOf('|'), there)?.choices.map(({ label }) => label) ?? []
  }

  it('of the library and of the document are types, with inputs and parameters', () => {
    expect(inOwn('nodes:\n  a: { |')).toEqual(expect.arrayContaining(['here/calm', 'lib/no_chop@1']))
    expect(inOwn('nodes:\n  a: { here/calm: { |')).toEqual(['rate', 'most'])
    expect(inOwn('nodes:\n  a: { here/calm: { rate: |')).toContain('funding.rate')
    expect(inOwn('nodes:\n  a: { here/calm: { rate: |')).not.toContain('price.close')
    expect(inOwn('nodes:\n  a: { here/calm: { most: |')).toEqual(['0.03%', '$max_funding'])
    expect(labelsIn('nodes:\n  a: { lib/no_chop@1: { bars: price, |')).toEqual(['length', 'least'])
  })

  it('are written with completion too', () => {
    expect(inOwn('blocks:\n  calm:\n    |')).toContain('outputs')
    expect(inOwn('blocks:\n  calm:\n    role: |')).toEqual(['filter', 'entry', 'exit', 'invalidation'])
    expect(inOwn('blocks:\n  calm:\n    inputs: { rate: { type: |')).toContain('price')
    expect(inOwn('blocks:\n  calm:\n    nodes:\n      ok: { at_most: [|')).toEqual(['ok', 'pass', 'rate', '$most'])
    expect(inOwn('blocks:\n  calm:\n    nodes:\n      ok: { |')).toContain('ema')
  })
})

describe('hover', () => {
  const said = (text: string): readonly string[] | undefined => {
    const position = text.indexOf('|')
    const whole = text.replace('|', '')
    const word = wordAt(whole, position)
    return word === null ? undefined : meaningAt(whole, word, tree)?.lines
  }
  const line = (body: string): string => ema.replace(/^ {2}atr: .*$/m, `  ${body}`)

  it('tells a type from a node of its name', () => {
    expect(said(line('atr: { a|tr: { bars: price, length: 14 } }'))?.[0]).toMatch(/true range/i)
    expect(said(line('a|tr: { atr: { bars: price, length: 14 } }'))?.[0]).toMatch(/^ATR: /)
    expect(said(line('x: { mul: [at|r, 2] }'))?.[0]).toMatch(/^ATR: /)
  })

  it('says ports, parameters, `$names` and keys of sections; nothing of what it does not know', () => {
    expect(said(line('atr: { atr: { ba|rs: price } }'))).toEqual(['Takes bars.'])
    expect(said(line('atr: { atr: { len|gth: 14 } }'))?.[0]).toMatch(/default 14/)
    expect(said(line('x: { ema: { of: price.close, length: $fa|st } }'))).toEqual(['21, 8 to 55 by 1.'])
    expect(said(line('x: { ema: { of: pri|ce.close } }'))?.[0]).toMatch(/^Bars: /)
    expect(said('risk:\n  lev|erage: { max: 5 }')).toEqual(['What positions post margin at.'])
    expect(said(line('x: { no|thing: {} }'))).toBeUndefined()
    expect(said(line('# a|tr'))).toBeUndefined()
  })

  it('a name leads to the line that makes it', () => {
    const lineOf = (word: string): string | undefined => {
      const at = definitionOf(ema, word)
      return at === null ? undefined : ema.slice(at).split('\n')[0]
    }
    expect(lineOf('swing.low_level')).toMatch(/^swing: /)
    expect(lineOf('$fast')).toMatch(/^fast: \{ value: 21/)
    expect(lineOf('$nobody')).toBeUndefined()
    expect(lineOf('nobody')).toBeUndefined()
  })
})

describe('the problem at the cursor', () => {
  const finding = (from: number, to: number) => ({
    from,
    to,
    severity: 'error' as const,
    message: `${from}`,
    fixes: [],
  })
  const text = 'one two\nthree four\nfive\n'
  const all = [finding(4, 7), finding(14, 18), finding(19, 23)]
  const at = (offset: number): string | undefined => findingAt(text, all, offset)?.message
  it('is the one it stands in, then that of its line, then the next, then the first', () => {
    expect(at(5)).toBe('4')
    expect(at(0)).toBe('4')
    expect(at(9)).toBe('14')
    expect(at(20)).toBe('19')
    expect(findingAt(text, all.slice(2), 0)?.message).toBe('19')
    expect(findingAt(text, all.slice(0, 1), 20)?.message).toBe('4')
    expect(findingAt(text, [], 3)).toBeNull()
  })
})
