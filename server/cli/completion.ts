// `playloom completion bash|zsh|fish`: a script made from the tree of commands, so that it never lags behind it.
import { Argument, type Command } from 'commander'
import { act, addCommand, type World } from './command'

interface Words {
  /** `data import`; '' is the program itself. */
  readonly path: string
  readonly words: readonly string[]
}

const wordsBelow = (command: Command, path = ''): readonly Words[] => {
  const commands = command.commands
  const options = command.options.flatMap(({ long }) => (typeof long === 'string' ? [long] : []))
  const own = { path, words: [...commands.map((child) => child.name()), ...options, '--help'].sort() }
  return [own, ...commands.flatMap((child) => wordsBelow(child, `${path} ${child.name()}`.trim()))]
}

const bash = (
  all: readonly Words[],
): string => `# Completion of playloom: source this file, or put it where your shell looks for completions.
_playloom() {
  local word="\${COMP_WORDS[COMP_CWORD]}" path="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path \${COMP_WORDS[i]}" in
${all
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      ' ${path}') path=' ${path}' ;;`)
  .join('\n')}
    esac
  done
  local words=""
  case "$path" in
${all.map(({ path, words }) => `    '${path === '' ? '' : ` ${path}`}') words='${words.join(' ')}' ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _playloom playloom
`

const fish = (all: readonly Words[]): string => {
  const lines = all.flatMap(({ path, words }) => {
    const seen = path === '' ? [] : path.split(' ')
    const below = all.filter((other) => other.path !== path && other.path.startsWith(path === '' ? '' : `${path} `))
    const next = [...new Set(below.map((other) => other.path.split(' ')[seen.length] ?? ''))].filter(
      (word) => word !== '',
    )
    const conditions = [
      ...seen.map((word) => `__fish_seen_subcommand_from ${word}`),
      ...(next.length > 0 ? [`not __fish_seen_subcommand_from ${next.join(' ')}`] : []),
    ]
    const condition = conditions.length > 0 ? ` -n '${conditions.join('; and ')}'` : ''
    return words.map((word) =>
      word.startsWith('--')
        ? `complete -c playloom${condition} -l ${word.slice(2)}`
        : `complete -c playloom${condition} -a ${word}`,
    )
  })
  return `# Completion of playloom: put this into ~/.config/fish/completions/playloom.fish.\n${lines.join('\n')}\n`
}

const scripts: Readonly<Record<string, (all: readonly Words[]) => string>> = {
  bash,
  zsh: (all) => `autoload -U +X bashcompinit && bashcompinit\n${bash(all)}`,
  fish,
}

export const addCompletionCommand = (program: Command, world: World): void => {
  const completion = addCommand(program, {
    name: 'completion',
    summary: 'print a completion script for your shell',
    examples: ['completion bash > ~/.local/share/bash-completion/completions/playloom', 'completion fish'],
  }).addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(scripts)))
  act(completion, world, ({ args: [name = 'bash'] }, { shell }) => {
    const script = scripts[name]?.(wordsBelow(program)) ?? ''
    shell.answer({ shell: name, script }, script)
  })
}
