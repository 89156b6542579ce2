// Random columns for the laws: runs of unknown, equal values, flat bars, ends of the number range.
import fc from 'fast-check'
import { bitsOf, setVerdict, type Verdict, verdictAt } from '../../../blocks/kit/bits'
import type { BarColumns, Column } from '../../../blocks/kit/logic'
import { isLogical, type Socket } from '../../../blocks/kit/socket'
import { given, type Input, type Sockets } from './runner'

/** Multiples of 1/8: sums and reflections of them are exact, so only a kernel can be wrong. */
const grid = fc.integer({ min: -60, max: 60 }).map((x) => x / 8)
const wild = fc.oneof(
  { weight: 12, arbitrary: grid },
  { weight: 3, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, Infinity, -Infinity, 1e-310, 1e150) },
)

/** Values with runs: each drawn value stands for one to six rows. */
const runs = <T>(value: fc.Arbitrary<T>, rows: number): fc.Arbitrary<T[]> =>
  fc
    .array(fc.tuple(value, fc.oneof(fc.constant(1), fc.constant(1), fc.integer({ min: 1, max: 6 }))), {
      minLength: rows,
      maxLength: rows,
    })
    .map((pairs) => pairs.flatMap(([x, n]) => new Array<T>(n).fill(x)).slice(0, rows))

const withUnknown = (value: fc.Arbitrary<number>, share: number) =>
  share === 0
    ? value
    : fc.oneof(
        { weight: Math.round(100 * (1 - share)), arbitrary: value },
        { weight: Math.round(100 * share), arbitrary: fc.constant(Number.NaN) },
      )

export interface Taste {
  readonly rows: number
  /** Share of unknown runs. */
  readonly unknown: number
  /** Values beyond the grid too. */
  readonly wild: boolean
}

const numbers = ({ rows, unknown, wild: free }: Taste): fc.Arbitrary<Float64Array> =>
  runs(withUnknown(free ? wild : grid, unknown), rows).map((x) => new Float64Array(x))

const verdicts = ({ rows, unknown }: Taste): fc.Arbitrary<Column> => {
  const verdict: fc.Arbitrary<Verdict> =
    unknown === 0 ? fc.constantFrom<Verdict>(1, -1) : fc.constantFrom<Verdict>(1, -1, 1, -1, -1, 0)
  return runs(verdict, rows).map((values) => {
    const bits = bitsOf(rows)
    for (let i = 0; i < rows; i++) setVerdict(bits, i, given(values[i]))
    return bits
  })
}

const codes = ({ rows, unknown }: Taste): fc.Arbitrary<Float64Array> =>
  runs(withUnknown(fc.constantFrom(0, 1), unknown), rows).map((x) => new Float64Array(x))

/** Bars on the grid: open and close inside the range, gaps, flat bars, bars that are not there. */
const bars = ({ rows, unknown }: Taste): fc.Arbitrary<BarColumns> => {
  const eighths = fc.integer({ min: 0, max: 16 })
  const bar = fc.record({
    low: fc.integer({ min: 700, max: 780 }),
    range: fc.oneof(eighths, fc.constant(0)),
    open: fc.nat(1000),
    close: fc.nat(1000),
    there: unknown === 0 ? fc.constant(true) : fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x >= unknown),
  })
  return runs(bar, rows).map((list) => {
    const column = (pick: (bar: (typeof list)[number]) => number) =>
      new Float64Array(list.map((x) => (x.there ? pick(x) / 8 : Number.NaN)))
    return {
      open: column((x) => x.low + (x.open % (x.range + 1))),
      high: column((x) => x.low + x.range),
      low: column((x) => x.low),
      close: column((x) => x.low + (x.close % (x.range + 1))),
      volume: column((x) => x.range),
    }
  })
}

export const inputFor = (socket: Socket, taste: Taste): fc.Arbitrary<Input> =>
  socket.letter === 'B'
    ? bars(taste)
    : socket.letter === 'K'
      ? codes(taste)
      : isLogical(socket.letter)
        ? verdicts(taste)
        : numbers(taste)

/** Inputs by port; a port of the type that takes a list gets one. */
export const inputsFor = (
  sockets: Sockets,
  isList: (port: string) => boolean,
  taste: Taste,
): fc.Arbitrary<Record<string, Input>> =>
  fc.record(
    Object.fromEntries(
      Object.entries(sockets).map(([port, wires]) => [
        port,
        isList(port)
          ? (fc.tuple(...wires.map((x) => inputFor(x, taste))) as fc.Arbitrary<Column[]>)
          : inputFor(given(wires[0]), taste),
      ]),
    ),
  )

const sliceColumn = (column: Column, i0: number, i1: number): Column => {
  if (column instanceof Float64Array) return column.slice(i0, i1)
  const bits = bitsOf(i1 - i0)
  for (let i = i0; i < i1; i++) setVerdict(bits, i - i0, verdictAt(column, i))
  return bits
}

/** The same inputs, changed column by column. */
export const mapColumns = (
  inputs: Readonly<Record<string, Input>>,
  change: (column: Column) => Column,
): Record<string, Input> =>
  Object.fromEntries(
    Object.entries(inputs).map(([port, input]) => {
      if (Array.isArray(input)) return [port, input.map((x: Column) => change(x))]
      if (input instanceof Float64Array || 't' in input) return [port, change(input as Column)]
      const columns = Object.entries(input as BarColumns).map(([name, x]) => [name, change(x)])
      return [port, Object.fromEntries(columns) as BarColumns]
    }),
  )

export const sliceInputs = (inputs: Readonly<Record<string, Input>>, i0: number, i1: number): Record<string, Input> =>
  mapColumns(inputs, (column) => sliceColumn(column, i0, i1))
