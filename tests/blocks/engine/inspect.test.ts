// Explaining silence: the first condition that said no is the first that the author wrote, not the first computed.
import { describe, expect, it } from 'vitest'
import { explainAt } from '../../../blocks/engine/inspect'
import type { MarketRows } from '../../../blocks/engine/rows'
import { isProblems, prepareSeats } from '../../../blocks/engine/seats'
import { settingsSchema } from '../../../blocks/engine/settings'
import { Workspace } from '../../../blocks/engine/workspace'
import type { PlayTree } from '../../../blocks/play/tree'
import { minuteMs, monday } from '../../fixtures/bars'
import { flatOf, typesByKey } from './laws/cases'

const prices = (): Float64Array => Float64Array.from({ length: 20 }, (_, k) => 100 + k)
const market: MarketRows = {
  instrument: {
    id: 'x:A',
    kind: 'spot',
    tick: '0.1',
    step: '0.001',
    minQty: 0.001,
    minNotional: 5,
    brackets: [],
    source: 'by hand',
  },
  barsOf: 'x:A',
  synthetic: false,
  bars: {
    tf: '1m',
    openMs: Float64Array.from({ length: 20 }, (_, k) => monday + k * minuteMs),
    open: prices(),
    high: prices(),
    low: prices(),
    close: prices(),
    volume: prices(),
  },
  funding: null,
  mark: null,
  notices: [],
}

const tree = (gate: object): PlayTree => ({
  dsl: 1,
  play: 'silent',
  markets: { main: 'x:A' },
  tf: '1m',
  nodes: {
    price: { bars: { market: 'main' } },
    a: { above: ['price.close', 1000] },
    b: { above: ['price.close', 2000] },
    c: { above: ['price.close', 3000] },
    d: { above: ['price.close', 50] },
    both: gate as PlayTree['nodes'][string],
    go: { entry: { when: 'both' } },
    stop: { stop: { by: '5%' } },
  },
  long: { entries: ['go'], exits: ['stop'] },
  short: 'none',
  risk: { size: { quote: 1000 } },
})

const saidNo = (gate: object): string | null => {
  const settings = settingsSchema.parse({})
  const range = { fromMs: monday, toMs: monday + 20 * minuteMs }
  const plays = [flatOf(tree(gate))]
  const seats = prepareSeats({ plays, workspace: new Workspace([market]), types: typesByKey, settings, ...range })
  if (isProblems(seats)) throw new Error(JSON.stringify(seats))
  const found = explainAt(seats, { settings, ...range }, { atMs: monday + 10 * minuteMs, seat: 0 })
  expect(found?.decision.reason).toBe('no_setup')
  return found?.decision.node ?? null
}

describe('explain', () => {
  const orders = [
    ['a', 'b', 'c'],
    ['a', 'c', 'b'],
    ['b', 'a', 'c'],
    ['b', 'c', 'a'],
    ['c', 'a', 'b'],
    ['c', 'b', 'a'],
  ]
  it.each(orders)('names the first of %s, %s and %s, as written', (...names) => {
    expect(saidNo({ all: names })).toBe(names[0])
  })

  it('passes over what is true', () => {
    expect(saidNo({ all: ['d', 'c', 'a'] })).toBe('c')
    expect(saidNo({ all: ['a', 'd', 'c'] })).toBe('a')
  })
})
