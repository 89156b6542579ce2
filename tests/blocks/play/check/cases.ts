// For every code of the checker at least one Play that raises it.
import type { CheckOptions } from '../../../../blocks/play/check'
import type { Code } from '../../../../blocks/play/check/codes'
import { blockOf, type Changes } from './base'

export interface Case {
  readonly code: Code
  readonly changes: Changes
  readonly options?: CheckOptions
  /** A fix must be offered: and each one offered must cure. */
  readonly fixed?: true
  /** Node that the problem names. */
  readonly node?: string
}

const many = <T>(count: number, of: (k: number) => T): readonly T[] => Array.from({ length: count }, (_, k) => of(k))
const nodes = (list: readonly (readonly [string, unknown])[]): Changes =>
  Object.fromEntries(list.map(([id, node]) => [`nodes.${id}`, node]))

const filterBlock = { role: 'filter', inputs: { bars: { type: 'bars' } }, outputs: { filter: 'only' } }
const inner = {
  strength: { adx: { bars: 'bars', length: 14 } },
  trending: { above: ['strength.adx', 20] },
  only: { filter: { allow: 'trending' } },
}
const good = { ...filterBlock, nodes: inner }
const use = { 'nodes.extra': { 'here/own': { bars: 'price' } }, 'long.filters': ['allow', 'extra'] }

const names: readonly Case[] = [
  {
    code: 'unknown_type',
    changes: { 'nodes.quick': { emaa: { of: 'price.close', length: 20 } } },
    fixed: true,
    node: 'quick',
  },
  { code: 'unknown_major', changes: { 'nodes.quick': { 'ema@7': { of: 'price.close', length: 20 } } }, fixed: true },
  { code: 'not_yet_there', changes: { 'nodes.quick': { vwap: { bars: 'price' } } } },
  { code: 'unknown_node', changes: { 'nodes.up': { above: ['quik', 'slow'] } }, fixed: true, node: 'up' },
  { code: 'unknown_node', changes: { 'nodes.quick.ema.of': 'prise.close' }, fixed: true },
  { code: 'unknown_node', changes: { 'long.entries': ['goo'] }, fixed: true },
  { code: 'unknown_node', changes: { 'nodes.up': { above: ['constructor', 'slow'] } } },
  { code: 'unknown_output', changes: { 'nodes.quick.ema.of': 'price.clsoe' }, fixed: true },
  { code: 'unknown_output', changes: { 'nodes.go.entry.when': 'ready.value' }, fixed: true },
  { code: 'needs_output', changes: { 'nodes.quick': { bbands: { of: 'price.close' } } }, fixed: true, node: 'up' },
  { code: 'unknown_param', changes: { 'nodes.quick.ema.length': '$fats' }, fixed: true },
  { code: 'unknown_key', changes: { 'nodes.quick.ema.lenght': 20 }, fixed: true },
  { code: 'unknown_choice', changes: { 'nodes.go.entry.order': 'markt' }, fixed: true },
  { code: 'unknown_market', changes: { 'nodes.price.bars.market': 'mian' }, fixed: true },
  {
    code: 'name_taken',
    changes: { ...use, 'blocks.own': { ...good, nodes: { ...inner, bars: { bars: { market: 'main' } } } } },
  },
  {
    code: 'unknown_market',
    changes: {
      ...use,
      'markets.b': 'binance:ETHUSDT.P',
      'blocks.own': { ...good, nodes: { ...inner, other: { bars: { market: 'b' } } } },
    },
  },
]

const form: readonly Case[] = [
  { code: 'node_form', changes: { 'nodes.quick': {} } },
  { code: 'body_form', changes: { 'nodes.up': { above: { a: 'quick', b: 'slow' } } }, fixed: true },
  { code: 'body_form', changes: { 'nodes.quick': { ema: ['price.close'] } } },
  { code: 'body_form', changes: { 'nodes.quick.ema.of': ['price.close'] }, fixed: true },
  { code: 'bad_value', changes: { 'nodes.up': { above: [['quick'], 'slow'] } } },
  { code: 'bad_value', changes: { 'nodes.out': { ladder: { steps: [{ at: '1R' }] } }, 'long.exits': ['stop', 'out'] } },
  { code: 'port_count', changes: { 'nodes.up': { above: ['quick', 'slow', 'slow'] } }, fixed: true },
  { code: 'port_count', changes: { 'nodes.ready': { all: ['up'] } } },
  { code: 'missing_port', changes: { 'nodes.quick.ema.of': null } },
  { code: 'missing_port', changes: { 'nodes.up': { above: ['quick'] } } },
  { code: 'missing_param', changes: { 'nodes.out': { ladder: {} }, 'long.exits': ['stop', 'out'] } },
  { code: 'literal_refused', changes: { 'nodes.quick.ema.of': 20 } },
  { code: 'needs_wire', changes: { 'nodes.up': { mul: [1, 2] } } },
]

const units: readonly Case[] = [
  { code: 'wrong_socket', changes: { 'nodes.quick.ema.of': 'price' }, fixed: true },
  { code: 'wrong_socket', changes: { 'nodes.atr.atr.bars': 'price.close' }, fixed: true },
  { code: 'wrong_socket', changes: { 'nodes.allow.filter.allow': 'rsi' } },
  { code: 'wrong_socket', changes: { 'nodes.stop': { stop: { by: 'price.close' } } } },
  { code: 'unequal_sockets', changes: { 'nodes.up': { above: ['quick', 'rsi'] } } },
  {
    code: 'unequal_sockets',
    changes: { 'nodes.fund': { funding: {} }, 'nodes.up': { above: ['price.close', 'fund.rate'] } },
    node: 'up',
  },
  {
    code: 'wrong_unit',
    changes: { 'nodes.far': { percent_of: { of: 'price.close', share: 1 } }, 'nodes.stop': { stop: { by: 'far' } } },
    fixed: true,
  },
  {
    code: 'wrong_unit',
    changes: { 'nodes.fund': { funding: {} }, 'nodes.up': { below: ['fund.rate', 0.0003] } },
    fixed: true,
  },
  { code: 'wrong_unit', changes: { 'nodes.strong': { above: ['rsi', '50%'] } }, fixed: true },
  {
    code: 'wrong_unit',
    changes: { 'nodes.out': { time_stop: { after: 24 } }, 'long.exits': ['stop', 'out'] },
    fixed: true,
  },
  { code: 'wrong_unit', changes: { 'risk.cooldown': { after: 'loss', for: 4 } }, fixed: true },
  { code: 'out_of_bounds', changes: { 'nodes.slow.sma.length': 5000 } },
  { code: 'out_of_bounds', changes: { 'nodes.strong': { above: ['rsi', 130] } } },
  { code: 'not_whole', changes: { 'nodes.ready': { holds: { of: 'up', for: '20m' } } }, fixed: true },
  { code: 'not_whole', changes: { 'nodes.slow.sma.length': 20.5 }, fixed: true },
  { code: 'wrong_clock', changes: { 'nodes.price.bars.tf': '5m' }, fixed: true },
  { code: 'wrong_clock', changes: { tf: '4h', 'nodes.price.bars.tf': '6h' }, fixed: true },
]

const chain = many(40, (k) => [`n${k}`, { not: [k === 0 ? 'up' : `n${k - 1}`] }] as const)
const graph: readonly Case[] = [
  { code: 'cycle', changes: { 'nodes.up': { not: ['ready'] } } },
  { code: 'too_many_nodes', changes: nodes(many(520, (k) => [`n${k}`, { not: ['up'] }])) },
  {
    code: 'too_many_edges',
    changes: nodes(many(45, (k) => [`n${k}`, { any: many(50, () => (k % 2 === 0 ? 'up' : 'strong')) }])),
  },
  { code: 'too_deep', changes: { ...nodes(chain), 'nodes.go.entry.when': 'n39' } },
  {
    code: 'unreachable',
    changes: {
      'nodes.idle': { ema: { of: 'price.close', length: 5 } },
      'nodes.later': { sma: { of: 'idle', length: 5 } },
    },
    fixed: true,
    node: 'idle',
  },
  {
    code: 'trade_port',
    changes: { 'nodes.state': { trade: {} }, 'nodes.stop': { stop: { at: 'state.entry_price' } } },
  },
  { code: 'trade_port', changes: { 'nodes.then': { at_entry: ['up'] }, 'nodes.go.entry.when': 'then' } },
  {
    code: 'trade_port',
    changes: {
      'nodes.then': { at_entry: ['atr'] },
      'nodes.out': { trail: { by: 'then' } },
      'long.exits': ['stop', 'out'],
    },
  },
  {
    code: 'trade_indicator',
    changes: {
      'nodes.state': { trade: {} },
      'nodes.mean': { ema: { of: 'state.r', length: 5 } },
      'nodes.up': { above: ['mean', 1] },
    },
  },
  { code: 'same_operand', changes: { 'nodes.up': { above: ['quick', 'quick.value'] } } },
  {
    code: 'contradiction',
    changes: { 'nodes.up': { above: ['rsi', 70] }, 'nodes.strong': { below: ['rsi', 30] } },
    node: 'ready',
  },
  { code: 'contradiction', changes: { 'nodes.strong': { below: ['quick', 'slow'] } }, node: 'ready' },
  { code: 'contradiction', changes: { 'nodes.strong': { not: ['up'] } }, node: 'ready' },
  { code: 'contradiction', changes: { 'nodes.calm': { at_most: ['rsi', 50] } }, node: 'go' },
  {
    code: 'never_true',
    changes: {
      'nodes.top': { highest: { of: 'price.high', over: '20b' } },
      'nodes.up': { above: ['price.close', 'top'] },
    },
    fixed: true,
    node: 'up',
  },
  {
    code: 'never_true',
    changes: {
      'nodes.top': { lowest: { of: 'price.low', over: '20b' } },
      'nodes.up': { crosses_above: ['top', 'price.close'] },
    },
    fixed: true,
  },
]

const params: readonly Case[] = [
  { code: 'param_units', changes: { 'params.fast': { value: 20, min: '10b', max: 40, step: 5 } } },
  { code: 'param_form', changes: { 'params.fast': { value: 20, min: 10 } }, fixed: true },
  { code: 'param_form', changes: { 'params.fast': { value: 20, min: 40, max: 10, step: 5 } }, fixed: true },
  { code: 'param_form', changes: { 'params.fast.choices': [20, 30] }, fixed: true },
  { code: 'param_value', changes: { 'params.fast.value': 22 }, fixed: true },
  { code: 'param_value', changes: { 'params.fast.value': 55 }, fixed: true },
  { code: 'param_value', changes: { 'params.fast': { value: 20, choices: [10, 30] } }, fixed: true },
  { code: 'param_range', changes: { 'params.fast.max': 5000 }, node: 'quick' },
  { code: 'param_range', changes: { 'params.fast': { value: 20, min: 10, max: 20, step: 2.5 } } },
  {
    code: 'param_range',
    changes: {
      'params.high': { value: '1h', choices: ['1h', '4h', '1d'] },
      'nodes.high': { bars: { market: 'main', tf: '$high' } },
      'nodes.slow': { sma: { of: 'high.close', length: '12h' } },
    },
    fixed: true,
    node: 'slow',
  },
  {
    code: 'param_unused',
    changes: { 'params.idle': { value: 3 }, constraints: [{ less: ['$idle', '$fast'] }] },
    fixed: true,
  },
  { code: 'constraint_params', changes: { constraints: [{ less: ['$fats', '$fast'] }] }, fixed: true },
  {
    code: 'constraint_params',
    changes: {
      'params.share': { value: '1%' },
      'nodes.stop': { stop: { by: '$share' } },
      constraints: [{ less: ['$share', '$fast'] }],
    },
    fixed: true,
  },
  {
    code: 'constraint_broken',
    changes: {
      'params.long_one': { value: 20 },
      'nodes.slow.sma.length': '$long_one',
      constraints: [{ less: ['$fast', '$long_one'] }],
    },
  },
  { code: 'set_unknown', changes: {}, options: { set: { fats: 25 } } },
  { code: 'set_value', changes: {}, options: { set: { fast: 41 } } },
  { code: 'set_value', changes: {}, options: { set: { fast: 23 } } },
  { code: 'set_value', changes: {}, options: { set: { fast: '25b' } } },
]

const target = (share: string) => ({ target: { at: 'slow', close: share } })
const sides: readonly Case[] = [
  { code: 'no_side', changes: { long: 'none', short: 'none' } },
  { code: 'no_side', changes: { long: 'mirror' } },
  { code: 'no_side', changes: { long: 'none' } },
  { code: 'no_entry', changes: { 'long.entries': [] }, fixed: true },
  { code: 'no_stop', changes: { 'long.exits': [] }, fixed: true },
  {
    code: 'two_of_part',
    changes: { 'nodes.more': { stop: { by: '2%' } }, 'long.exits': ['stop', 'more'] },
    fixed: true,
    node: 'more',
  },
  {
    code: 'two_of_part',
    changes: {
      'nodes.a': { time_stop: { after: '5b' } },
      'nodes.b': { time_stop: { after: '6b' } },
      'long.exits': ['a', 'stop', 'b'],
    },
    fixed: true,
    node: 'b',
  },
  { code: 'wrong_slot', changes: { 'long.entries': ['go', 'stop'] }, fixed: true },
  { code: 'wrong_slot', changes: { 'long.filters': ['calm'] } },
  { code: 'listed_twice', changes: { 'long.exits': ['stop', 'stop'] }, fixed: true },
  {
    code: 'shares_above_one',
    changes: { 'nodes.a': target('60%'), 'nodes.b': target('50%'), 'long.exits': ['stop', 'a', 'b'] },
    fixed: true,
  },
  {
    code: 'rung_missing',
    changes: {
      'nodes.a': { break_even: { rung: 3 } },
      'nodes.b': { ladder: { steps: [{ at: '1R', close: '50%' }] } },
      'long.exits': ['stop', 'a', 'b'],
    },
    fixed: true,
  },
  { code: 'no_mirror', changes: { 'nodes.up': { above: ['price.close', 50_000] } }, fixed: true, node: 'up' },
  {
    code: 'no_mirror',
    changes: { 'nodes.m': { macd: { of: 'price.close' } }, 'nodes.up': { above: ['m.histogram', 'atr'] } },
    fixed: true,
    node: 'up',
  },
]

const perp = 'binance:BTCUSDT.P'
const markets: readonly Case[] = [
  { code: 'no_main', changes: { markets: { perp }, 'nodes.price.bars.market': 'perp' }, fixed: true },
  {
    code: 'basket_not_main',
    changes: { 'markets.b': [perp, 'binance:ETHUSDT.P'], 'nodes.other': { bars: { market: 'b' } } },
    fixed: true,
  },
  { code: 'basket_twice', changes: { 'markets.main': [perp, perp] }, fixed: true },
  { code: 'hedged_basket', changes: { 'markets.main': [perp, 'binance:BTCUSDT'] }, fixed: true },
  { code: 'market_unused', changes: { 'markets.b': 'binance:ETHUSDT.P' }, fixed: true },
  {
    code: 'other_market_level',
    changes: { 'markets.b': 'binance:ETHUSDT.P', 'nodes.eth': { bars: { market: 'b' } }, 'nodes.atr.atr.bars': 'eth' },
    node: 'stop',
  },
  {
    code: 'no_funding',
    changes: {
      'markets.b': 'binance:BTCUSDT',
      'nodes.fund': { funding: { market: 'b' } },
      'nodes.up': { below: ['fund.rate', '0.01%'] },
    },
  },
  { code: 'spot_short', changes: { 'markets.main': 'binance:BTCUSDT' }, fixed: true },
  {
    code: 'spot_leverage',
    changes: { 'markets.main': 'binance:BTCUSDT', short: 'none', 'risk.leverage': { max: 2 } },
    fixed: true,
  },
  { code: 'risk_limits', changes: { 'risk.leverage': { max: 0.5 } }, fixed: true },
  { code: 'risk_limits', changes: { 'risk.leverage': { max: 500 } }, fixed: true },
  { code: 'risk_limits', changes: { 'risk.limits': { trades_per_day: 0 } }, fixed: true },
  { code: 'risk_limits', changes: { 'risk.size': { risk: '0%' } } },
  { code: 'risk_limits', changes: { 'risk.limits': { daily_loss: '101%' } } },
  { code: 'risk_limits', changes: { 'risk.size': { quote: 0 } } },
  { code: 'risk_bold', changes: { 'risk.size': { risk: '20%' } }, fixed: true },
  { code: 'risk_capped', changes: { 'risk.size': { notional: '300%' } }, fixed: true },
  {
    code: 'stop_beyond_liquidation',
    changes: { 'nodes.stop': { stop: { by: '30%' } }, 'nodes.atr': null, 'risk.leverage': { max: 5 } },
    fixed: true,
  },
]

const libraryUse = { 'nodes.extra': { 'lib/no_chop@1': { bars: 'price' } }, 'long.filters': ['allow', 'extra'] }
const mine = blockOf(`dsl: 1
block: my/other
version: 1
role: filter
inputs: { bars: { type: bars } }
nodes: { up: { above: [bars.close, bars.open] }, only: { filter: { allow: up } } }
outputs: { filter: only }
`)
const blocks: readonly Case[] = [
  { code: 'unknown_block', changes: { 'nodes.extra': { 'lib/no_chap@1': { bars: 'price' } } } },
  { code: 'unknown_block', changes: { 'nodes.extra': { 'here/none': {} } } },
  {
    code: 'block_broken',
    changes: { 'nodes.extra': { 'my/own@1': {} } },
    options: { blocks: (ref) => (ref === 'my/own@1' ? mine : undefined) },
  },
  {
    code: 'block_recursion',
    changes: { ...use, 'blocks.own': { ...good, nodes: { ...inner, again: { 'here/own': { bars: 'bars' } } } } },
  },
  { code: 'block_role', changes: { ...use, 'blocks.own': { ...good, outputs: { adx: 'strength.adx' } } } },
  {
    code: 'block_output',
    changes: {
      ...use,
      'blocks.own': {
        ...good,
        nodes: { ...inner, stop: { stop: { by: '1%' } } },
        outputs: { filter: 'only', stop: 'stop' },
      },
    },
    fixed: true,
  },
  { code: 'block_unused', changes: { 'blocks.own': good }, fixed: true },
  { code: 'pin_missing', changes: libraryUse, fixed: true },
  { code: 'pin_wrong', changes: { ...libraryUse, 'pins.lib/no_chop@1': `sha256:${'0'.repeat(64)}` }, fixed: true },
  { code: 'pin_unused', changes: { 'pins.lib/no_chop@1': `sha256:${'0'.repeat(64)}` }, fixed: true },
  {
    code: 'unknown_key',
    changes: { ...use, 'blocks.own': good, 'nodes.extra': { 'here/own': { bars: 'price', deep: 3 } } },
    fixed: true,
  },
  { code: 'missing_port', changes: { ...use, 'blocks.own': good, 'nodes.extra': { 'here/own': {} } }, node: 'extra' },
  {
    code: 'param_value',
    changes: { ...libraryUse, 'nodes.extra': { 'lib/no_chop@1': { bars: 'price', least: 90 } } },
    fixed: true,
  },
  {
    code: 'param_range',
    changes: { ...libraryUse, 'nodes.extra': { 'lib/no_chop@1': { bars: 'price', length: '$fast' } } },
  },
]

export const cases: readonly Case[] = [
  ...names,
  ...form,
  ...units,
  ...graph,
  ...params,
  ...sides,
  ...markets,
  ...blocks,
]
