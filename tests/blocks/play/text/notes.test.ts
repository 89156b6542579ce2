// Comments are notes beside the tree; the reading order is kept (dsl.md section 5).
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { printDocument } from '../../../../blocks/play/text/print'
import type { PlayTree } from '../../../../blocks/play/tree'

const text = `# the idea
dsl: 1 # one
play: x
markets: { main: binance:BTCUSDT.P }
tf: 15m
params:
  # fast one
  fast: { value: 21 } # behind
  # after the last
# above nodes
nodes: # behind the word

  # first
  # second

  price: { bars: {} }
  fast_one: # behind the name
    # inside
    ema:
      of: price.close # of
      length: $fast
  end: { bars: {} } # not the end
  # at the end of nodes
long:
  # in a side
  entries: [] # more
  exits:
    [] # last
short: none
blocks:
  # a Block
  calm:
    role: filter
    params:
      # how calm
      most: { value: 3 }
    nodes:
      a: { bars: {} } # in it
    outputs: {}
risk: { size: { risk: 1% } }
  # bye

#
`
const { tree, sidecar, problems } = parseDocument(text)

describe('notes and order', () => {
  it('belong to what follows, what surrounds them, or what stands before them on the line', () => {
    expect(problems).toEqual([])
    expect(sidecar.notes).toEqual({
      dsl: 'the idea\none',
      $fast: 'fast one\nbehind',
      nodes: 'after the last\nabove nodes\nbehind the word',
      price: 'first\nsecond',
      fast_one: 'behind the name\ninside\nof',
      'nodes.end': 'not the end',
      long: 'at the end of nodes\nin a side\nmore\nlast',
      'here/calm': 'a Block',
      'here/calm/$most': 'how calm',
      'here/calm/a': 'in it',
      end: 'bye\n',
    })
    expect(sidecar.order).toEqual(['price', 'fast_one', 'end', 'here/calm/a'])
  })

  it('are written above what they belong to', () => {
    expect(printDocument(tree as PlayTree, sidecar)).toBe(`# the idea
# one
dsl: 1
play: x
markets: { main: binance:BTCUSDT.P }
tf: 15m
params:
  # fast one
  # behind
  fast: { value: 21 }
blocks:
  # a Block
  calm:
    role: filter
    params:
      # how calm
      most: { value: 3 }
    nodes:
      # in it
      a: { bars: {} }
    outputs: {}
# after the last
# above nodes
# behind the word
nodes:
  # first
  # second
  price: { bars: {} }
  # behind the name
  # inside
  # of
  fast_one: { ema: { of: price.close, length: $fast } }
  # not the end
  end: { bars: {} }
# at the end of nodes
# in a side
# more
# last
long:
  entries: []
  exits: []
short: none
risk:
  size: { risk: 1% }
# bye
#
`)
  })

  it('a sign in quotes is no comment, and a comment keeps its inner spaces', () => {
    const doc = text.replace('play: x\n', 'play: x\ntitle: "a # b"\n#  two  spaces\n')
    const read = parseDocument(doc)
    expect((read.tree as PlayTree).title).toBe('a # b')
    expect(read.sidecar.notes?.markets).toBe(' two  spaces')
  })

  it('a new node goes below its last input, one without inputs to the end', () => {
    const play = tree as PlayTree
    const grown = {
      ...play,
      nodes: {
        lone: { bars: {} },
        up: { above: ['fast_one', 'mid'] },
        mid: { sma: { of: 'price.close' } },
        ...play.nodes,
      },
    } as PlayTree
    const ids = [
      ...printDocument(grown, { order: ['price', 'fast_one', 'end'] }).matchAll(
        /^ {2}(\w+): \{ (?:bars|ema|sma|above)/gm,
      ),
    ].map((m) => m[1])
    expect(ids).toEqual(['price', 'mid', 'fast_one', 'up', 'end', 'lone'])
  })

  it('without an order the tree gives it; ids that are gone are passed over', () => {
    const play = tree as PlayTree
    expect(printDocument(play, {})).not.toContain('#')
    expect(printDocument(play, { order: ['ghost', 'end', 'price', 'fast_one'] }).indexOf('  end:')).toBeLessThan(
      printDocument(play, { order: ['ghost', 'end', 'price', 'fast_one'] }).indexOf('  price:'),
    )
  })

  it('a node is one line of 110 columns, else a block map', () => {
    const of = (length: number) => {
      const play = {
        ...(tree as PlayTree),
        nodes: { n: { all: ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(length)] } },
      }
      return printDocument(play as PlayTree, {})
        .split('\n')
        .filter((line) => /aaaa|^ {2}n:/.test(line))
    }
    expect(of(10)).toHaveLength(1)
    expect(of(10)[0]).toHaveLength(110)
    expect(of(11)).toEqual(['  n:', `    all: [${'a'.repeat(40)}, ${'b'.repeat(40)}, ${'c'.repeat(11)}]`])
  })

  it('a note with characters that text cannot hold is written without them', () => {
    const play = tree as PlayTree
    const printed = printDocument(play, { notes: { price: 'a\tb\u0000c\r\nd\u2028e\ud800' } })
    expect(printed).toContain('  # a b c\n  # d\n  # e\n  price:')
    expect(parseDocument(printed).problems).toEqual([])
  })
})
