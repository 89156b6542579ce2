// Whatever text comes in: an answer, in time, and nothing of the program is changed by it.
import { describe, expect, it } from 'vitest'
import { playHash } from '../../../../blocks/play/canonical'
import { checkPlay } from '../../../../blocks/play/check'
import { checkBlock } from '../../../../blocks/play/checkBlock'
import { diff } from '../../../../blocks/play/diff'
import { fromGraph, toGraph } from '../../../../blocks/play/graph'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { printDocument } from '../../../../blocks/play/text/print'
import type { DocumentTree, Sidecar } from '../../../../blocks/play/tree'
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

/** The checker's answer: flat exactly when there is no error. A Block is never flat. */
const isFlat = (tree: DocumentTree, text: string): boolean => {
  if ('block' in tree) {
    if (!Array.isArray(checkBlock(tree))) throw new Error(JSON.stringify(text))
    return false
  }
  const { problems, flat } = checkPlay(tree)
  if ((flat === undefined) !== problems.some(({ severity }) => severity === 'error'))
    throw new Error(JSON.stringify(text))
  return flat !== undefined
}

/** Printed and read again, and through the graph, it is the same document. */
const goesRound = (tree: DocumentTree, sidecar: Sidecar): void => {
  expect(deepest(tree)).toBeLessThanOrEqual(32)
  const printed = parseDocument(printDocument(tree, sidecar))
  expect(printed.problems).toEqual([])
  if (printed.tree === undefined) return
  expect(playHash(printed.tree)).toBe(playHash(tree))
  expect(fromGraph(toGraph(tree, sidecar)).tree).toEqual(tree)
  expect(diff(tree, printed.tree)).toEqual([])
}

describe('hostile text', () => {
  // 20,000 in four parts: no part nears the time limit of a test on a busy machine.
  it.each([1, 2, 3, 4])(
    'part %i of 20,000 documents: no exception, no hang; what reads can be written and gets an answer of the checker, flat exactly when there is no error',
    (part) => {
      const before = prototypes()
      let read = 0
      let flattened = 0
      let some = 0
      let start = cpuMs()
      for (const text of fuzzDocuments(20_261_122 + part, 5000)) {
        const { tree, sidecar, problems } = parseDocument(text)
        // Plain tests: expect() would cost as much as the reading.
        if ((tree === undefined) !== problems.length > 0 || problems.length > 101) throw new Error(JSON.stringify(text))
        if (tree !== undefined) {
          read += 1
          if (isFlat(tree, text)) flattened += 1
          // A fifth of those that read goes round the whole way.
          if (read % 5 === 0) goesRound(tree, sidecar)
        }
        some += 1
        if (some % 100 !== 0) continue
        // A hundred together get the time of one: asking the clock for each would cost as much as reading some.
        const now = cpuMs()
        if (now - start >= watchdogMs) throw new Error(`texts ${some - 99} to ${some} took ${now - start} ms`)
        start = now
      }
      expect(some).toBe(5000)
      expect(prototypes()).toEqual(before)
      // The generator must reach both sides: enough of its texts are documents, enough are not.
      expect(read).toBeGreaterThan(700)
      expect(read).toBeLessThan(4000)
      expect(flattened).toBeGreaterThan(25)
      expect(flattened).toBeLessThan(read)
    },
  )

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
