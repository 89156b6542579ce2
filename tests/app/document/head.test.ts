// The head of a Play: its name follows its title until somebody names it, and nothing that the language refuses gets in.
import { describe, expect, it } from 'vitest'
import { headFault, nameOfTitle, retitled, setHead } from '../../../app/document/edits/play'
import { emptyPlay } from '../../../app/document/emptyPlay'
import { isId } from '../../../blocks/play/names'
import { edited, held } from '../../fixtures/playDocument'

const begun = { id: 'one', tree: emptyPlay, sidecar: {} }

describe('the name of a Play', () => {
  it.each([
    ['Dip, then up!', 'dip_then_up'],
    ['Überkauft', 'uberkauft'],
    ['2 of 3', 'play_2_of_3'],
    ['Long', 'long_play'],
    ['Pullback to the fast EMA in the direction of the slow one', 'pullback_to_the_fast_ema_in_the'],
    ['x'.repeat(60), 'x'.repeat(40)],
  ])('of %j is %s', (title, name) => {
    expect(nameOfTitle(title)).toBe(name)
    expect(isId(name)).toBe(true)
  })
  it('is none where no letter is left', () => {
    for (const title of ['', '!?', '日本']) expect(nameOfTitle(title)).toBeNull()
  })
  it('follows the title until it is given one of its own', () => {
    expect(retitled(emptyPlay, 'Dip and go')).toEqual({ title: 'Dip and go', play: 'dip_and_go' })
    expect(retitled({ play: 'mine', title: 'Dip and go' }, 'Dip')).toEqual({ title: 'Dip' })
    expect(retitled({ play: 'mine' }, 'Other')).toEqual({ title: 'Other', play: 'other' })
    expect(retitled(emptyPlay, '日本')).toEqual({ title: '日本' })
    const next = held(edited(begun, (draft) => setHead(draft, retitled(emptyPlay, 'Dip and go'))))
    expect(next.tree).toEqual({ ...emptyPlay, title: 'Dip and go', play: 'dip_and_go' })
  })
})

describe('what the language refuses', () => {
  it.each([
    [{ play: 'Two words' }, /a name is/],
    [{ play: 'long' }, /a name is/],
    [{ markets: { main: 'BTCUSDT' } }, /market/],
    [{ markets: { main: [] } }, /market/],
  ])('%j is told and changes nothing', (head, told) => {
    expect(headFault(emptyPlay, head)).toMatch(told)
    expect(edited(begun, (draft) => expect(setHead(draft, head)).toBe(false))).toBe(begun)
  })
  it('and nothing is told of what is right', () => {
    const markets = { main: ['binance:BTCUSDT.P', 'binance:ETHUSDT.P'], spot: 'binance:BTCUSDT' }
    expect(headFault(emptyPlay, { play: 'mine', about: '', markets })).toBeNull()
    expect(held(edited(begun, (draft) => setHead(draft, { about: 'A bet.', markets }))).tree).toEqual({
      ...emptyPlay,
      about: 'A bet.',
      markets,
    })
  })
})
