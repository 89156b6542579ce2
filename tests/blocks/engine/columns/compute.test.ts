// Columns in blocks: the bits of one whole call, infinity made unknown before anybody reads it, and told every time.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Job, type Recipe, runJobs } from '../../../../blocks/engine/columns/compute'
import { type EvaluatedPlay, evaluate } from '../../../../blocks/engine/columns/evaluate'
import { ColumnStore, type NodeColumns } from '../../../../blocks/engine/columns/store'
import type { Frame } from '../../../../blocks/engine/frame'
import type { MarketRows } from '../../../../blocks/engine/rows'
import { run } from '../../../../blocks/engine/run'
import { settingsSchema } from '../../../../blocks/engine/settings'
import { Workspace } from '../../../../blocks/engine/workspace'
import { getBit, verdictAt } from '../../../../blocks/kit/bits'
import type { PlayTree } from '../../../../blocks/play/tree'
import { minuteMs, monday } from '../../../fixtures/bars'
import { flatOf, typesByKey } from '../laws/cases'

const gridOf = (rows: number): Frame => {
  const column = new Float64Array(rows)
  const words = new Uint32Array((rows + 31) >>> 5)
  return {
    tf: '1m',
    row0: 1000,
    rows,
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column,
    hole: words,
    partial: words,
  }
}

/** A node that gives the values as they are. */
const given = (values: Float64Array): Recipe => ({
  key: 'given',
  run: (_memory, _inputs, outputs, _params, i0, i1) => {
    const { value } = outputs as { value: Float64Array }
    value.set(values.subarray(i0, i1), i0)
  },
  newMemory: () => ({}),
  inputs: {},
  constants: [],
  outputs: { value: new Float64Array(values.length) },
  unread: new Set(),
  params: {},
  hole: new Uint32Array((values.length + 31) >>> 5),
  grid: gridOf(values.length),
})

describe('blocks', () => {
  // Two whole blocks and one that ends in the middle of everything.
  const rows = 5003
  const special = fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1)
  const places = fc.array(fc.tuple(fc.integer({ min: 0, max: rows - 1 }), special), { maxLength: 12 })

  it('whatever a kernel leaves: infinity is NaN, counted from its first row, and the first value is where it is', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: rows }), (put, warm) => {
        const values = new Float64Array(rows).fill(Number.NaN, 0, warm)
        for (const [i, x] of put) values[i] = x
        const job = new Job(given(values))
        runJobs([job])
        const { outputs, infinite, firstKnown } = job.columns
        const plain = [...values]
        const infinities = plain.flatMap((x, i) => (Math.abs(x) === Infinity ? [i] : []))
        const wanted = plain.map((x) => (Number.isFinite(x) ? x : Number.NaN))
        // Bit for bit, as toEqual() would, in a hundredth of its time.
        const value = outputs.value as Float64Array
        expect(value.findIndex((x, i) => !Object.is(x, wanted[i]))).toBe(-1)
        expect(value.length).toBe(rows)
        expect(infinite).toEqual(
          infinities.length === 0 ? [] : [{ output: 'value', rows: infinities.length, firstRow: infinities[0] }],
        )
        const first = plain.findIndex(Number.isFinite)
        expect(firstKnown).toEqual({ value: first < 0 ? rows : first })
      }),
      { numRuns: 200 },
    )
  })

  it('a job reads what an earlier one has made unknown, in every block', () => {
    const values = Float64Array.from({ length: rows }, (_, i) => (i % 700 === 0 ? Infinity : i))
    const first = new Job(given(values))
    const read: Recipe = {
      ...given(values),
      inputs: first.recipe.outputs,
      run: (_memory, inputs, outputs, _params, i0, i1) => {
        const { value: of } = inputs as { value: Float64Array }
        const { value } = outputs as { value: Float64Array }
        // Over infinity it would be a known 0.
        for (let i = i0; i < i1; i++) value[i] = 1 / (1 + (of[i] ?? 0))
      },
      outputs: { value: new Float64Array(rows) },
    }
    const second = new Job(read)
    runJobs([first, second])
    const { value } = second.columns.outputs as { value: Float64Array }
    for (let i = 0; i < rows; i++) expect(value[i], `row ${i}`).toBe(i % 700 === 0 ? Number.NaN : 1 / (1 + i))
    expect(second.columns.infinite).toEqual([])
  })
})

const market = (closes: readonly (number | null)[]): MarketRows => {
  const present = closes.flatMap((close, k) => (close === null ? [] : [[monday + k * minuteMs, close] as const]))
  const price = (): Float64Array => Float64Array.from(present, ([, close]) => close)
  return {
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
      openMs: Float64Array.from(present, ([ms]) => ms),
      open: price(),
      high: price(),
      low: price(),
      close: price(),
      volume: price(),
    },
    funding: null,
    mark: null,
    notices: [],
  }
}

/** Buys where the change of two bars is not more than half of that of the last: after a flat bar that is x over 0. */
const tree: PlayTree = {
  dsl: 1,
  play: 'steep',
  markets: { main: 'x:A' },
  tf: '1m',
  nodes: {
    price: { bars: { market: 'main' } },
    move: { change: { of: 'price.close', over: 1, as: 'difference' } },
    wide: { change: { of: 'price.close', over: 2, as: 'difference' } },
    steepness: { div: ['wide', 'move'] },
    steep: { above: ['steepness', 0.5] },
    shallow: { not: ['steep'] },
    go: { entry: { when: 'shallow' } },
    stop: { stop: { by: '5%' } },
  },
  long: { entries: ['go'], exits: ['stop'] },
  short: 'none',
  risk: { size: { quote: 1000 } },
}

/** What every output of every node is worth, row by row, but for the one condition that stands on them all. */
const allOf = (made: EvaluatedPlay): Record<string, unknown> =>
  Object.fromEntries(
    made.flat.nodes.flatMap(({ path }, place) =>
      (path === 'either' ? [] : Object.keys(made.nodes[place]?.outputs ?? {})).flatMap((output) => [
        [`${path}.${output}`, made.nodes[place]?.outputs[output]],
        [`${path}.${output} on the decision clock`, made.onDecision(place, output)],
        [`${path}.${output} from row`, made.nodes[place]?.firstKnown[output]],
      ]),
    ),
  )

describe('outputs that no node reads', () => {
  const closes = Array.from({ length: 6000 }, (_, k) => (k % 997 === 5 ? null : 100 + ((k * 7919) % 13) + (k % 31)))
  /** Two swings, of which little is read; `more` reads the rest. */
  const swings = (more: PlayTree['nodes']): PlayTree => ({
    ...tree,
    nodes: {
      price: { bars: { market: 'main' } },
      slow: { bars: { market: 'main', tf: '5m' } },
      narrow: { swing: { bars: 'price', left: 1, right: 1 } },
      wide: { swing: { bars: 'slow', left: 2, right: 1 } },
      lines: { macd: { of: 'price.close' } },
      rising: { above: ['lines.macd', 'lines.signal'] },
      low: { above: ['price.close', 'narrow.low_level'] },
      high: { above: [128.5, 'wide.high_level'] },
      middle: { between: { of: 'price.close', low: 110, high: 122 } },
      either: { any: ['low', 'high', 'middle', 'rising', ...Object.keys(more)] },
      go: { entry: { when: 'either' } },
      stop: { stop: { by: '5%' } },
      ...more,
    },
  })
  const few = flatOf(swings({}))
  const many = flatOf(
    swings({
      a: { above: ['narrow.high_level', 'wide.low_level'] },
      b: { above: ['narrow.high_idx', 'narrow.low_idx'] },
      c: { above: ['wide.high_idx', 'wide.low_idx'] },
      e: { above: ['lines.histogram', 0] },
      f: { equals: { of: 'narrow.last_kind', is: 'high' } },
      g: { equals: { of: 'wide.last_kind', is: 'low' } },
    }),
  )
  const asked = { binding: { main: 'x:A' }, types: typesByKey }
  const whole = allOf(evaluate(many, new Workspace([market(closes)]), asked))
  const shared = Object.keys(allOf(evaluate(few, new Workspace([market(closes)]), asked)))

  it('are what they are where they are read, on either clock', () => {
    const made = allOf(evaluate(few, new Workspace([market(closes)]), asked))
    expect(shared.length).toBeGreaterThan(60)
    for (const name of shared) expect(made[name], name).toEqual(whole[name])
  })

  it('are there for a Play that comes to read them, its columns coming from the cache', () => {
    const workspace = new Workspace([market(closes)])
    const first = evaluate(few, workspace, asked)
    const made = allOf(evaluate(many, workspace, asked))
    for (const name of Object.keys(whole)) expect(made[name], name).toEqual(whole[name])
    // And nothing that was handed out before has been written over.
    expect(allOf(first)).toEqual(Object.fromEntries(shared.map((name) => [name, whole[name]])))
  })

  it('are computed when they are first asked for, once', () => {
    const rows = 100
    let runs = 0
    const two = (): Record<string, Float64Array> => ({ a: new Float64Array(rows), b: new Float64Array(rows) })
    const job = new Job({
      ...given(new Float64Array(rows)),
      run: (_memory, _inputs, outputs, _params, i0, i1) => {
        runs += 1
        const { a, b } = outputs as { a: Float64Array; b: Float64Array }
        a.fill(1, i0, i1)
        b.fill(2, i0, i1)
      },
      outputs: two(),
      unread: new Set(['b']),
    })
    runJobs([job])
    const { outputs, firstKnown } = job.columns
    expect(job.kept).toEqual([new Float64Array(rows).fill(1)])
    expect(firstKnown).toEqual({ a: 0, b: 0 })
    expect([outputs.a, runs]).toEqual([new Float64Array(rows).fill(1), 1])
    expect([outputs.b, runs]).toEqual([new Float64Array(rows).fill(2), 2])
    expect([outputs.b, runs]).toEqual([outputs.b, 2])
    expect(outputs.b).not.toBe(job.recipe.outputs.b)
  })
})

describe('the law: infinity becomes unknown in one place, and the run tells of it', () => {
  const flat = flatOf(tree)
  // Changes: -, 1, 0, -2, 3, 0, 2; over two bars: -, -, 1, -2, 1, 3, 2. What is not there yet is no infinity.
  const data = market([100, 101, 101, 99, 102, 102, 104])
  const workspace = new Workspace([data])
  const place = (path: string): number => flat.nodes.findIndex((node) => node.path === path)

  it('x over 0 is unknown, and so is what hangs on it', () => {
    const { onDecision, findings } = evaluate(flat, workspace, { binding: { main: 'x:A' }, types: typesByKey })
    expect([...(onDecision(place('steepness'), 'value') as Float64Array)].map(Number.isFinite)).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
      true,
    ])
    const steep = onDecision(place('steep'), '')
    if (steep instanceof Float64Array || !('t' in steep)) throw new Error('not a condition')
    expect([0, 1, 2, 3, 4, 5, 6].map((i) => verdictAt(steep, i))).toEqual([0, 0, 0, 1, -1, 0, 1])
    expect(findings).toEqual([{ path: 'steepness', output: 'value', rows: 2, firstRow: 2 }])
  })

  it('every run tells it, the columns coming from the cache or not', () => {
    const told = [1, 2].map(() => {
      const made = run({
        plays: [flat],
        workspace,
        types: typesByKey,
        settings: settingsSchema.parse({}),
        fromMs: monday,
        toMs: monday + 7 * minuteMs,
      })
      if (Array.isArray(made)) throw new Error(JSON.stringify(made))
      return made.notices.filter(({ code }) => code === 'not_finite').map(({ message }) => message)
    })
    expect(told[0]).toEqual(['steepness.value was infinite on 2 bars and counts as unknown there'])
    expect(told[1]).toEqual(told[0])
  })
})

describe('what a workspace keeps', () => {
  it('one name a text, one column a constant, one plan a market, range and setting', () => {
    const workspace = new Workspace([market([100, 101])])
    const names = ['a', 'b', 'a|b', 'a'].map((text) => workspace.keyOf(text))
    expect(names[0]).toBe(names[3])
    expect(new Set(names).size).toBe(3)
    expect(workspace.constant(1.5, 40)).toBe(workspace.constant(1.5, 40))
    expect(workspace.constant(1.5, 40)).not.toBe(workspace.constant(1.5, 41))
    expect([...workspace.constant(-2, 3)]).toEqual([-2, -2, -2])
    const range = { fromMs: monday, toMs: monday + minuteMs, gaps: 'refuse' as const }
    expect(workspace.funding('x:A', range)).toBe(workspace.funding('x:A', { ...range }))
    expect(workspace.funding('x:A', range)).not.toBe(workspace.funding('x:A', { ...range, toMs: monday }))
    expect(workspace.funding('x:A', range)).not.toBe(workspace.funding('x:A', { ...range, gaps: 'mark' }))
  })

  it('counts of a condition, for the rows and holes that are asked for', () => {
    const workspace = new Workspace([market([100, 101])])
    // Rows 0-7: true; 8-15: false; 16-31: unknown. Holes: row 3, or rows 3 and 20.
    const when = { t: Uint32Array.of(0xff), f: Uint32Array.of(0xff00) }
    const [one, two] = [Uint32Array.of(8), Uint32Array.of(8 | (1 << 20))]
    const all = { i0: 0, i1: 32, from: 0 }
    for (const turn of [1, 2]) {
      expect(workspace.tallyOf(one, when, all), `turn ${turn}`).toEqual({ bars: 31, trues: 7, falses: 8, unknown: 16 })
      expect(workspace.tallyOf(two, when, all)).toEqual({ bars: 30, trues: 7, falses: 8, unknown: 15 })
      expect(workspace.tallyOf(one, when, { ...all, from: 30 })).toEqual({ bars: 31, trues: 7, falses: 8, unknown: 2 })
      expect(workspace.tallyOf(one, when, { i0: 4, i1: 17, from: 4 })).toEqual({
        bars: 13,
        trues: 4,
        falses: 8,
        unknown: 1,
      })
    }
  })

  it('a fast node reads a slow one that is computed in the same evaluation', () => {
    const flat = flatOf({
      ...tree,
      nodes: {
        price: { bars: { market: 'main' } },
        fives: { bars: { market: 'main', tf: '5m' } },
        mean: { sma: { of: 'fives.close', length: 2 } },
        shallow: { above: ['price.close', 'mean'] },
        go: { entry: { when: 'shallow' } },
        stop: { stop: { by: '5%' } },
      },
    })
    // Bars of five minutes close at 100, 110, 90: means 105 (known from row 9 on) and 100 (from row 14 on).
    const closes = Array.from({ length: 15 }, (_, k) => [100, 110, 90][Math.floor(k / 5)] ?? null)
    const made = evaluate(flat, new Workspace([market(closes)]), { binding: { main: 'x:A' }, types: typesByKey })
    const at = flat.nodes.findIndex((node) => node.path === 'shallow')
    const column = made.onDecision(at, '')
    if (column instanceof Float64Array || !('t' in column)) throw new Error('not a condition')
    expect([8, 9, 10, 13, 14].map((i) => verdictAt(column, i))).toEqual([0, 1, -1, -1, -1])
  })

  it('no more bytes than it may, numbers thrown out before conditions, the least recently used first', () => {
    const rows = 3200
    const columns = { hole: new Uint32Array(100), grid: gridOf(rows), infinite: [], firstKnown: {} }
    const numbers = (): NodeColumns => ({ ...columns, outputs: { value: new Float64Array(rows) } })
    const bits = { t: new Uint32Array(100), f: new Uint32Array(100) }
    // Room for two columns of numbers and one condition.
    const store = new ColumnStore(2 * 8 * rows + 800)
    const held = (...keys: readonly string[]) => keys.map((key) => store.get(key) !== undefined)
    let made = 0
    const constant = (): Float64Array => {
      made += 1
      return new Float64Array(rows)
    }
    const put = (key: string, made: NodeColumns): void => store.set(key, made, Object.values(made.outputs))
    put('bits', { ...columns, outputs: { '': bits } })
    put('a', numbers())
    put('b', numbers())
    expect(held('b', 'bits', 'a')).toEqual([true, true, true])
    store.derived('c', constant)
    expect(held('bits', 'a', 'b')).toEqual([true, true, false])
    store.derived('c', constant)
    expect(made).toBe(1)
    put('d', numbers())
    expect(held('bits', 'a', 'd')).toEqual([true, false, true])
    store.derived('c', constant)
    expect([made, store.size]).toEqual([1, 3])
  })

  it('a column on another clock is made once, and anew only when it was thrown out', () => {
    const slow = flatOf({
      ...tree,
      nodes: {
        ...tree.nodes,
        fives: { bars: { market: 'main', tf: '5m' } },
        steep: { above: ['price.close', 'fives.close'] },
      },
    })
    const closes = Array.from({ length: 200 }, (_, k) => (k === 17 ? null : 100 + (k % 7)))
    const binding = { main: 'x:A' }
    const at = slow.nodes.findIndex((node) => node.path === 'fives')
    const roomy = new Workspace([market(closes)])
    const [first, second] = [1, 2].map(() =>
      evaluate(slow, roomy, { binding, types: typesByKey }).onDecision(at, 'close'),
    )
    expect(first).toBe(second)
    const tight = new Workspace([market(closes)], 0)
    const [third, fourth] = [1, 2].map(() =>
      evaluate(slow, tight, { binding, types: typesByKey }).onDecision(at, 'close'),
    )
    expect(third).toEqual(first)
    expect(fourth).toEqual(first)
    expect(getBit(evaluate(slow, tight, { binding, types: typesByKey }).decision.hole, 17)).toBe(true)
  })
})
