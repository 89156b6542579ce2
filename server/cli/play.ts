// `playloom play check|format|hash|schema`: the language on the command line, without servers.
import type { Command } from 'commander'
import type { Problem } from '../../blocks/kit/problem'
import { canonicalText, playHash } from '../../blocks/play/canonical'
import { playJsonSchema } from '../../blocks/play/jsonSchema'
import type { OwnBlocks } from '../../blocks/play/own'
import { maxBytes } from '../../blocks/play/text/guard'
import { type Parsed, parseDocument } from '../../blocks/play/text/parse'
import { printDocument } from '../../blocks/play/text/print'
import type { DocumentTree } from '../../blocks/play/tree'
import { readBlocks } from '../run/ownBlocks'
import { act, addCommand, type Manners, type Surroundings, type World } from './command'
import { checkedOf } from './document'
import { readText, writeWhole } from './files'
import { blockTexts } from './running'
import { blocksOption } from './runOptions'
import { problemsText } from './shell'
import { problemOf, Stop } from './stop'

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`

const verdict = (problems: readonly Problem[]): string => {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  if (problems.length === 0) return 'No problems.'
  return [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : '']
    .filter((text) => text !== '')
    .join(', ')
}

interface BlockOptions extends Manners {
  readonly blocks?: readonly string[]
}

/** Own Blocks of files, or the end of the command with what is wrong with them. */
const ownOf = async ({ blocks: paths }: BlockOptions): Promise<OwnBlocks> => {
  const { blocks, problems } = readBlocks(await blockTexts(paths))
  if (problems.length > 0) throw new Stop('problems', verdict(problems), problems)
  return blocks
}

const check = async (files: readonly string[], options: BlockOptions, { shell }: Surroundings): Promise<void> => {
  const own = await ownOf(options)
  const problems: Problem[] = []
  for (const file of files) problems.push(...checkedOf(await readText(file, maxBytes), file, own).problems)
  if (problems.some(({ severity }) => severity === 'error')) throw new Stop('problems', verdict(problems), problems)
  shell.answer({ problems }, [problemsText(problems), verdict(problems)].filter((text) => text !== '').join('\n'))
}

/** The tree, or the end of the command with the problems of its text. */
const treeOf = (parsed: Parsed): DocumentTree => {
  if (parsed.tree !== undefined) return parsed.tree
  throw new Stop('problems', verdict(parsed.problems), parsed.problems)
}

interface Formatted {
  readonly file: string
  readonly changed: boolean
  readonly text: string
}

const formatted = async (file: string): Promise<Formatted> => {
  const before = await readText(file, maxBytes)
  const parsed = parseDocument(before, file)
  const tree = treeOf(parsed)
  const text = printDocument(tree, parsed.sidecar)
  const again = parseDocument(text, file).tree
  // A formatter that changes meaning would be worse than none: prove it before the file is touched.
  if (again === undefined || canonicalText(again) !== canonicalText(tree))
    throw new Error(`formatting ${file} would change it`)
  return { file, changed: text !== before, text }
}

const format = async (files: readonly string[], only: boolean, { shell }: Surroundings): Promise<void> => {
  const results: Formatted[] = []
  for (const file of files) results.push(await formatted(file))
  const changed = results.filter((result) => result.changed)
  if (only && changed.length > 0) {
    const problems = changed.map(({ file }) => ({
      ...problemOf('not_formatted', `${file} is not in canonical form`, `playloom play format ${file}`),
      where: { file },
    }))
    throw new Stop('problems', `${count(changed.length, 'file')} not in canonical form.`, problems)
  }
  for (const { file, text } of changed) await writeWhole(file, text)
  const words = results.map((result) => `${result.file}  ${result.changed ? 'formatted' : 'unchanged'}`)
  shell.answer({ files: results.map(({ file, changed: was }) => ({ file, changed: was })) }, words.join('\n'))
}

const hash = async (file: string, options: BlockOptions, { shell }: Surroundings): Promise<void> => {
  const { parsed, flat, problems } = checkedOf(await readText(file, maxBytes), file, await ownOf(options))
  const tree = treeOf(parsed)
  const hashes = { playHash: playHash(tree), logicHash: flat?.logicHash ?? null }
  // A document has its name even where this version cannot run it; its logic has one only when it is known.
  if (hashes.logicHash === null && 'play' in tree)
    shell.say(`No logicHash: ${verdict(problems)} (playloom play check ${file}).`)
  shell.answer(hashes, `playHash   ${hashes.playHash}\nlogicHash  ${hashes.logicHash ?? '-'}`)
}

export const addPlayCommands = (program: Command, world: World): void => {
  const play = program
    .command('play')
    .helpCommand(false)
    .summary('check, format and name Plays and Blocks')
    .description('The language.')
  const checking = addCommand(play, {
    name: 'check <files...>',
    summary: 'print every problem of Plays and Blocks, with its place and what would mend it',
    examples: ['play check ema_pullback.yaml', 'play check plays/*.yaml --blocks blocks --json'],
  }).option(...blocksOption)
  act<BlockOptions>(checking, world, ({ args, options }, around) => check(args, options, around))

  const formatting = addCommand(play, {
    name: 'format <files...>',
    summary: 'rewrite documents in canonical form, comments and order kept',
    examples: ['play format ema_pullback.yaml', 'play format plays/*.yaml --check'],
  }).option('--check', 'only say which files would change')
  act<Manners & { check?: boolean }>(formatting, world, ({ args, options }, around) =>
    format(args, options.check === true, around),
  )

  const hashing = addCommand(play, {
    name: 'hash <file>',
    summary: 'print playHash (the document) and logicHash (what the engine would do)',
    examples: ['play hash ema_pullback.yaml', 'play hash ema_pullback.yaml --json'],
  }).option(...blocksOption)
  act<BlockOptions>(hashing, world, ({ args: [file = ''], options }, around) => hash(file, options, around))

  const schema = addCommand(play, {
    name: 'schema',
    summary: 'print the JSON Schema of documents, for editors',
    examples: ['play schema', 'play schema > play.schema.json'],
  })
  act(schema, world, (_, { shell }) => {
    const document = playJsonSchema()
    shell.answer(document, JSON.stringify(document, null, 2))
  })
}
