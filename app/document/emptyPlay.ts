// The Play that a trader begins with: a market, its bars, and nothing decided yet.
import type { PlayTree } from '../../blocks/play/tree'

export const emptyPlay: PlayTree = {
  dsl: 1,
  play: 'new_play',
  title: 'New Play',
  markets: { main: 'synthetic:BTCUSDT.P' },
  tf: '1h',
  nodes: {},
  long: { entries: [], exits: [] },
  short: 'mirror',
  risk: { size: { risk: '1%' } },
}
