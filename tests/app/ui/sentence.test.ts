// What engine and server say, as the page says it: a capital and one full stop, whatever was there.
import { describe, expect, it } from 'vitest'
import { sentence } from '../../../app/ui/sentence'

describe('a sentence', () => {
  it.each([
    ['the bars are made up', 'The bars are made up.'],
    ['Done.', 'Done.'],
    ['why not?', 'Why not?'],
  ])('%j is %j', (text, said) => {
    expect(sentence(text)).toBe(said)
  })
})
