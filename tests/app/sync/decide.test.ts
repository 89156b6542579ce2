// What is done with a Play, for every standing of here, there and what was agreed on.
import { describe, expect, it } from 'vitest'
import type { Base } from '../../../app/document/storage'
import { decide } from '../../../app/sync/decide'

const base = (more: Partial<Base> = {}): Base => ({
  id: 'a',
  revision: 3,
  mark: 'agreed',
  sent: null,
  deleted: false,
  ...more,
})
const same = { deleted: false, mark: 'agreed' }
const edited = { deleted: false, mark: 'edited' }
const gone = { deleted: true, mark: 'agreed' }
const at = (revision: number, deleted = false) => ({ revision, deleted })

describe('a Play of which the server', () => {
  it('knows nothing is sent, whatever was agreed on with another database', () => {
    expect(decide(same, null, null)).toBe('send')
    expect(decide(same, base(), null)).toBe('send')
    expect(decide(gone, base(), null)).toBe('nothing')
  })
  it('has what was agreed on', () => {
    expect(decide(same, base(), at(3))).toBe('nothing')
    expect(decide(edited, base(), at(3))).toBe('send')
    expect(decide(gone, base(), at(3))).toBe('removeThere')
  })
  it('has another revision', () => {
    expect(decide(same, base(), at(4))).toBe('take')
    expect(decide(edited, base(), at(4))).toBe('choose')
    // A database that was brought back from a backup is no newer one: where something was changed here, somebody is asked.
    expect(decide(edited, base(), at(2))).toBe('choose')
    // An edit is worth more than a deletion that did not know of it.
    expect(decide(gone, base(), at(4))).toBe('restoreHere')
  })
  it('has one, and nothing was ever agreed on', () => {
    expect(decide(same, null, at(1))).toBe('choose')
    // It was run before it was saved: there is no draft.
    expect(decide(same, null, at(0))).toBe('send')
    expect(decide(gone, null, at(0))).toBe('removeThere')
  })
  it('has deleted', () => {
    expect(decide(same, base(), at(3, true))).toBe('removeHere')
    expect(decide(edited, base(), at(3, true))).toBe('tellGone')
    expect(decide(edited, null, at(3, true))).toBe('tellGone')
    expect(decide(gone, base(), at(3, true))).toBe('agreeDeleted')
    expect(decide(gone, base({ deleted: true }), at(3, true))).toBe('nothing')
  })
  it('and this browser knew as deleted, and one of them brought back', () => {
    expect(decide(same, base({ deleted: true }), at(3, true))).toBe('restoreThere')
    expect(decide(gone, base({ deleted: true }), at(3))).toBe('restoreHere')
  })
})
