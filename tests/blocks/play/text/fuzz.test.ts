// Whatever text comes in: an answer, in time, and nothing of the program is changed by it.
import { describe, expect, it } from 'vitest'
import { playHash } from '../../../../blocks/play/canonical'
import { diff } from '../../../../blocks/play/diff'
import { fromGraph, toGraph } from '../../../../blocks/play/graph'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { printDocument } from '../../../../blocks/play/text/print'
import { fuzzDocuments, heavyDocuments } from '../../../fixtures/fuzz'

/** Of this process's own time: a busy machine must not make the test red. */
const watchdogMs = 5000
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const prototypes = () =>
  [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype].map((one) =>
    Object.getOwnPropertyNames(one).join(),
  )

const deepest = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(deepest)) : 0

describe('hostile text', () => {
  // 20,000 in four parts: no part nears the time limit of a test on a busy machine.
  it.each([1, 2, 3, 4])('part %i of 20,000 documents: no exception, no hang; what reads can be written', (part) => {
    const before = prototypes()
    let read = 0
    let slowest = 0
    for (const text of fuzzDocuments(20_261_122 + part, 5000)) {
      const start = cpuMs()
      const { tree, sidecar, problems } = parseDocument(text)
      slowest = Math.max(slowest, cpuMs() - start)
      // Plain tests: expect() would cost as much as the reading.
      if ((tree === undefined) !== problems.length > 0 || problems.length > 101) throw new Error(JSON.stringify(text))
      if (tree === undefined) continue
      read += 1
      // A fifth of those that read goes round the whole way.
      if (read % 5 !== 0) continue
      expect(deepest(tree)).toBeLessThanOrEqual(32)
      const printed = parseDocument(printDocument(tree, sidecar))
      expect(printed.problems).toEqual([])
      if (printed.tree === undefined) continue
      expect(playHash(printed.tree)).toBe(playHash(tree))
      expect(fromGraph(toGraph(tree, sidecar)).tree).toEqual(tree)
      expect(diff(tree, printed.tree)).toEqual([])
    }
    expect(prototypes()).toEqual(before)
    expect(slowest).toBeLessThan(watchdogMs)
    // The generator must reach both sides: enough of its texts are documents, enough are not.
    expect(read).toBeGreaterThan(700)
    expect(read).toBeLessThan(4000)
  })

  it('full-length texts that are slow to read stay far below the watchdog', () => {
    for (const [name, text] of heavyDocuments()) {
      const start = cpuMs()
      const { tree, sidecar } = parseDocument(text)
      if (tree !== undefined) {
        printDocument(tree, sidecar)
        printDocument(tree, { order: [] })
        fromGraph(toGraph(tree, sidecar))
        diff(tree, { ...tree, nodes: {} })
      }
      expect([name, cpuMs() - start < watchdogMs]).toEqual([name, true])
    }
  })

  it('the same seed gives the same texts', () => {
    expect([...fuzzDocuments(7, 50)]).toEqual([...fuzzDocuments(7, 50)])
    expect([...fuzzDocuments(7, 50)]).not.toEqual([...fuzzDocuments(8, 50)])
  })
})
