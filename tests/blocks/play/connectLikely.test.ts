// Likely wires: all that is legal from either end and no circle, without judging each.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type WireEnd, type WireTarget, wiringOf } from '../../../blocks/play/connect'
import type { PlayTree } from '../../../blocks/play/tree'
import { randomPlay } from '../../fixtures/randomPlay'

const ends = (tree: PlayTree) => {
  const wiring = wiringOf(tree)
  const ids = [...Object.keys(tree.nodes), '$long', '$short']
  const sources = ids.flatMap((source) =>
    (wiring.node(source)?.outputs ?? []).map(({ handle }): WireEnd => ({ source, output: handle })),
  )
  const targets = ids.flatMap((target) =>
    (wiring.node(target)?.inputs ?? []).map(({ handle }): WireTarget => ({ target, handle })),
  )
  return { wiring, sources, targets }
}

describe('likely wires', () => {
  it('what is likely holds all that is legal from either end, and no circle', () => {
    const wireKey = ({ source, output }: WireEnd, { target, handle }: WireTarget): string =>
      JSON.stringify([source, output, target, handle])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(), (seed, pick) => {
        const tree = randomPlay({ seed })
        const { wiring, sources, targets } = ends(tree)
        const end = sources[pick % sources.length]
        const place = targets[pick % targets.length]
        if (end === undefined || place === undefined) return
        const from = new Set(wiring.likely(end).map((target) => wireKey(end, target)))
        for (const target of targets) {
          const verdict = wiring.can({ ...end, ...target })
          if (verdict.ok) expect(from, wireKey(end, target)).toContain(wireKey(end, target))
          else if (verdict.code === 'cycle') expect(from).not.toContain(wireKey(end, target))
        }
        const into = new Set(wiring.likelySources(place).map((source) => wireKey(source, place)))
        for (const source of sources) {
          const verdict = wiring.can({ ...source, ...place })
          if (verdict.ok) expect(into, wireKey(source, place)).toContain(wireKey(source, place))
          else if (verdict.code === 'cycle') expect(into).not.toContain(wireKey(source, place))
        }
      }),
      { numRuns: 8 },
    )
  })
})
