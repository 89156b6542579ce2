// House style as a test: each rule holds everywhere and is seen to notice a breach; no data and no foreign words.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Rule, rules, sourceOf } from './fixtures/houseStyle'

const root = join(import.meta.dirname, '..')
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
const paths = listed.split('\n').filter((path) => path !== '' && existsSync(join(root, path)))
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')
const sources = paths.filter((path) => /\.(ts|tsx|mjs|cjs)$/.test(path)).map((path) => sourceOf(path, textOf(path)))

const header = '// A header that says what the file is for.\n'
const lines = (n: number, line = 'x()'): string => `${line}\n`.repeat(n)

/** For each rule a source that breaks it and one, as near as can be, that does not: [path, text]. */
const planted: Readonly<
  Record<keyof typeof rules, { readonly bad: [string, string]; readonly good: [string, string] }>
> = {
  'files are at most 400 lines long, a logic type 200': {
    bad: ['blocks/logic/averages/a.ts', lines(201)],
    good: ['blocks/kit/a.ts', lines(400)],
  },
  'files start with a header of one to three comment lines': {
    bad: ['blocks/kit/a.ts', `${header.repeat(4)}\nx()`],
    good: ['bin/a.mjs', `#!/usr/bin/env node\n${header.repeat(3)}\nx()`],
  },
  'files are named in camelCase (components in PascalCase) in lower-case folders': {
    bad: ['blocks/kit/time_frame.ts', header],
    good: ['app/chart/PriceChart.tsx', header],
  },
  'components are named like their file': {
    bad: ['app/chart/PriceChart.tsx', 'export const Chart = 1'],
    good: ['app/chart/PriceChart.tsx', 'export const PriceChart = () => null'],
  },
  'logic types are named like their file': {
    bad: ['blocks/logic/comparison/above.ts', "defineLogic({ type: 'crosses_above' })"],
    good: ['blocks/logic/comparison/crossesAbove.ts', "defineLogic({ type: 'crosses_above' })"],
  },
  'functions are at most 60 lines long': {
    bad: ['tests/a.test.ts', `it('x', () => {\n${lines(60)}})`],
    good: ['tests/a.test.ts', `describe('x', () => {\n${lines(100)}})`],
  },
  'functions take at most three parameters, kernels excepted': {
    bad: ['blocks/engine/a.ts', 'const f = (a, b, c, d) => a'],
    good: ['blocks/engine/a.ts', 'const f = (a, b, i0, i1) => a'],
  },
  'types are never any, never asserted away': {
    bad: ['blocks/kit/a.ts', 'const a = b!.c'],
    good: ['blocks/kit/a.ts', 'const any = !b'],
  },
  'types are not forced through unknown without a word why': {
    bad: ['blocks/kit/a.ts', `${header}\n\n\nconst a = b as unknown as string`],
    good: ['blocks/kit/a.ts', `${header}\n\n\n// b is text here\nconst a = b as unknown as string`],
  },
  'types are not silenced by comments': {
    bad: ['blocks/kit/a.ts', `// @ts-${'ignore'}\nx()`],
    good: ['blocks/kit/a.ts', '// nothing to ignore\nx()'],
  },
  'kernels use no power operator': {
    bad: ['blocks/kit/a.ts', 'const a = b ** 2'],
    good: ['blocks/engine/a.ts', 'const a = b ** 2'],
  },
}

describe('house style', () => {
  it('looks at every source', () => {
    expect(sources.length).toBeGreaterThan(100)
  })

  it.each(Object.entries<Rule>(rules))('%s', (_, rule) => {
    expect(sources.flatMap(rule)).toEqual([])
  })

  it.each(Object.entries<Rule>(rules))('notices a breach: %s', (name, rule) => {
    const { bad, good } = planted[name as keyof typeof rules]
    expect(rule(sourceOf(...bad)).length).toBe(1)
    expect(rule(sourceOf(...good))).toEqual([])
  })
})

describe('words', () => {
  const self = 'tests/tidy.test.ts'
  const texts = paths.filter(
    (path) => path !== self && /\.(ts|tsx|mjs|cjs|json|yaml|yml|md|py|sh)$|^\.ci\/run$/.test(path),
  )
  const foreign: readonly (readonly [string, RegExp, string])[] = [
    ['unfinished work', /\b(TODO|FIXME|XXX|HACK)\b/, '// TODO: later'],
    ['paths of some machine', /(^|["'`\s(=])\/(work|root|home|Users)\/[a-z]/m, "const path = '/home/me'"],
    [
      'hosts of a registry',
      /registry\.(npmjs|yarnpkg)|npmjs\.org|artifactory|\/npm-proxy|pypi\.org\/simple/i,
      `https://${['registry', 'npmjs', 'org'].join('.')}/a`,
    ],
    ['numbers of an issue', /\b(issues?|tickets?) #?\d+\b/i, 'see issue 12'],
  ]

  it.each(foreign)('hold no %s', (_, pattern, breach) => {
    expect(pattern.test(breach)).toBe(true)
    expect(texts.filter((path) => pattern.test(textOf(path)))).toEqual([])
    expect(texts.length).toBeGreaterThan(100)
  })

  it('of the lock file name no address', () => {
    expect(textOf('package-lock.json')).not.toContain('"resolved"')
  })
})

describe('the repository', () => {
  it('holds no market data', () => {
    expect(paths.filter((path) => /\.(parquet|feather|arrow|duckdb|sqlite|zip|gz|7z|xz)$/i.test(path))).toEqual([])
    const tables = paths.filter((path) => /\.(csv|tsv|jsonl)$/i.test(path))
    expect(tables.filter((path) => !path.startsWith('tests/') || statSync(join(root, path)).size > 8192)).toEqual([])
  })

  it('holds no large file but the lock file', () => {
    const large = paths.filter((path) => path !== 'package-lock.json' && statSync(join(root, path)).size > 512 * 1024)
    expect(large).toEqual([])
  })

  it('has only the folders of the architecture', () => {
    const known = ['app', 'server', 'workflows', 'prisma', 'blocks', 'public', 'tests', 'bench', 'bin', '.ci', '.']
    const folders = new Set(paths.map((path) => dirname(path).split('/')[0] ?? '.'))
    expect([...folders].filter((folder) => !known.includes(folder))).toEqual([])
  })

  it('has a lock file that is whole for every platform', () => {
    const packages: Record<string, { optionalDependencies?: Record<string, string> }> = JSON.parse(
      textOf('package-lock.json'),
    ).packages
    const wanted = Object.values(packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {}),
    )
    expect(wanted.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([])
    expect(wanted.length).toBeGreaterThan(20)
  })
})
