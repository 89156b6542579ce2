// `playloom library list|show|publish`: own Blocks, as a server keeps them.
import type { Command } from 'commander'
import { parseTypeName } from '../../blocks/play/names'
import { maxBytes } from '../../blocks/play/text/guard'
import type { OwnBlock } from '../run/ports'
import { act, addCommand, type World } from './command'
import { readText } from './files'
import { type RemoteOptions, withRemote } from './remote'
import { table } from './render/table'
import { usage } from './stop'
import { timeText } from './times'

const columns = [
  { head: 'block', align: 'left' },
  { head: 'role', align: 'left' },
  { head: 'kept at, UTC', align: 'left' },
  { head: 'hash', align: 'left' },
  { head: 'note', align: 'left' },
] as const

const rowOf = ({ name, version, role, createdMs, hash, note }: OwnBlock): readonly string[] => [
  `${name}@${version}`,
  role,
  timeText(createdMs - (createdMs % 1000)),
  hash.slice(0, 12),
  note,
]

const addList = (library: Command, world: World): void => {
  const command = addCommand(library, {
    name: 'list',
    summary: 'every version of every own Block, by name, then newest first',
    examples: ['library list', 'library list --json'],
  })
  act<RemoteOptions>(command, world, async ({ options }, { shell }) => {
    const blocks = await withRemote(options, world, (remote) => remote.block.list.query())
    const text =
      blocks.length === 0 ? 'No own Blocks.' : table(shell.style, { columns, rows: blocks.map(rowOf) }).join('\n')
    shell.answer(blocks, text)
  })
}

/** `my/calm@2` in its parts. */
const partsOf = (ref: string | undefined): { readonly name: string; readonly version: number } => {
  const parts = parseTypeName(ref ?? '')
  if (parts?.kind !== 'block' || parts.shelf !== 'my')
    throw usage(
      `${ref ?? ''}: not the name of an own Block with its version, such as my/calm@2`,
      'library list names them.',
    )
  return { name: `my/${parts.name}`, version: parts.version }
}

const addShow = (library: Command, world: World): void => {
  const command = addCommand(library, {
    name: 'show <block>',
    summary: 'the text of one version, as it was published',
    examples: ['library show my/calm@2', 'library show my/calm@2 > blocks/calm.yaml'],
  })
  act<RemoteOptions>(command, world, async ({ args, options }, { shell }) => {
    const parts = partsOf(args[0])
    const block = await withRemote(options, world, (remote) => remote.block.get.query(parts))
    if (shell.json) shell.answer(block, '')
    else shell.pour([block.yaml.endsWith('\n') ? block.yaml : `${block.yaml}\n`])
  })
}

interface PublishOptions extends RemoteOptions {
  readonly note?: string
}

const addPublish = (library: Command, world: World): void => {
  const command = addCommand(library, {
    name: 'publish <files...>',
    summary: 'keep Blocks for good, each as the version that its text names; in the order given',
    examples: ['library publish calm.yaml --note "waits for calmer funding"', 'library publish blocks/*.yaml --json'],
  }).option('--note <text>', 'what this version is about')
  act<PublishOptions>(command, world, async ({ args, options }, { shell }) => {
    const { note = '' } = options
    const blocks: OwnBlock[] = []
    for (const file of args) {
      const yaml = await readText(file, maxBytes)
      const block = await withRemote(options, world, (remote) => remote.block.publish.mutate({ yaml, note }))
      blocks.push(block)
      shell.say(`${file}: ${block.name}@${block.version} is kept.`)
    }
    const told = blocks.map(({ name, version, hash }) => `"${name}@${version}": sha256:${hash}`)
    shell.answer(blocks, ['Pins of a Play that uses them:', ...told].join('\n'))
  })
}

export const addLibraryCommands = (program: Command, world: World): void => {
  const library = program
    .command('library')
    .helpCommand(false)
    .summary('list, show and publish your own Blocks')
    .description('Own Blocks. A version never changes; Plays pin what they use.')
  for (const add of [addList, addShow, addPublish]) add(library, world)
}
