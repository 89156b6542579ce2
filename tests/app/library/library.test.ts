// The library of the page: what it knows, from where, and that nothing is taken for what it is not.
import { describe, expect, it } from 'vitest'
import { modelOf } from '../../../app/canvas/model'
import { shelvesOf } from '../../../app/canvas/offers'
import { blockChoices } from '../../../app/library/choices'
import { faceChanges, insideDiffers } from '../../../app/library/face'
import { type Channel, Library } from '../../../app/library/keepLibrary'
import {
  allRefs,
  anyBlock,
  learn,
  offeredRefs,
  ownNow,
  ownUnder,
  useLibrary,
  withBlocks,
} from '../../../app/library/library'
import { newerThan, newestOf, type OwnBlock, ownOf } from '../../../app/library/own'
import { whyNotKept } from '../../../app/library/server'
import { Away } from '../../../app/sync/away'
import { entriesFor, entryOf } from '../../../app/text/meaning'
import { checkPlay } from '../../../blocks/play/check'
import { libraryRefs } from '../../../blocks/play/check/blocks'
import { wiringOf } from '../../../blocks/play/connect'
import { describePlay } from '../../../blocks/play/sentence'
import { blockOf, calm, first, lineOf, second, standing, withoutOwn } from './sample'

withoutOwn()

describe('own Blocks', () => {
  it('are read by name and version, and known ones stay the same objects', () => {
    const own = ownOf([first, second])
    expect([...own.keys()]).toEqual(['my/calm@1', 'my/calm@2'])
    expect(own.get('my/calm@1')?.tree).toEqual(blockOf(calm(1)))
    expect(ownOf([first], own)).toBe(own)
    expect(ownOf([second, first], own)).toBe(own)
  })

  it('that are not what they are listed as are left out', () => {
    const wrong: readonly OwnBlock[] = [
      { ...first, hash: second.hash },
      { ...first, version: 2 },
      { ...first, name: 'my/other' },
      { ...first, yaml: 'dsl: 1\nblock: my/calm\n' },
      { ...first, yaml: '' },
    ]
    for (const one of wrong) expect(ownOf([one]).size).toBe(0)
  })

  it('a version that the server has with other content takes the place of the one that was kept here', () => {
    const other = lineOf(calm(1).replace('0.03%', '0.04%'))
    const own = ownOf([other], ownOf([first]))
    expect(own.get('my/calm@1')?.hash).toBe(other.hash)
  })

  it('are offered in their newest version alone, above the shipped ones', () => {
    const many = ownOf([second, first, lineOf(calm(1).replace('my/calm', 'my/airy'))])
    expect(newestOf(many).map(({ name, version }) => `${name}@${version}`)).toEqual(['my/airy@1', 'my/calm@2'])
    const titles = shelvesOf(undefined, many).map(({ title }) => title)
    expect(titles.indexOf('My blocks')).toBe(titles.indexOf('Library blocks') - 1)
    const mine = shelvesOf(undefined, many).find(({ title }) => title === 'My blocks')
    expect(mine?.offers[1]).toEqual({
      type: 'my/calm@2',
      label: 'Calm funding',
      about: 'Longs are not crowded.',
      icon: 'filter',
      letter: 'F',
    })
    expect(shelvesOf(undefined, new Map()).find(({ title }) => title === 'My blocks')?.offers).toEqual([])
  })

  it('a newer version is one of the same shelf and name', () => {
    const refs = ['my/calm@1', 'my/calm@10', 'my/calm@9', 'lib/calm@11', 'my/calmer@12', 'ema@2']
    expect(newerThan('my/calm@1', refs)).toBe('my/calm@10')
    expect(newerThan('my/calm@10', refs)).toBeNull()
    expect(newerThan('here/calm', refs)).toBeNull()
    expect(newerThan('ema', refs)).toBeNull()
  })
})

describe('whoever asks for a Block', () => {
  it('finds shipped and own ones', () => {
    expect(anyBlock('my/calm@1')).toBeUndefined()
    learn([first])
    expect(anyBlock('my/calm@1')?.title).toBe('Calm funding')
    expect(anyBlock('lib/no_chop@1')?.role).toBe('filter')
    expect(allRefs()).toEqual(['my/calm@1', ...libraryRefs])
    learn([second])
    expect(offeredRefs()).toEqual(['my/calm@2', ...libraryRefs])
  })

  it('a Play that names one that is not here says so, and is mended when it comes', () => {
    const before = checkPlay(standing, withBlocks)
    expect(before.problems.map(({ code }) => code)).toContain('unknown_block')
    expect(before.problems[0]?.message).toBe('there is no Block `my/calm@1`')
    expect(ownUnder(standing)).toEqual({})
    learn([first])
    expect(checkPlay(standing, withBlocks).problems).toEqual([])
    expect(Object.keys(ownUnder(standing))).toEqual(['my/calm@1'])
  })

  it('the picture, the sentences and the text know it', () => {
    const picture = () =>
      modelOf({
        tree: standing,
        sidecar: {},
        wiring: wiringOf(standing, withBlocks),
        problems: [],
        open: new Set(),
      }).nodes.find(({ view }) => view.id === 'calm')?.view
    expect(picture()?.version).toBeNull()
    expect(picture()?.summary).toBe('This type is not known here.')
    expect(entryOf('my/calm@1', standing)).toBeNull()
    learn([first])
    expect(picture()?.version).toBe('v1')
    expect(picture()?.summary).toBe('Longs are not crowded.')
    learn([lineOf(calm(1).replace(/about:.*\n/, ''))])
    expect(picture()?.summary).toBe('Calm funding')
    learn([first])
    expect(entryOf('my/calm@1', standing)?.ports.map(({ name }) => name)).toEqual(['rate'])
    expect(entriesFor(standing).map(({ key }) => key)).toContain('my/calm@1')
    const said = describePlay(standing, withBlocks).parts.map(({ text }) => text)
    expect(said.join('\n')).toContain('Calm funding')
    expect(
      describePlay(standing)
        .parts.map(({ text }) => text)
        .join('\n'),
    ).not.toContain('Calm funding')
  })

  it('a change of the library is another way to find, so that what was worked out is so anew', () => {
    const { finding } = useLibrary.getState()
    learn([first])
    const found = useLibrary.getState().finding
    expect(found).not.toBe(finding)
    learn([first])
    expect(useLibrary.getState().finding).toBe(found)
  })

  it('a node can do what its Block allows', () => {
    const of = (type: string) =>
      blockChoices({ ...standing, blocks: { calm: blockOf(calm(1)) }, nodes: { a: { [type]: {} } } }, 'a')
    expect(of('here/calm')).toEqual({ keep: true, detach: false, newest: null })
    expect(of('here/gone')).toEqual({ keep: false, detach: false, newest: null })
    expect(of('my/calm@1')).toEqual({ keep: false, detach: false, newest: null })
    learn([first, second])
    expect(of('my/calm@1')).toEqual({ keep: false, detach: true, newest: 'my/calm@2' })
    expect(of('lib/no_chop@1')).toEqual({ keep: false, detach: true, newest: null })
    expect(of('ema')).toEqual({ keep: false, detach: false, newest: null })
  })
})

/** A browser: its store, its tabs, and a server that may be away. */
const world = (kept: OwnBlock[] = []) => {
  const there: OwnBlock[] = []
  const sent: (readonly OwnBlock[])[] = []
  const state = { away: false, full: false, bare: false }
  const answer = <T>(value: T): Promise<T> => (state.away ? Promise.reject(new Away('away')) : Promise.resolve(value))
  const channel: Channel = { post: (blocks) => sent.push(blocks), listen: () => undefined, close: () => undefined }
  const library = new Library({
    store: () =>
      state.full
        ? Promise.reject(new Error('no store'))
        : Promise.resolve({ all: () => Promise.resolve(kept), put: async (blocks) => void kept.push(...blocks) }),
    server: {
      keeps: () => answer(!state.bare),
      list: () => answer(there),
      publish: ({ yaml, note }) => answer(lineOf(yaml, { note })),
    },
    channel,
  })
  return { kept, there, sent, state, library }
}

describe('the library of a browser', () => {
  it('is what it kept, while the server is away', async () => {
    const { library, state } = world([first])
    state.away = true
    await library.recall()
    expect(await library.refresh()).toBe(false)
    expect([...ownNow().keys()]).toEqual(['my/calm@1'])
  })

  it('keeps what the server has, once, and tells the other tabs', async () => {
    const { library, there, kept, sent } = world()
    there.push(first, second)
    expect(await library.refresh()).toBe(true)
    expect(kept).toEqual([first, second])
    expect(sent).toEqual([[first, second]])
    await library.refresh()
    expect(kept).toHaveLength(2)
    expect(sent).toHaveLength(1)
  })

  it('asks a server that keeps nothing for nothing', async () => {
    const { library, there, state } = world()
    state.bare = true
    there.push(first)
    expect(await library.refresh()).toBe(false)
    expect(ownNow().size).toBe(0)
  })

  it('works without a store', async () => {
    const { library, there, state } = world()
    state.full = true
    there.push(first)
    await library.recall()
    expect(await library.refresh()).toBe(true)
    expect([...ownNow().keys()]).toEqual(['my/calm@1'])
  })

  it('a version that is published is known at once; one that is not changes nothing', async () => {
    const { library, kept, sent, state } = world()
    expect(await library.publish({ yaml: first.yaml, note: 'a' })).toEqual({ ...first, note: 'a' })
    expect(anyBlock('my/calm@1')).toBeDefined()
    expect(kept).toEqual([{ ...first, note: 'a' }])
    state.away = true
    const failed = await library.publish({ yaml: second.yaml, note: '' }).catch((error: unknown) => error)
    expect(whyNotKept(failed)[0]).toMatch(/^The server does not answer, so nothing was kept/)
    expect([...ownNow().keys()]).toEqual(['my/calm@1'])
    expect(sent).toHaveLength(1)
  })
})

describe('what a version changes', () => {
  const before = blockOf(first.yaml)
  it('is told by name, and what is computed inside apart', () => {
    const after = blockOf(second.yaml)
    expect(faceChanges(before, after)).toEqual([
      { part: 'parameter', name: 'days', before: null, after: '3b, 1b to 9b by 1b' },
    ])
    expect(insideDiffers(before, after)).toBe(true)
    expect(faceChanges(before, before)).toEqual([])
    expect(insideDiffers(before, { ...before, nodes: { ...before.nodes } })).toBe(false)
  })

  it('covers role, inputs, values, ranges and outputs, gone ones too', () => {
    const after = blockOf(
      calm(2)
        .replace('rate: { type: rate }', 'cost: { type: rate }')
        .replaceAll('[rate,', '[cost,')
        .replace('value: 0.03%', 'value: 0.02%')
        .replace('filter: gate }', 'filter: gate, cheap: cheap }'),
    )
    expect(faceChanges(before, { ...after, role: 'entry' })).toEqual([
      { part: 'role', name: 'role', before: 'filter', after: 'entry' },
      { part: 'input', name: 'rate', before: 'rate', after: null },
      { part: 'input', name: 'cost', before: null, after: 'rate' },
      {
        part: 'parameter',
        name: 'most',
        before: '0.03%, 0.01% to 0.1% by 0.01%',
        after: '0.02%, 0.01% to 0.1% by 0.01%',
      },
      { part: 'output', name: 'cheap', before: null, after: 'there' },
    ])
  })
})
