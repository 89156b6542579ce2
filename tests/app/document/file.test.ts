// One file a Play: every tool reads it, the layout survives, and what is broken is said.
import { describe, expect, it } from 'vitest'
import { addNode, setNote, setPositions } from '../../../app/document/edits/nodes'
import { emptyPlay } from '../../../app/document/emptyPlay'
import { fileName, fileText, readFile } from '../../../app/document/file'
import { nextTitle } from '../../../app/document/storage'
import { ago } from '../../../app/document/times'
import { examples } from '../../../blocks/catalogue'
import { playHash } from '../../../blocks/play/canonical'
import { checkPlay } from '../../../blocks/play/check'
import { parseDocument } from '../../../blocks/play/text/parse'
import { specDocuments } from '../../fixtures/documents'
import { edited, openText } from '../../fixtures/playDocument'

const ema = openText(specDocuments.emaPullback)

describe('files', () => {
  it('carry the layout through, and the notes as they were', () => {
    const placed = edited(ema, (draft) => {
      setPositions(draft, { atr: [10, 20], $long: [300, -40] })
      setNote(draft, { id: 'atr', text: 'two\nlines' })
      draft.sidecar.notes = { ...draft.sidecar.notes, end: 'the end\nof it' }
      draft.sidecar.frames = [{ id: 'f', title: 'Setup: "x" # y', nodes: ['atr'] }]
      draft.sidecar.collapsed = ['atr']
      draft.sidecar.colours = { atr: 's1' }
    })
    const text = fileText(placed)
    expect(readFile(text, 'a.yaml')).toEqual({ tree: placed.tree, sidecar: placed.sidecar })
    const plain = parseDocument(text)
    expect(plain.problems).toEqual([])
    expect(plain.tree === undefined ? '' : playHash(plain.tree)).toBe(playHash(ema.tree))
    expect(text.split('\n').filter((line) => line.startsWith('# layout of the canvas: '))).toHaveLength(1)
  })
  it('without a layout are the text alone', () => {
    for (const text of Object.values(examples)) expect(fileText(openText(text))).toBe(text)
    expect(fileName(ema.tree)).toBe('ema_pullback.play.yaml')
  })
  it('say what is broken, and where', () => {
    const broken = readFile('dsl: 1\nplay: [', 'mine.yaml')
    expect('problems' in broken && broken.problems[0]).toMatchObject({ where: { file: 'mine.yaml', line: 2 } })
    const block = readFile(specDocuments.liquidityGrabBlock, 'b.yaml')
    expect('problems' in block && block.problems[0]?.message).toBe('this file holds a Block, not a Play')
  })
  it('a layout that is no layout is left out, the Play is not', () => {
    for (const line of ['{"positions":{"atr":["a",1]}}', '{', '{"positions":7}', '{"__proto__":{"x":1}}']) {
      const read = readFile(`${specDocuments.emaPullback}# layout of the canvas: ${line}\n`, 'a.yaml')
      expect(read).toEqual({ tree: ema.tree, sidecar: ema.sidecar })
    }
  })
})

describe('the empty Play', () => {
  it('is one that text can hold and that only wants an entry and a stop', () => {
    const read = readFile(fileText({ tree: emptyPlay, sidecar: {} }), 'empty')
    expect('tree' in read && read.tree).toEqual(emptyPlay)
    expect(checkPlay(emptyPlay).problems.map(({ code }) => code)).toEqual(['no_entry', 'no_stop'])
    const grown = edited({ id: 'e', tree: emptyPlay, sidecar: {} }, (draft) =>
      addNode(draft, { type: 'ema', at: null }),
    )
    expect(grown.sidecar.order).toEqual(['ema'])
  })
})

describe('small words', () => {
  it('number the copies of a title', () => {
    expect(nextTitle('EMA pullback', ['EMA pullback'])).toBe('EMA pullback 2')
    expect(nextTitle('EMA pullback 2', ['EMA pullback', 'EMA pullback 2', 'EMA pullback 3'])).toBe('EMA pullback 4')
  })
  it('tell times of the past', () => {
    const now = Date.UTC(2026, 5, 10, 12)
    expect([0, 59_000, 61_000, 3_600_000, 86_400_000, 3 * 86_400_000].map((past) => ago(now - past, now))).toEqual([
      'just now',
      'just now',
      '1 min ago',
      '1 h ago',
      'yesterday',
      '2026-06-07',
    ])
  })
})
