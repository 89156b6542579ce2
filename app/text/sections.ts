// Keys and values of the sections that are no nodes: head, params, constraints, sides, risk. Pure.
import { timeframes } from '../../blocks/kit/timeframe'
import { inputTypes, own, slotNames } from '../../blocks/play/words'
import type { Choice } from './choice'

/** A key of a map: what it says, and what is put in behind it; `#{}` is where the cursor goes. */
interface KeySpec {
  readonly about: string
  readonly apply: string
  readonly values?: readonly Choice[]
  readonly keys?: Keys
  /** Any name may stand here, with these keys behind it. */
  readonly each?: Keys
}
type Keys = Readonly<Record<string, KeySpec>>

const words = (list: readonly string[], detail: string): readonly Choice[] => list.map((label) => ({ label, detail }))
const key = (about: string, value: string, values?: readonly Choice[]): KeySpec => ({
  about,
  apply: value,
  ...(values && { values }),
})
const map = (about: string, keys: Keys): KeySpec => ({ about, apply: '{ #{} }', keys })

const paramKeys: Keys = {
  value: key('The number as it is run.', '#{}'),
  min: key('Lowest value that evolution tries, in the unit of the value.', '#{}'),
  max: key('Highest value that evolution tries.', '#{}'),
  step: key('Distance of the values tried.', '#{}'),
  choices: key('Values to choose from, in place of a range.', '[#{}]'),
  scale: key('Tries low values more finely than high ones.', 'log', words(['log'], 'scale')),
  about: key('One line on what it does.', '"#{}"'),
}

const riskKeys: Keys = {
  size: map('How large a trade is: exactly one of the three.', {
    risk: key('Share of the equity that is lost at the first stop, such as 1%.', '1%'),
    notional: key('Size as a share of the equity, such as 20%.', '20%'),
    quote: key('Size in the quote currency, such as 500.', '500'),
  }),
  leverage: map('What positions post margin at.', { max: key('Highest leverage, 1 when left out.', '5') }),
  cooldown: map('A pause after a trade.', {
    after: key('What begins the pause.', '#{}', words(['stop', 'loss', 'invalidation', 'any'], 'cause')),
    for: key('How long: bars (8b) or a time (4h).', '4h'),
  }),
  limits: map('What ends the day early.', {
    trades_per_day: key('Trades in a day (UTC).', '4'),
    daily_loss: key('Loss of a day after which nothing is entered, such as 3%.', '3%'),
    losses_in_row: key('Losses in a row after which nothing is entered that day.', '3'),
    open_positions: key('Positions open at once.', '1'),
  }),
  scale_in: map('Adds to an open trade.', {
    adds: key('How often at most.', '1'),
    from: key('Profit of the trade from which it adds, such as 0.5R.', '0.5R'),
  }),
}

const slotAbout = {
  filters: 'All must be true for an entry.',
  entries: 'Any may fire; the first wins.',
  exits: 'They work together; exactly one of them is the stop.',
  invalidations: 'Each closes the trade: the idea is wrong.',
} as const
const sideKeys: Keys = Object.fromEntries(slotNames.map((slot) => [slot, key(slotAbout[slot], '[#{}]')]))
const sideWords: readonly Choice[] = [
  { label: 'mirror', detail: 'the other side mirrored' },
  { label: 'none', detail: 'not traded' },
]
const side = (about: string): KeySpec => ({ about, apply: '#{}', values: sideWords, keys: sideKeys })

const pair = (about: string): KeySpec => key(about, '[#{}]')
const constraintKeys: Keys = {
  less: pair('The first parameter is below the second.'),
  at_most: pair('The first parameter is not above the second.'),
}

const params: KeySpec = { about: 'Numbers with a name and a range.', apply: '', each: paramKeys }
const inputs: KeySpec = {
  about: 'What the Block is wired to.',
  apply: '',
  each: {
    type: key('Socket of the input.', '#{}', words(Object.keys(inputTypes), 'socket')),
    about: key('One line on what it takes.', '"#{}"'),
  },
}
const constraints: KeySpec = { about: 'Which parameter stays below which.', apply: '', keys: constraintKeys }
const nodes: KeySpec = { about: 'Logic and Blocks, each with a name.', apply: '' }

const blockKeys: Keys = {
  role: key('What the Block is.', '#{}', words(['filter', 'entry', 'exit', 'invalidation'], 'role')),
  title: key('Its name for people.', '"#{}"'),
  about: key('One line on what it does.', '"#{}"'),
  inputs,
  params,
  constraints,
  nodes,
  outputs: map('The output of its role, and data of its own.', {}),
}

const root: Keys = {
  dsl: key('Version of the language.', '1'),
  play: key('Name of the Play: a-z, 0-9 and _.', '#{}'),
  title: key('Its name for people.', '"#{}"'),
  about: key('What it does and teaches.', '"#{}"'),
  markets: map('Names of markets; `main` is traded.', { main: key('The traded market.', 'binance:BTCUSDT.P') }),
  tf: key('The clock that decides.', '#{}', words(timeframes, 'timeframe')),
  pins: { about: 'Content hash of each Block from outside.', apply: '' },
  params,
  constraints,
  blocks: { about: 'Blocks of this document: `here/name`.', apply: '', each: blockKeys },
  nodes,
  long: side('What is wired to the long side.'),
  short: side('What is wired to the short side.'),
  risk: map('Size, leverage, pauses and limits.', riskKeys),
}

interface Found {
  readonly spec: KeySpec | null
  /** Keys that may stand below it. */
  readonly keys: Keys | null
}
const nothing: Found = { spec: null, keys: null }

const find = (keys: Keys, [word, ...rest]: readonly string[]): Found => {
  if (word === undefined) return { spec: null, keys }
  const spec = own(keys, word)
  if (spec === undefined) return nothing
  if (spec.each !== undefined && rest.length > 0)
    return rest.length === 1 ? { spec: null, keys: spec.each } : find(spec.each, rest.slice(1))
  if (rest.length > 0) return spec.keys === undefined ? nothing : find(spec.keys, rest)
  return { spec, keys: spec.keys ?? null }
}

/** Keys that a section takes at this path and does not have yet. */
export const sectionKeys = (path: readonly string[], given: readonly string[]): readonly Choice[] =>
  Object.entries(find(root, path).keys ?? {})
    .filter(([name]) => !given.includes(name))
    .map(([name, { about, apply }]) => ({ label: name, detail: '', info: about, apply: `${name}: ${apply}`.trimEnd() }))

/** Words that a key of a section takes. */
export const sectionValues = (path: readonly string[]): readonly Choice[] => find(root, path).spec?.values ?? []
