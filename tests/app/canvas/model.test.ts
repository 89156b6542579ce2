// The picture of the shipped Plays.
import { describe, expect, it } from 'vitest'
import { modelOf } from '../../../app/canvas/model'
import { examples } from '../../../blocks/catalogue'
import { wiringOf } from '../../../blocks/play/connect'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { PlayTree } from '../../../blocks/play/tree'

const pictureOf = (text: string) => {
  const { tree, sidecar } = parseDocument(text)
  const play = tree as PlayTree
  return modelOf({ tree: play, sidecar, wiring: wiringOf(play), problems: [], open: new Set() })
}

describe('the picture of a Play', () => {
  it.each(Object.entries(examples))('%s: no two boxes overlap', (_, text) => {
    const model = pictureOf(text)
    const boxes = [...model.nodes, ...model.gates].map(({ view, at }) => ({
      id: view.id,
      x: at[0],
      y: at[1],
      w: view.width,
      h: view.height,
    }))
    for (const a of boxes) {
      for (const b of boxes) {
        if (a.id >= b.id) continue
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
        expect(apart, `${a.id} ${b.id}`).toBe(true)
      }
    }
  })
})
