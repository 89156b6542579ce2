// Two versions in words: nothing is said of what a text trades that this page cannot read.
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { emptyPlay } from '../../../app/document/emptyPlay'
import { type Content, contentOf } from '../../../app/sync/content'
import { SideBySide } from '../../../app/sync/SideBySide'

const mine = contentOf({ tree: emptyPlay, sidecar: {}, loose: null })
const later: Content = { ...mine, yaml: 'dsl: 2\nplay: later\n' }

const shown = (left: Content, right: Content): string =>
  renderToStaticMarkup(
    createElement(SideBySide, { left: { name: 'Version 1', content: left }, right: { name: 'Now', content: right } }),
  )

it.each([
  ['the first', later, mine],
  ['the second', mine, later],
])('%s cannot be read: it is not said that both trade the same', (_which, left, right) => {
  const words = shown(left, right)
  expect(words).toContain('cannot be read by this page')
  expect(words).not.toContain('Both trade the same.')
})

it('both can be read and differ in notes alone: both trade the same', () => {
  const words = shown(mine, { ...mine, sidecar: { notes: { a: 'why' } } })
  expect(words).toContain('Both trade the same.')
  expect(words).not.toContain('cannot be read')
})
