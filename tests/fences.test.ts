// The arrows between the rings: no import of the project breaks them, and each one is seen when it is broken on purpose.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs')
const folders = ['blocks', 'server', 'workflows', 'app', 'tests', 'bench', 'bin', 'proxy.ts']

const cruiseIn = async (baseDir: string, paths: string[]): Promise<ICruiseResult> => {
  const { output } = await cruise(paths, {
    ...config.options,
    ruleSet: { forbidden: config.forbidden },
    validate: true,
    baseDir,
  })
  if (typeof output === 'string') throw new Error(output)
  return output
}

const listed = (): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...folders], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.ts'))

/** One file of each place, with how another file imports it. */
const places = {
  kit: 'blocks/kit/place.ts',
  logic: 'blocks/logic/averages/place.ts',
  catalogue: 'blocks/catalogue.ts',
  play: 'blocks/play/place.ts',
  engine: 'blocks/engine/place.ts',
  core: 'server/core/place.ts',
  promotion: 'server/core/promotion.ts',
  failure: 'server/core/failure.ts',
  run: 'server/run/place.ts',
  ports: 'server/run/ports.ts',
  io: 'server/io/bars/place.ts',
  exchange: 'server/io/exchange/place.ts',
  wire: 'server/wire.ts',
  env: 'server/env.ts',
  api: 'server/api/place.ts',
  guard: 'server/api/guard.ts',
  cli: 'server/cli/place.ts',
  worker: 'server/worker/place.ts',
  trader: 'server/trader/place.ts',
  workflow: 'workflows/place.workflow.ts',
  activities: 'workflows/place.activities.ts',
  route: 'app/api/trpc/route.ts',
  app: 'app/place.ts',
  proxy: 'proxy.ts',
  tests: 'tests/place.ts',
  bench: 'bench/place.ts',
} as const
type Place = keyof typeof places

const pure: Place[] = ['kit', 'logic', 'catalogue', 'play', 'engine']
/** Which places each may import, itself apart: the table of ARCHITECTURE.md written out. */
const allowed: Record<Exclude<Place, 'tests' | 'bench'>, Place[]> = {
  kit: [],
  logic: ['kit'],
  catalogue: ['kit', 'logic'],
  play: ['kit', 'logic', 'catalogue'],
  engine: ['kit', 'logic', 'catalogue', 'play'],
  core: [...pure, 'promotion', 'failure'],
  promotion: [...pure, 'core', 'failure'],
  failure: [...pure, 'core', 'promotion'],
  run: [...pure, 'core', 'promotion', 'failure', 'ports'],
  ports: [...pure, 'core', 'promotion', 'failure'],
  io: [...pure, 'core', 'promotion', 'failure', 'ports', 'exchange'],
  exchange: [...pure, 'core', 'promotion', 'failure', 'ports', 'io'],
  wire: [...pure, 'core', 'promotion', 'failure', 'ports', 'io', 'exchange', 'env'],
  env: [...pure, 'core', 'promotion', 'failure', 'ports', 'io', 'exchange', 'wire'],
  api: [...pure, 'core', 'promotion', 'failure', 'run', 'ports', 'wire', 'env', 'guard'],
  guard: [...pure, 'core', 'promotion', 'failure', 'run', 'ports', 'wire', 'env', 'api'],
  cli: [...pure, 'failure', 'run', 'ports', 'wire', 'env', 'api', 'guard'],
  worker: [...pure, 'core', 'promotion', 'failure', 'run', 'ports', 'wire', 'env'],
  trader: [...pure, 'core', 'promotion', 'failure', 'run', 'ports', 'wire', 'env'],
  workflow: ['promotion'],
  activities: ['core', 'promotion', 'failure', 'run', 'ports', 'wire', 'env'],
  route: [...pure, 'api', 'guard', 'wire', 'env', 'app'],
  app: [...pure, 'route'],
  proxy: ['guard'],
}
const froms = Object.keys(allowed) as (keyof typeof allowed)[]

/** Packages and Node's modules that must not be named from a place. */
const foreign: readonly (readonly [keyof typeof allowed, string])[] = [
  ['kit', 'yaml'],
  ['kit', 'node:fs'],
  ['logic', 'zod'],
  ['logic', 'node:crypto'],
  ['catalogue', 'node:path'],
  ['play', 'commander'],
  ['play', 'node:fs'],
  ['engine', 'pure-rand/generator/xoroshiro128plus'],
  ['engine', 'node:perf_hooks'],
  ['core', 'yaml'],
  ['core', 'node:fs'],
  ['run', '@duckdb/node-api'],
  ['run', 'node:fs'],
  ['cli', '@duckdb/node-api'],
  ['wire', 'fflate'],
  ['api', 'commander'],
  ['workflow', 'node:fs'],
  ['app', '@duckdb/node-api'],
  ['io', 'ccxt'],
  ['run', 'ccxt'],
  ['cli', 'ccxt'],
  ['worker', 'ccxt'],
  ['trader', 'ccxt'],
  ['route', 'ccxt'],
  ['engine', 'fast-check'],
  ['app', 'node:fs'],
  ['proxy', 'node:fs'],
  ['proxy', 'zod'],
]

const temporary: string[] = []
afterAll(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true })
})

const importOf = (from: string, to: string): string =>
  `${'../'.repeat(from.split('/').length - 1) || './'}${to}`.replace(/\.ts$/, '')

/** Places that are one file by name: all their imports stand in that file. The others get a file for each arrow. */
const single: readonly Place[] = ['catalogue', 'wire', 'env', 'ports', 'promotion', 'failure', 'guard', 'proxy']

/** The file that breaks (or keeps) one arrow; the names that a rule looks at are kept. */
const fileOf = (from: keyof typeof allowed, to: string): string => {
  if (single.includes(from)) return places[from]
  const name = `from_${from}_to_${to.replace(/\W/g, '_')}`
  if (from === 'route') return `app/${name}/route.ts`
  if (from === 'workflow' || from === 'activities') return `workflows/${name}.${from}.ts`
  return join(dirname(places[from]), `${name}.ts`)
}

/** Packages that a place may name: a fence that refuses everything would prove nothing. */
const welcome: readonly (readonly [keyof typeof allowed, string])[] = [
  ['kit', 'zod'],
  ['kit', 'canonicalize'],
  ['kit', '@noble/hashes/sha2.js'],
  ['play', 'yaml'],
  ['core', 'pure-rand/generator/xoroshiro128plus'],
  ['io', '@duckdb/node-api'],
  ['io', 'node:fs'],
  ['io', 'fflate'],
  ['exchange', 'ccxt'],
  ['cli', 'commander'],
  ['cli', 'node:fs'],
  ['app', 'react'],
  ['route', 'node:fs'],
  ['proxy', 'next/server'],
]

/** A small project of its own in which every pair of places is an import. */
const plant = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'playloom-fences-'))
  temporary.push(folder)
  const texts = new Map<string, string>(Object.values(places).map((path) => [path, 'export const place = 1\n']))
  const add = (path: string, to: string) => {
    const name = `x${texts.get(path)?.length ?? 0}`
    texts.set(path, `${texts.get(path) ?? ''}import * as ${name} from '${to}'\nexport const y${name} = ${name}\n`)
  }
  for (const from of froms) {
    for (const to of Object.keys(places) as Place[]) {
      const file = fileOf(from, to)
      if (file !== places[to]) add(file, importOf(file, places[to]))
    }
  }
  for (const [from, to] of [...foreign, ...welcome]) add(fileOf(from, to), to)
  texts.set('app/routerType.ts', "import type { place } from '../server/api/place'\nexport type Y = typeof place\n")
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'))
  return folder
}

let once: Promise<ICruiseResult> | undefined
/** The planted project, cruised once. */
const planted = (): Promise<ICruiseResult> => {
  once ??= cruiseIn(plant(), ['blocks', 'server', 'workflows', 'app', 'proxy.ts'])
  return once
}

const violationsOf = ({ summary }: ICruiseResult): string[] =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)

describe('fences of the rings', () => {
  it('the cruiser sees every module that git lists, and none breaks an arrow', async () => {
    const result = await cruiseIn(
      root,
      folders.filter((folder) => existsSync(join(root, folder))),
    )
    const seen = new Set(result.modules.map(({ source }) => source))
    expect(listed().filter((path) => !seen.has(path) && existsSync(join(root, path)))).toEqual([])
    expect(seen.size).toBeGreaterThan(30)
    expect(violationsOf(result)).toEqual([])
  })

  it('each forbidden arrow is caught when planted, each allowed one is let through', async () => {
    const { summary, modules } = await planted()
    const breaches = summary.violations.filter(({ rule }) => rule.name.includes(': '))
    const caught = new Set(breaches.map(({ from, to }) => `${from} -> ${to}`))
    const wrong: string[] = []
    for (const from of froms) {
      for (const to of Object.keys(places) as Place[]) {
        const file = fileOf(from, to)
        if (file === places[to]) continue
        const own = from === to && from !== 'logic'
        const expected = !own && !allowed[from].includes(to)
        const found = caught.has(`${file} -> ${places[to]}`)
        if (found !== expected) wrong.push(`${from} -> ${to} ${found ? 'is caught, though allowed' : 'is not caught'}`)
      }
    }
    expect(wrong).toEqual([])
    expect(caught.has('app/routerType.ts -> server/api/place.ts')).toBe(false)
    expect(modules.length).toBeGreaterThan(froms.length * 15)
  })

  const refusalsOf = async (from: keyof typeof allowed, to: string): Promise<string[]> => {
    const { modules } = await planted()
    const found = modules
      .find(({ source }) => source === fileOf(from, to))
      ?.dependencies.find((d) => d.module === to.replace('node:', ''))
    if (found === undefined) throw new Error(`the cruiser did not see ${to}`)
    return (found.rules ?? []).map((rule) => rule.name)
  }

  it.each(foreign)('%s may not name %s', async (from, to) => {
    expect(await refusalsOf(from, to)).not.toEqual([])
  })

  it.each(welcome)('%s may name %s', async (from, to) => {
    expect(await refusalsOf(from, to)).toEqual([])
  })

  it('a way from the web to a venue is caught, however long', async () => {
    const ways = violationsOf(await planted()).filter((text) => text.startsWith('the web reaches no venue: '))
    const froms = new Set(ways.map((text) => text.split(/: | -> /)[1]))
    // The planted wire names the venue; routers and routes name the wire.
    expect(froms).toContain(fileOf('api', 'wire'))
    expect(froms).toContain(fileOf('route', 'wire'))
    expect(froms).not.toContain(fileOf('api', 'core'))
  })

  it('a cycle, an import that leads nowhere and a module that nobody uses are caught', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'playloom-fences-'))
    temporary.push(folder)
    mkdirSync(join(folder, 'blocks/kit'), { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{}')
    writeFileSync(join(folder, 'blocks/kit/a.ts'), "import { b } from './b'\nexport const a = () => b\n")
    writeFileSync(join(folder, 'blocks/kit/b.ts'), "import { a } from './a'\nexport const b = () => a\n")
    writeFileSync(join(folder, 'blocks/kit/c.ts'), "import { d } from './gone'\nexport const c = d\n")
    const names = violationsOf(await cruiseIn(folder, ['blocks']))
    expect(names).toContain('resolvable: blocks/kit/c.ts -> ./gone')
    expect(names).toContain('no dead modules: blocks/kit/c.ts -> blocks/kit/c.ts')
    expect(names.some((name) => name.startsWith('no cycles: blocks/kit/a.ts'))).toBe(true)
  })
})
