// Sizes of panels that were kept: taken when they still divide the same parts, else forgotten.
import { describe, expect, it } from 'vitest'
import { sizesOf } from '../../../app/ui/sizes'

const parts = ['play', 'evidence']
const kept = (sizes: unknown): string => JSON.stringify(sizes)

describe('kept sizes', () => {
  it('are taken as they were left', () => {
    expect(sizesOf(kept({ play: 62.5, evidence: 37.5 }), parts)).toEqual({ play: 62.5, evidence: 37.5 })
    expect(sizesOf(kept({ play: 62.5, evidence: 37.2 }), parts)).toEqual({ play: 62.5, evidence: 37.2 })
  })

  it('are forgotten when parts came or went, when they do not fill the whole, and when they are nonsense', () => {
    expect(sizesOf(null, parts)).toBeNull()
    expect(sizesOf('{', parts)).toBeNull()
    expect(sizesOf(kept(7), parts)).toBeNull()
    expect(sizesOf(kept({ play: 100 }), parts)).toBeNull()
    expect(sizesOf(kept({ play: 50, evidence: 30, other: 20 }), parts)).toBeNull()
    expect(sizesOf(kept({ play: 60, evidence: 30 }), parts)).toBeNull()
    expect(sizesOf(kept({ play: 120, evidence: -20 }), parts)).toBeNull()
    expect(sizesOf(kept({ play: '60', evidence: 40 }), parts)).toBeNull()
    expect(sizesOf(kept({ play: 100, evidence: 'none' }), parts)).toBeNull()
  })
})
