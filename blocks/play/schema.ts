// The form of a document as zod schemas: strict, one for Plays and one for Blocks. Meaning is the checker's.
import { z } from 'zod'
import { timeframes } from '../kit/timeframe'
import { parseLiteral } from './literal'
import { hostileNames, refusedIds } from './names'

// No code is built at run time: pages forbid it.
z.config({ jitless: true })

/** What each leaf must be; problems quote it. */
export const sentences = {
  id: 'a name is a lower-case letter, then letters, digits and _ (at most 40), and none of true false null rest long short',
  port: 'a port or parameter is a lower-case letter, then letters, digits and _ (at most 40)',
  reference: 'a reference is `node` or `node.output`',
  type: 'a type is a word (`ema`, `ema@2`) or a Block with its version (`lib/name@2`, `my/name@3`, `here/name`)',
  word: 'a value is a number, a literal (0.5% 90m 6b 2R rest), a word, `node.output` or `$name`',
  param: 'parameters are written `$name`',
  text: 'here stands a text of one or more printable characters',
  market: 'a market is `venue:SYMBOL`, with `.P` for a perpetual (binance:BTCUSDT.P)',
  markets: 'a market is one instrument or, for a basket, a list of instruments',
  tf: `a timeframe is one of ${timeframes.join(' ')}`,
  dsl: 'this program reads version 1 of the language: `dsl: 1`',
  block: 'a Block is named `lib/name` or `my/name`',
  version: 'a version is a whole number from 1',
  role: 'a role is one of filter entry exit invalidation',
  pin: 'a pin is `sha256:` and 64 hexadecimal digits',
  pinned: 'pins name a Block with its version: `lib/name@2` or `my/name@3`',
  input: 'an input is one of price distance amount rate oscillator number time condition event kind bars swings zone',
  scale: '`scale` can only be `log`',
  constraint: 'a constraint is `less: [$a, $b]` or `at_most: [$a, $b]`',
  map: 'here stands a map of keys',
  list: 'here stands a list in square brackets',
  node: 'a node has exactly one type: `name: { type: { .. } }`',
  body: 'behind a type stands a map of its ports and parameters, or the list of its operands',
  side: 'a side is `mirror`, `none` or a map of filters, entries, exits and invalidations',
  size: 'a size is one of { risk: 1% }, { notional: 20% } or { quote: 500 }',
  share: 'here stands a percentage, like 0.5%',
  number: 'here stands a number',
  whole: 'here stands a whole number',
  after: '`after` is one of stop loss invalidation any',
  span: 'here stands a time or a number of bars, like 4h or 12b',
  rShare: 'here stands a multiple of the initial risk or a percentage, like 0.5R or 1%',
} as const

const exact = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject(shape, { error: sentences.map })
const map = <Value extends z.ZodType>(key: z.ZodString, inner: Value, error: string = sentences.map) =>
  z.record(key, inner, { error })
const list = <Item extends z.ZodType>(item: Item) => z.array(item, { error: sentences.list })
/** Not by zod's min(): that one asks also what is no list for its length, and `length: { toString: 1 }` makes it throw. */
const filled = <Item extends z.ZodType>(item: Item, error: string) =>
  list(item)
    .refine((items) => items.length > 0, { error })
    .meta({ minItems: 1 })

const kindIn =
  (...kinds: readonly string[]) =>
  (text: string): boolean =>
    kinds.includes(parseLiteral(text)?.kind ?? '')

const escaped = hostileNames.concat(refusedIds).join('|')
const idSource = `(?!(?:${escaped})$)[a-z][a-z0-9_]{0,39}`
const word = '[a-z][a-z0-9_]{0,39}'
/** As text they would read back as something else. */
const unquotable = ['true', 'false', 'null']
const safe = (text: string): boolean => !text.split(/[./@$]/).some((part) => hostileNames.includes(part))

const id = z.string({ error: sentences.id }).regex(new RegExp(`^${idSource}$`), { error: sentences.id })
const reference = z
  .string({ error: sentences.reference })
  .regex(new RegExp(`^${idSource}(?:\\.${word})?$`), { error: sentences.reference })
  .refine(safe, { error: sentences.reference })
const port = z.string().regex(new RegExp(`^(?!(?:${hostileNames.join('|')})$)${word}$`), { error: sentences.port })
const paramReference = z
  .string({ error: sentences.param })
  .regex(new RegExp(`^\\$${idSource}$`), { error: sentences.param })
const typeName = z
  .string({ error: sentences.type })
  .regex(new RegExp(`^(?:${word}(?:@[1-9]\\d{0,5})?|(?:lib|my)/${word}@[1-9]\\d{0,5}|here/${word})$`), {
    error: sentences.type,
  })
  .refine(safe, { error: sentences.type })
const text = z
  .string({ error: sentences.text })
  .refine((value) => value !== '' && !/[\p{Cc}\p{Cs}]/u.test(value.replaceAll('\n', '')), { error: sentences.text })
  .meta({ minLength: 1 })

/** A number, a switch, a literal, a word, a reference or a parameter: all that can stand as a value. */
const scalar = z.union(
  [
    z.number(),
    z.boolean(),
    z
      .string()
      .regex(new RegExp(`^(?:-?\\d+(?:\\.\\d+)?[%R]|\\d+[bmhdw]|\\$?${word}|${word}\\.${word})$`), {
        error: sentences.word,
      })
      .refine(
        (value) => safe(value) && (/^[a-z]/.test(value) ? !unquotable.includes(value) : parseLiteral(value) !== null),
        { error: sentences.word },
      ),
  ],
  { error: sentences.word },
)
type Inner = z.infer<typeof scalar> | Inner[] | { [key: string]: Inner }
const value: z.ZodType<Inner> = z.lazy(() =>
  z.union([scalar, list(value), map(port, value)], { error: sentences.word }),
)
const body = z.union([filled(scalar, sentences.body), map(port, value)], {
  error: sentences.body,
})
const node = map(typeName, body, sentences.node).refine((types) => Object.keys(types).length === 1, {
  error: sentences.node,
})

const paramShape = {
  value: scalar.describe('The value; `--set name=value` and evolution change it.'),
  min: scalar.optional().describe('Smallest value that evolution may try.'),
  max: scalar.optional().describe('Largest value that evolution may try.'),
  step: scalar.optional().describe('Values lie on this grid, counted from min.'),
  scale: z.literal('log', { error: sentences.scale }).optional().describe('Try values evenly by ratio.'),
  choices: filled(scalar, sentences.word).optional().describe('A closed set instead of a range.'),
  about: text.optional(),
}
const params = z
  .record(id, exact(paramShape))
  .describe('Named values of this document, written `$name` where they are used.')
const pair = z.tuple([paramReference, paramReference], { error: sentences.constraint })
const constraints = list(
  z.union([exact({ less: pair }), exact({ at_most: pair })], { error: sentences.constraint }),
).describe('What must hold between pairs of parameters.')
/** The map of nodes; the JSON Schema puts the catalogue's types in its place. */
export const nodes = map(id, node).describe('Each node: its name, its type, and what is wired to its ports.')

const instrument = z
  .string({ error: sentences.market })
  .regex(/^[a-z][a-z0-9_]{0,19}:[A-Za-z0-9][A-Za-z0-9_-]{0,39}(?:\.P)?$/, { error: sentences.market })
const basket = z.union([instrument, filled(instrument, sentences.markets)], {
  error: sentences.markets,
})

const references = list(reference)
const sideShape = {
  filters: references.optional().describe('All must be true at the decision.'),
  entries: references.describe('Any may fire; the first in the list wins.'),
  exits: references.describe('They work together; exactly one stop among them.'),
  invalidations: references.optional().describe('The thesis is wrong: judged at closes.'),
}
const side = z.union([z.enum(['mirror', 'none']), exact(sideShape)], { error: sentences.side })

const share = z
  .string({ error: sentences.share })
  .regex(/^-?\d+(?:\.\d+)?%$/, { error: sentences.share })
  .refine(kindIn('share'), { error: sentences.share })
const number = z.number({ error: sentences.number })
const whole = z.int({ error: sentences.whole })
const span = z
  .string({ error: sentences.span })
  .regex(/^\d+[bmhdw]$/, { error: sentences.span })
  .refine(kindIn('span', 'bars'), { error: sentences.span })
const rShare = z
  .string({ error: sentences.rShare })
  .regex(/^-?\d+(?:\.\d+)?[%R]$/, { error: sentences.rShare })
  .refine(kindIn('r', 'share'), { error: sentences.rShare })
const size = z.union([exact({ risk: share }), exact({ notional: share }), exact({ quote: number })], {
  error: sentences.size,
})
const cooldown = exact({
  after: z.enum(['stop', 'loss', 'invalidation', 'any'], { error: sentences.after }),
  for: span,
})
const limits = exact({
  trades_per_day: whole.optional(),
  daily_loss: share.optional(),
  losses_in_row: whole.optional(),
  open_positions: whole.optional(),
})
const risk = z
  .strictObject({
    size: size.describe('Equity lost at the initial stop, share of equity as notional, or quote currency.'),
    leverage: exact({ max: number }).optional().describe('Highest leverage, 1 when left out.'),
    cooldown: cooldown.optional().describe('No entries for a while after such an end of a trade.'),
    limits: limits.optional().describe('No entries for the rest of the UTC day once reached.'),
    scale_in: z
      .strictObject({ adds: whole, from: rShare })
      .optional()
      .describe('A setup while in the trade adds to it.'),
  })
  .describe('Size, leverage and brakes: data outside the graph.')

const inputTypes = [
  'price',
  'distance',
  'amount',
  'rate',
  'oscillator',
  'number',
  'time',
  'condition',
  'event',
  'kind',
  'bars',
  'swings',
  'zone',
] as const
const blockShape = {
  role: z.enum(['filter', 'entry', 'exit', 'invalidation'], { error: sentences.role }),
  title: text.optional(),
  about: text.optional(),
  inputs: z
    .record(id, exact({ type: z.enum(inputTypes, { error: sentences.input }), about: text.optional() }))
    .optional(),
  params: params.optional(),
  constraints: constraints.optional(),
  nodes,
  outputs: map(id, reference).describe('Exactly one of the role, and what else the Block shows.'),
}

const dsl = z.literal(1, { error: sentences.dsl })

export const blockSchema = exact({
  dsl,
  block: z.string({ error: sentences.block }).regex(new RegExp(`^(?:lib|my)/${idSource}$`), { error: sentences.block }),
  version: z
    .int({ error: sentences.version })
    .min(1, { error: sentences.version })
    .max(999_999, { error: sentences.version }),
  ...blockShape,
})

const pins = map(
  z.string().regex(new RegExp(`^(?:lib|my)/${idSource}@[1-9]\\d{0,5}$`), { error: sentences.pinned }),
  z.string({ error: sentences.pin }).regex(/^sha256:[0-9a-f]{64}$/, { error: sentences.pin }),
)

export const playSchema = exact({
  dsl,
  play: id,
  title: text.optional(),
  about: text.optional(),
  markets: map(id, basket).describe('Instruments by the names that nodes use; only `main` is traded.'),
  tf: z.enum(timeframes, { error: sentences.tf }).describe('Decisions are made at the closes of this timeframe.'),
  pins: pins.optional().describe('Content hash of each Block of a library.'),
  params: params.optional(),
  constraints: constraints.optional(),
  blocks: map(id, exact(blockShape)).optional().describe('Blocks of this document, used as here/name.'),
  nodes,
  long: side,
  short: side,
  risk,
})

/** Keys of a Play and of a Block in the order in which they are written. */
export const playKeys = Object.keys(playSchema.shape)
export const blockKeys = Object.keys(blockSchema.shape)
export const hereKeys = Object.keys(blockShape)
