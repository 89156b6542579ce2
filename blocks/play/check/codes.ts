// Every code that the checker itself can raise, with its severity and meaning. Logic types add their own refusals.

const error = (meaning: string) => ({ severity: 'error', meaning }) as const
const warning = (meaning: string) => ({ severity: 'warning', meaning }) as const

export const codes = {
  // Names
  unknown_type: error('there is no logic type of this name'),
  unknown_major: error('there is no such major of this logic type'),
  not_yet_there: error('the type is reserved for a later version of the language'),
  unknown_node: error('a reference names no node of this document'),
  unknown_output: error('a reference names no output of this node'),
  needs_output: error('the node has several outputs and one must be named'),
  unknown_param: error('$name is no parameter of this document'),
  unknown_key: error('the type or Block has no port or parameter of this name'),
  unknown_choice: error('a word that is none of the choices'),
  unknown_market: error('a market that the document does not name'),
  name_taken: error('an input and a node of a Block share a name'),
  // Form of a node
  node_form: error('a node without exactly one type'),
  body_form: error('a list where names are needed, or the other way round'),
  bad_value: error('a value of a form that this place cannot take'),
  port_count: error('too few or too many operands'),
  missing_port: error('a port that must be wired is not'),
  missing_param: error('a parameter without a usable default is not set'),
  literal_refused: error('a literal where a wire is needed'),
  needs_wire: error('a node over literals alone'),
  // Units and sockets
  wrong_socket: error('the wire does not fit the port'),
  unequal_sockets: error('operands of different sockets where equal ones are needed'),
  wrong_unit: error('a literal in another unit than the place takes'),
  out_of_bounds: error('a literal outside the hard bounds'),
  not_whole: error('a number or time that is not whole in the unit that counts'),
  wrong_clock: error("a timeframe that is faster than, or no multiple of, the Play's"),
  // Graph
  cycle: error('nodes feed themselves in a circle'),
  too_many_nodes: error('more than 500 nodes after expansion'),
  too_many_edges: error('more than 2,000 wires after expansion'),
  too_deep: error('a chain of wires, or Blocks inside Blocks, longer than 32'),
  unreachable: warning('a node that nothing acts on'),
  trade_port: error('a value of the trade at a port that is read before the trade exists'),
  trade_indicator: error('an indicator of a value of the trade'),
  // Conditions
  same_operand: error('a comparison of a value with itself'),
  contradiction: error('conditions that can never be true together'),
  never_true: error('a comparison that can never be true'),
  // Parameters
  param_units: error('value, min, max, step or choices of a parameter in different units'),
  param_form: error('a parameter with part of a range, or with a range and choices'),
  param_value: error('the value of a parameter outside its own range, choices or grid'),
  param_range: error('the range of a parameter reaches values that a place of use refuses'),
  param_unused: warning('a parameter that nothing uses'),
  constraint_params: error('a constraint over parameters that do not exist or have different units'),
  constraint_broken: error('a constraint that the values do not hold'),
  set_unknown: error('a value was set for a parameter that does not exist'),
  set_value: error('a value was set that the range of the parameter does not allow'),
  // Sides and roles
  no_side: error('a Play that trades neither side, or mirrors nothing'),
  no_entry: error('a side without an entry'),
  no_stop: error('a side without a stop'),
  two_of_part: error('more than one stop, ladder, trail, break_even or time_stop on a side'),
  wrong_slot: error('a node in the list of another role'),
  listed_twice: error('the same node twice in one list'),
  shares_above_one: error('target and ladder close more than the whole position'),
  rung_missing: error('break-even after a rung that the ladder does not have'),
  no_mirror: error('a node that the mirror cannot reflect'),
  // Markets and risk
  no_main: error('no market called main'),
  basket_not_main: error('a list of instruments for another market than main'),
  basket_twice: error('an instrument twice in a basket'),
  hedged_basket: error('spot and perpetuals in one basket: two legs are not in this version of the language'),
  market_unused: warning('a market that no node reads'),
  other_market_level: warning('a price level or distance that comes from a market which is not traded'),
  no_funding: error('the funding rate of a market that is no perpetual'),
  spot_short: error('a short side on a spot market'),
  spot_leverage: error('leverage on a spot market'),
  risk_limits: error('a number in the risk section outside its bounds'),
  risk_bold: warning('more than 10% of the equity at risk in one trade'),
  risk_capped: warning('a size that the leverage can never hold'),
  stop_beyond_liquidation: warning('a percentage stop further away than the margin lasts'),
  // Blocks
  unknown_block: error('a Block that is not in the library, in the own ones or in this document'),
  block_broken: error('a Block document that is faulty itself'),
  block_recursion: error('a Block that contains itself'),
  block_role: error('a Block without exactly one output of its role'),
  block_output: error('an output of a Block that is neither data nor its role'),
  block_unused: warning('a Block that the document defines and never uses'),
  pin_missing: error('a Block without its pin'),
  pin_wrong: error('a pin that is not the hash of the Block'),
  pin_unused: warning('a pin of a Block that is not used'),
} as const satisfies Readonly<Record<string, { readonly severity: 'error' | 'warning'; readonly meaning: string }>>

export type Code = keyof typeof codes
