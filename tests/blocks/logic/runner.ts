// Runs one logic type over plain columns: the examples, the laws and the rule vectors share it.
import { type Bits, bitsOf, setVerdict, verdictAt } from '../../../blocks/kit/bits'
import type { BarColumns, Column, ExampleColumn, LogicType, SeriesFeed, Storage } from '../../../blocks/kit/logic'
import { isRefusal } from '../../../blocks/kit/logic'
import { isLogical, type Socket } from '../../../blocks/kit/socket'

/** What a test takes for granted; it fails where it is not so. */
export const given = <T>(x: T | undefined): T => {
  if (x === undefined) throw new Error('nothing there')
  return x
}

export type PlainColumn = ExampleColumn
export type PlainInput = PlainColumn | readonly PlainColumn[] | Readonly<Record<string, PlainColumn>>
export type Input = Column | readonly Column[] | BarColumns | SeriesFeed

export const isColumn = (x: unknown): x is PlainColumn =>
  typeof x === 'string' || (Array.isArray(x) && x.every((y) => y === null || typeof y === 'number'))

export const columnOf = (plain: PlainColumn): Column => {
  if (typeof plain !== 'string') return Float64Array.from(plain, (x) => x ?? Number.NaN)
  const bits = bitsOf(plain.length)
  for (let i = 0; i < plain.length; i++) setVerdict(bits, i, plain[i] === 'T' ? 1 : plain[i] === 'F' ? -1 : 0)
  return bits
}

export const inputOf = (plain: PlainInput): Input => {
  if (isColumn(plain)) return columnOf(plain)
  if (Array.isArray(plain)) return plain.map((x: PlainColumn) => columnOf(x))
  // A map of columns is a bundle of bars here, whichever columns the example names.
  return Object.fromEntries(
    Object.entries(plain as Record<string, PlainColumn>).map(([k, x]) => [k, columnOf(x)]),
  ) as unknown as BarColumns
}

/** Infinity is unknown too: a kernel lets it through, whoever keeps its columns turns it (engine.md, "The law"). */
export const plainOf = (column: Column, rows: number): PlainColumn =>
  column instanceof Float64Array
    ? Array.from(column.subarray(0, rows), (x) => (Number.isFinite(x) ? x : null))
    : Array.from({ length: rows }, (_, i) => ({ 1: 'T', 0: '?', [-1]: 'F' })[verdictAt(column, i)]).join('')

/** Defaults of the parameters in base units are not needed here: tests name every parameter that a kernel reads. */
export type Params = Readonly<Record<string, unknown>>
export type Sockets = Readonly<Record<string, readonly Socket[]>>

export const socketsOf = (type: LogicType, sockets: Sockets, params: Params): Record<string, Socket> =>
  Object.fromEntries(
    Object.entries(type.outputs).map(([name, { socket }]) => {
      const resolved = typeof socket === 'function' ? socket({ sockets, params }) : socket
      if (isRefusal(resolved)) throw new Error(resolved.message)
      return [name, resolved]
    }),
  )

export const blankOutputs = (outputs: Readonly<Record<string, Socket>>, rows: number): Record<string, Column> =>
  Object.fromEntries(
    Object.entries(outputs)
      .filter(([, { letter }]) => letter !== 'W')
      // Never zero: a row that a kernel forgets must show.
      .map(([name, { letter }]) => [name, isLogical(letter) ? dirty(rows) : new Float64Array(rows).fill(12345)]),
  )

const dirty = (rows: number): Bits => {
  const bits = bitsOf(rows)
  bits.t.fill(0xffffffff)
  bits.f.fill(0xffffffff)
  return bits
}

export const storageOf = (inputs: Readonly<Record<string, Input>>): Record<string, Storage> =>
  Object.fromEntries(
    Object.entries(inputs).map(([port, input]) => {
      const one = Array.isArray(input) ? (input as readonly Column[])[0] : input
      return [port, 't' in (one as object) ? 'bits' : 'numbers']
    }),
  )

export interface Job {
  readonly type: LogicType
  readonly inputs: Readonly<Record<string, Input>>
  readonly params: Params
  readonly sockets: Readonly<Record<string, Socket>>
  readonly rows: number
  readonly row0?: number
}

/** A kernel started on these inputs; `step` advances it to a row. */
export const start = (job: Job) => {
  const { type, inputs, params, sockets, rows, row0 = 0 } = job
  if (type.run === undefined || type.memory === undefined) throw new Error(`${type.type} has no kernel`)
  const outputs = blankOutputs(sockets, rows)
  const { run } = type
  return {
    outputs,
    memory: type.memory(params, storageOf(inputs)),
    step(i0: number, i1: number): void {
      run(this.memory, inputs, outputs, params, i0, i1, row0)
    },
  }
}

export const runWhole = (job: Job): Record<string, Column> => {
  const going = start(job)
  going.step(0, job.rows)
  return going.outputs
}
