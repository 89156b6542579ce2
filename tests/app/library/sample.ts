// Own Blocks as the server lists them, in two versions, and a Play that stands on the first.
import { afterEach, beforeEach } from 'vitest'
import { useLibrary } from '../../../app/library/library'
import type { OwnBlock } from '../../../app/library/own'
import { playHash } from '../../../blocks/play/canonical'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { BlockTree, PlayTree } from '../../../blocks/play/tree'

export const calm = (
  version: number,
  { params = '', nodes = '' }: { params?: string; nodes?: string } = {},
): string => `dsl: 1
block: my/calm
version: ${version}
role: filter
title: Calm funding
about: Longs are not crowded.
inputs:
  rate: { type: rate }
params:
  most: { value: 0.03%, min: 0.01%, max: 0.1%, step: 0.01% }
${params}nodes:
  # What a held long pays.
  cheap: { below: [rate, $most] }
${nodes}  gate: { filter: { allow: cheap } }
outputs: { filter: gate }
`

export const blockOf = (yaml: string): BlockTree => {
  const { tree, problems } = parseDocument(yaml)
  if (tree === undefined || !('block' in tree)) throw new Error(JSON.stringify(problems))
  return tree
}

export const lineOf = (yaml: string, over: Partial<OwnBlock> = {}): OwnBlock => {
  const tree = blockOf(yaml)
  const { block: name, version, role } = tree
  return { name, version, role, hash: playHash(tree), yaml, note: '', createdMs: version, actor: 'local', ...over }
}

export const first = lineOf(calm(1))
/** A parameter more, and another inside. */
export const second = lineOf(
  calm(2, {
    params: '  days: { value: 3b, min: 1b, max: 9b, step: 1b }\n',
    nodes: '  lately: { occurred: { of: cheap, within: $days } }\n',
  }).replace('allow: cheap', 'allow: lately'),
  { note: 'Only lately.' },
)

export const playOf = (text: string): PlayTree => {
  const { tree, problems } = parseDocument(text)
  if (tree === undefined || !('play' in tree)) throw new Error(JSON.stringify(problems))
  return tree
}

export const standing = playOf(`dsl: 1
play: standing
markets: { main: binance:BTCUSDT.P }
tf: 1h
pins:
  my/calm@1: sha256:${first.hash}
nodes:
  price: { bars: { market: main } }
  funding: { funding: { market: main } }
  average: { ema: { of: price.close, length: 20 } }
  crossed: { crosses_above: [price.close, average] }
  calm: { my/calm@1: { rate: funding.rate, most: 0.05% } }
  buy: { entry: { when: crossed } }
  stop: { stop: { by: 2% } }
long: { filters: [calm], entries: [buy], exits: [stop] }
short: mirror
risk: { size: { risk: 1% } }
`)

/** A page that knows no own Blocks: before each test, and after it for the files that share its process. */
export const forgetOwn = (): void => useLibrary.setState(useLibrary.getInitialState(), true)

export const withoutOwn = (): void => {
  beforeEach(forgetOwn)
  afterEach(forgetOwn)
}
