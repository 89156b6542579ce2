// Texts of Plays to flattened Plays as run: markets rebound, parameters set, the hash of the document as written kept.
import { type PlayAsRun, paramsAsRun } from '../../../blocks/engine/report/assemble'
import type { Problem } from '../../../blocks/kit/problem'
import { playHash } from '../../../blocks/play/canonical'
import { checkPlay } from '../../../blocks/play/check'
import type { BlockLookup } from '../../../blocks/play/check/blocks'
import { lookupIn } from '../../../blocks/play/own'
import { parseDocument } from '../../../blocks/play/text/parse'
import { locate } from '../../../blocks/play/text/report'
import type { DocumentTree, PlayTree, Scalar } from '../../../blocks/play/tree'
import { readBlocks } from '../ownBlocks'
import type { DocumentText, RunAsk } from '../ports'

export interface ReadPlay extends PlayAsRun {
  readonly file: string
}

const isPlay = (tree: DocumentTree): tree is PlayTree => 'play' in tree

const problem = (code: string, file: string, told: { message: string; hint: string }): Problem => ({
  code,
  severity: 'error',
  where: { file },
  ...told,
  fixes: [],
})

const rebound = (tree: PlayTree, markets: RunAsk['markets']): PlayTree => {
  const own = Object.entries(tree.markets).map(([name, instrument]): [string, string | readonly string[]] => {
    const ids = markets[name]
    if (ids === undefined) return [name, instrument]
    return [name, ids.length === 1 ? (ids[0] ?? instrument) : ids]
  })
  return { ...tree, markets: Object.fromEntries(own) }
}

/** `--set` of a name that only another Play of the wallet has does not concern this one. */
const ownSets = (tree: PlayTree, sets: RunAsk['sets']): Record<string, Scalar> =>
  Object.fromEntries(
    Object.entries(sets).filter(([name]) => name.includes('.') || Object.hasOwn(tree.params ?? {}, name)),
  )

const readOne = (play: DocumentText, ask: RunAsk, blocks: BlockLookup): ReadPlay | Problem[] => {
  const { file, text } = play
  const parsed = parseDocument(text, file)
  if (parsed.tree === undefined) return [...parsed.problems]
  const { tree } = parsed
  if (!isPlay(tree))
    return [
      problem('not_a_play', file, {
        message: `${file} is a Block, not a Play: a Block cannot be run by itself`,
        hint: 'wire it into a Play',
      }),
    ]
  const set = ownSets(tree, ask.sets)
  const checked = checkPlay(rebound(tree, ask.markets), { set, blocks })
  if (checked.flat === undefined) return [...locate(checked.problems, parsed.places, file)]
  return { file, tree, flat: { ...checked.flat, playHash: playHash(tree) }, params: paramsAsRun(tree, set) }
}

/** A name that no Play knows is a mistake of the caller, not of a Play. */
const strayNames = (ask: RunAsk, plays: readonly ReadPlay[]): Problem[] => {
  const stray = (names: readonly string[], known: (play: ReadPlay) => readonly string[], option: string): Problem[] =>
    names
      .filter((name) => !plays.some((play) => known(play).includes(name)))
      .map((name) =>
        problem('option_unknown', option, {
          message: `${option} ${name}: no Play of this run has that name`,
          hint: `there are: ${[...new Set(plays.flatMap(known))].join(', ') || 'none'}`,
        }),
      )
  const markets = (play: ReadPlay): readonly string[] => Object.keys(play.tree.markets)
  const params = (play: ReadPlay): readonly string[] => Object.keys(play.tree.params ?? {})
  return [
    ...stray(Object.keys(ask.markets), markets, '--market'),
    ...stray(Object.keys(ask.proxies), markets, '--proxy'),
    ...stray(
      Object.keys(ask.sets).filter((name) => !name.includes('.')),
      params,
      '--set',
    ),
  ]
}

/** Every Play of the run, checked, or all that is wrong with them. */
export const readPlays = (ask: RunAsk): ReadPlay[] | Problem[] => {
  const { blocks, problems } = readBlocks(ask.blocks)
  const lookup = lookupIn(blocks)
  const plays: ReadPlay[] = []
  for (const play of ask.plays) {
    const read = readOne(play, ask, lookup)
    if (Array.isArray(read)) problems.push(...read)
    else plays.push(read)
  }
  if (problems.length === 0) problems.push(...strayNames(ask, plays))
  return problems.length > 0 ? problems : plays
}

export const areProblems = (made: readonly object[]): made is Problem[] => {
  const first = made[0]
  return first !== undefined && 'severity' in first
}
