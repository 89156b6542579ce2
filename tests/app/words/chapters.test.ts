// Headings over the sentences of a Play.
import { describe, expect, it } from 'vitest'
import { chaptersOf } from '../../../app/words/chapters'
import { examples } from '../../../blocks/catalogue'
import { describePlay } from '../../../blocks/play/sentence'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { PlayTree } from '../../../blocks/play/tree'

const ema = parseDocument(examples.ema_pullback ?? '').tree as PlayTree

describe('chapters', () => {
  it('hold every sentence once, in the order that a trader asks in', () => {
    const { parts } = describePlay(ema)
    const chapters = chaptersOf(parts)
    expect(chapters.map(({ title }) => title)).toEqual([
      'Entries',
      'Filters',
      'Exits',
      'When the idea is wrong',
      'Short: the mirror image',
      'Risk',
    ])
    expect(chapters.flatMap((chapter) => chapter.parts)).toEqual(parts)
  })

  it('name the side where two are written', () => {
    const titles = chaptersOf(describePlay({ ...ema, short: ema.long }).parts).map(({ title }) => title)
    expect(titles.slice(0, 5)).toEqual([
      'Long: entries',
      'Long: filters',
      'Long: exits',
      'Long: when the idea is wrong',
      'Short: entries',
    ])
  })
})
