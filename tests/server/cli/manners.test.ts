// What all commands have in common: help with two examples, one JSON document, exit codes, interruption, completion.
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { version } from '../../../package.json'
import { createProgram } from '../../../server/cli/program'
import { documentOf, playloom, problemsOf, temporaryFolder } from './command'
import { command } from './inProcess'

const folder = temporaryFolder('manners')
afterAll(folder.remove)
const run = (...args: string[]) => command(args, { cwd: folder.path })
/** As a user has it: the build, in a process of its own. */
const built = (...args: string[]) => playloom(args, { cwd: folder.path })

const world = {
  streams: { out: () => {}, err: () => {} },
  variables: {},
  terminal: { out: false, err: false },
  signal: new AbortController().signal,
}
const leavesOf = (parent: Command, path: readonly string[] = []): readonly (readonly string[])[] =>
  parent.commands.length === 0 ? [path] : parent.commands.flatMap((child) => leavesOf(child, [...path, child.name()]))
const commands = leavesOf(createProgram(world))

describe('every command', () => {
  it('is there', () => {
    expect(commands.map((path) => path.join(' ')).sort()).toEqual([
      'backtest',
      'backup',
      'completion',
      'data check',
      'data delete',
      'data download',
      'data export',
      'data import',
      'data list',
      'doctor',
      'explain',
      'library list',
      'library publish',
      'library show',
      'play check',
      'play format',
      'play hash',
      'play schema',
      'restore',
      'run compare',
      'run export',
      'run list',
      'run show',
      'series',
      'verify',
    ])
  })

  it.each(commands.map((path) => [path.join(' '), path] as const))('%s: help with two examples', async (name, path) => {
    const { code, out, err } = await run(...path, '--help')
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(new RegExp(`^Usage: playloom ${name}\\b`))
    expect(out.match(new RegExp(`^ {2}\\$ playloom ${name}\\b`, 'gm'))?.length).toBe(2)
    for (const option of ['--json', '--quiet', '--url', '--token']) expect(out).toContain(option)
  })
})

it('the program itself tells what there is', async () => {
  const { code, out, err } = await built('--help')
  expect([code, err]).toEqual([0, ''])
  for (const [first] of commands) expect(out).toContain(`\n  ${first} `)
  expect(await built()).toMatchObject({ code: 2, out: '', err: out })
})

describe('wrong usage', () => {
  it.each([
    [[], /Usage: playloom/],
    [['plai'], /unknown command 'plai'/],
    [['play'], /Usage: playloom play/],
    [['play', 'chek', 'x.yaml'], /Did you mean check/],
    [['play', 'check'], /missing required argument/],
    [['play', 'check', 'x.yaml', '--jsn'], /unknown option '--jsn'/],
    [['play', 'hash', 'a.yaml', 'b.yaml'], /too many arguments/],
    [['backtest', 'x.yaml', '--local', '--from', 'yesterday'], /--from yesterday: not a time/],
    [['backtest', 'x.yaml', '--local', '--from', '2023-02-30'], /not a time/],
    [['backtest', 'x.yaml', '--local', '--to', '2024-01-01T25:00'], /not a time/],
    [['backtest', 'x.yaml', '--local', '--from', '2024-01-02', '--to', '2024-01-02'], /range is empty/],
    [['backtest', 'x.yaml', '--local', '--equity', 'much'], /not a number/],
    [['backtest', 'x.yaml', '--local', '--proxy', 'binance:BTCUSDT'], /not name=value/],
    [['backtest', 'x.yaml', '--local', '--set', 'a=1', '--set', 'a=2'], /given twice/],
    [['completion', 'tcsh'], /invalid/],
  ] as const)('%j ends with 2 and a sentence', async (args, sentence) => {
    const ended = await run(...args)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toMatch(sentence)
  })

  it('is one JSON document with --json', async () => {
    const ended = await built('play', 'check', '--json')
    expect(ended.code).toBe(2)
    expect(problemsOf(ended)).toMatchObject([{ code: 'usage', severity: 'error' }])
  })

  it('leaves --json of another argument alone', async () => {
    const ended = await built('play', 'check', '--', '--json')
    expect(ended).toMatchObject({ code: 3, out: '' })
    expect(ended.err).toMatch(/cannot read --json/)
  })
})

describe('words', () => {
  it('keep off stdout with --json, and away altogether with --quiet', async () => {
    writeFileSync(join(folder.path, 'broken.yaml'), 'dsl: 1\nplay: [\n')
    const loud = await built('play', 'check', 'broken.yaml', '--json')
    expect(loud.err).not.toBe('')
    const quiet = await run('play', 'check', 'broken.yaml', '--json', '--quiet')
    expect([quiet.code, quiet.err]).toEqual([3, ''])
    expect(documentOf(quiet)).toEqual(documentOf(loud))
  })

  it('of the version', async () => {
    expect(await built('--version')).toMatchObject({ code: 0, out: `${version}\n` })
  })
})

describe('completion', () => {
  it('of bash completes commands and options', async () => {
    const { code, out } = await built('completion', 'bash')
    expect(code).toBe(0)
    const complete = (...words: string[]): string[] => {
      const script = `${out}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _playloom; echo "\${COMPREPLY[@]}"`
      return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split(' ')
    }
    expect(complete('playloom', 'pl')).toEqual(['play'])
    expect(complete('playloom', 'play', '')).toEqual(['--help', 'check', 'format', 'hash', 'schema'])
    expect(complete('playloom', 'play', 'format', '--ch')).toEqual(['--check'])
    expect(complete('playloom', 'backtest', 'x.yaml', '--eq')).toEqual(['--equity'])
  })

  it('of zsh and fish is a script that names every command', async () => {
    for (const shell of ['zsh', 'fish']) {
      const { out } = await run('completion', shell)
      for (const path of commands) expect(out).toContain(path.at(-1))
    }
  })

  it('of bash is sound', async () => {
    const { out } = await run('completion', 'bash')
    expect(spawnSync('bash', ['-n'], { input: out, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  })
})
