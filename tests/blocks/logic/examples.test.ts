// Every worked example of every logic type, exact to the last bit.
import { describe, expect, it } from 'vitest'
import { logicTypes } from '../../../blocks/catalogue'
import type { Example, ExampleColumn, LogicType } from '../../../blocks/kit/logic'
import type { Socket } from '../../../blocks/kit/socket'
import { inputOf, isColumn, plainOf, runWhole } from './runner'

/** Examples say nothing of sockets: the storage of an output is that of its expected column. */
const socketFor = (plain: ExampleColumn): Socket => ({ letter: typeof plain === 'string' ? 'C' : 'N', centre: null })

const rowsOf = (example: Example): number => {
  const lengths = Object.values(example.outputs).map((column) => column.length)
  expect(new Set(lengths).size, 'all outputs have one length').toBe(1)
  return lengths[0] ?? 0
}

const lengthsOf = (input: Example['inputs'][string]): readonly number[] =>
  isColumn(input) ? [input.length] : Object.values(input as Record<string, ExampleColumn>).map((x) => x.length)

const compute = (type: LogicType, example: Example) => {
  const rows = rowsOf(example)
  const inputs = Object.fromEntries(Object.entries(example.inputs).map(([port, x]) => [port, inputOf(x)]))
  for (const x of Object.values(example.inputs)) for (const length of lengthsOf(x)) expect(length).toBe(rows)
  const sockets = Object.fromEntries(Object.entries(example.outputs).map(([name, x]) => [name, socketFor(x)]))
  const all = runWhole({
    type,
    inputs,
    params: example.params ?? {},
    sockets,
    rows,
    ...(example.row0 === undefined ? {} : { row0: example.row0 }),
  })
  return Object.fromEntries(Object.entries(all).map(([name, column]) => [name, plainOf(column, rows)]))
}

describe('worked examples', () => {
  for (const type of logicTypes.filter((x) => x.run !== undefined && x.feed === undefined)) {
    it(`${type.type} has one, over all its columns`, () => {
      expect(type.examples.length).toBeGreaterThan(0)
      const named = new Set(type.examples.flatMap((example) => Object.keys(example.outputs)))
      for (const [name, { socket }] of Object.entries(type.outputs)) {
        if (typeof socket === 'function' || socket.letter !== 'W') expect(named).toContain(name)
      }
    })
    for (const example of type.examples) {
      it(`${type.type}: ${example.about}`, () => expect(compute(type, example)).toEqual(example.outputs))
    }
  }
})
