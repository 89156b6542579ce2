// Commands: every action of the canvas, every block and every node can be found, with the key that does the same.
import { describe, expect, it } from 'vitest'
import { commandsOf, type Doers, foundIn, type Standing } from '../../../app/commands/commands'
import { emptyHistory } from '../../../app/document/history'
import { homeCommands } from '../../../app/home/HomePalette'
import { ideas } from '../../../app/home/ideas'
import { examples, logicTypes } from '../../../blocks/catalogue'
import { libraryRefs } from '../../../blocks/play/check/blocks'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { PlayTree } from '../../../blocks/play/tree'

const tree = parseDocument(examples.ema_pullback ?? '').tree as PlayTree
const document = { id: 'here', tree, sidecar: {} }
const markets = [
  { id: 'binance:BTCUSDT.P', synthetic: false },
  { id: 'binance:ETHUSDT.P', synthetic: false },
  { id: 'synthetic:BTCUSDT.P', synthetic: true },
]
const standing: Standing = {
  document,
  history: emptyHistory,
  readOnly: false,
  chosen: true,
  plays: [],
  own: new Map(),
  markets,
}

const desk = (over: Partial<Standing> = {}) => {
  const done: string[] = []
  const note =
    (what: string) =>
    (...rest: readonly unknown[]): void =>
      void done.push([what, ...rest].join(' '))
  const names = [
    ...['undo', 'redo', 'face', 'tab', 'add', 'go', 'open', 'theme', 'press'],
    ...['menu', 'trade', 'decideOn', 'duplicate', 'begin'],
  ] as const
  // One name of each doer: the compiler cannot see that none is missing.
  const doers = Object.fromEntries(names.map((name) => [name, note(name)])) as unknown as Doers
  const commands = commandsOf(doers, { ...standing, ...over })
  const run = (label: string): readonly string[] => {
    commands.find((one) => one.label === label)?.run()
    return done
  }
  return { commands, run }
}

describe('commands', () => {
  it('add every type and shipped Block, and go to every node', () => {
    const { commands, run } = desk()
    expect(commands.filter(({ group }) => group === 'Add')).toHaveLength(logicTypes.length + libraryRefs.length)
    expect(commands.filter(({ group }) => group === 'Go to')).toHaveLength(Object.keys(tree.nodes).length)
    expect(run('Swing lost')).toEqual(['go swing_lost'])
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length)
  })

  it('tell what an undo would undo, and only while there is something', () => {
    expect(desk().commands.some(({ id }) => id === 'undo' || id === 'redo')).toBe(false)
    const step = { label: 'Add EMA', kind: 'logic' as const, fold: null, atMs: 0, patches: [], inverse: [] }
    const { run, commands } = desk({ history: { steps: [step], at: 1 } })
    expect(run('Undo: Add EMA')).toEqual(['undo'])
    expect(commands.some(({ id }) => id === 'redo')).toBe(false)
  })

  it('open the versions of the Play', () => {
    expect(desk().run('Keep a version')).toEqual(['menu versions'])
  })

  it('leave what changes the Play out where it is locked, and what needs a node where none is chosen', () => {
    const ids = (over: Partial<Standing>): readonly string[] => desk(over).commands.map(({ id }) => id)
    expect(ids({ readOnly: true }).filter((id) => /^(add|undo|graph (delete|arrange|rename))/.test(id))).toEqual([])
    expect(ids({ readOnly: true })).toContain('graph fit')
    expect(ids({ chosen: false })).not.toContain('graph rename')
    expect(ids({})).toContain('graph rename')
  })

  it('change market, timeframe, range and costs, but not to what is there', () => {
    const { commands, run } = desk()
    const labels = (id: RegExp) => commands.filter((one) => id.test(one.id)).map(({ label }) => label)
    expect(labels(/^trade/)).toEqual(['Trade ETHUSDT perp', 'Trade BTCUSDT perp'])
    expect(labels(/^tf/)).not.toContain('Decide on 15m bars')
    run('Trade ETHUSDT perp')
    run('Decide on 4h bars')
    run('Change the range')
    run('Duplicate this Play')
    expect(run('New Play')).toEqual(['trade binance:ETHUSDT.P', 'decideOn 4h', 'menu range', 'duplicate', 'begin'])
    const locked = desk({ readOnly: true }).commands.map(({ id }) => id)
    expect(locked.filter((id) => /^(trade|tf) /.test(id))).toEqual([])
    expect(locked).toContain('range')
  })

  it('open the other Plays of this browser', () => {
    const play = { id: 'b', title: 'Other', markets: ['binance:ETHUSDT'], tf: '1h', nodes: 3, changedMs: 0 }
    const { run, commands } = desk({ plays: [play, { ...play, id: 'here', title: 'This' }] })
    expect(commands.filter(({ group }) => group === 'Open').map(({ label }) => label)).toEqual(['Other'])
    expect(run('Other')).toEqual(['open /play/b'])
  })
})

describe('search', () => {
  const { commands } = desk()
  const labels = (query: string): readonly string[] =>
    foundIn(commands, query).flatMap((group) => group.commands.map(({ label }) => label))

  it('takes all words anywhere, names that begin with them first', () => {
    expect(labels('ema')[0]).toMatch(/^ema/i)
    expect(labels('add ema')).toContain('EMA')
    expect(labels('ema_slow')).toEqual(['Ema slow'])
    expect(labels('nothing like it')).toEqual([])
  })

  it('without words shows all', () => {
    expect(labels('  ')).toHaveLength(commands.length)
  })
})

describe('commands on home', () => {
  const done: string[] = []
  const note =
    (what: string) =>
    (...rest: readonly unknown[]): void =>
      void done.push([what, ...rest].join(' '))
  const does = {
    empty: note('empty'),
    example: note('example'),
    help: note('help'),
    open: note('open'),
    theme: note('theme'),
  }
  const play = { id: 'b', title: 'Mine', markets: ['binance:ETHUSDT.P'], tf: '1h', nodes: 3, changedMs: 0 }
  const commands = homeCommands([play], does)

  it('open every Play, begin every idea, and do the rest', () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length)
    for (const { run } of commands) run()
    expect(done).toEqual(['empty', 'open /play/b', ...ideas.map(({ name }) => `example ${name}`), 'theme', 'help'])
    expect(foundIn(commands, 'eth perp')[0]?.commands.map(({ label }) => label)).toEqual(['Mine'])
  })
})
