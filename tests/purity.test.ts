// The pure half reaches no clock, chance, locale or I/O: its compiler settings and lint refuse each when planted.
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const tsc = join(root, 'node_modules/typescript7/bin/tsc')
const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
const projects = [
  'blocks/tsconfig.kit.json',
  'blocks/tsconfig.play.json',
  'blocks/tsconfig.engine.json',
  'server/core/tsconfig.json',
]

interface Config {
  readonly compilerOptions: Readonly<Record<string, unknown>>
  readonly files: readonly string[]
}
const configOf = (project: string): Config =>
  JSON.parse(execFileSync(process.execPath, [tsc, '-p', join(root, project), '--showConfig'], { encoding: 'utf8' }))

const folder = mkdtempSync(join(tmpdir(), 'playloom-purity-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** What the compiler must refuse, because the pure projects know the language alone. */
const unknownNames = [
  "import { readFileSync } from 'node:fs'\nexport const x = readFileSync",
  'export const x = fetch',
  'export const x = process.env',
  'export const x = window',
  'export const x = document',
  'export const x = console.log',
  'export const x = setTimeout',
  'export const x = queueMicrotask',
  'export const x = crypto.randomUUID()',
  'export const x = performance.now()',
  'export const x = new URL("a:b")',
  'export const x = WebAssembly',
  'export const x = Buffer.from("a")',
]

/** What the compiler cannot refuse, because the language itself has it. */
const banned = [
  'export const x = Date.now()',
  'export const x = new Date(0)',
  'export const x = Math.random()',
  'export const x = new Intl.NumberFormat()',
  'export const x = globalThis',
  "export const x = 'a'.localeCompare('b')",
  'export const x = (1).toLocaleString()',
  "export const x = eval('1')",
  'export const x = crypto.randomUUID()',
  'export const x = console.log',
  'export const x = setTimeout',
]
const bannedInKernels = ['exp', 'log', 'pow', 'sin', 'hypot'].map((name) => `export const x = Math.${name}(1, 2)`)

describe('purity of blocks and server/core', () => {
  it('its compiler settings know the language alone, and cover every file', () => {
    const covered = new Set<string>()
    for (const project of projects) {
      const { compilerOptions, files } = configOf(project)
      expect([project, compilerOptions.lib, compilerOptions.types, compilerOptions.strict]).toEqual([
        project,
        ['es2023'],
        [],
        true,
      ])
      for (const file of files) covered.add(join(dirname(project), file))
    }
    const listed = execFileSync(
      'git',
      ['ls-files', '--cached', '--others', '--exclude-standard', 'blocks', 'server/core'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    )
    const files = listed.split('\n').filter((path) => path.endsWith('.ts'))
    expect(files.filter((path) => !covered.has(path))).toEqual([])
    expect(files.length).toBeGreaterThan(20)
  })

  it('the compiler refuses each name that is not of the language', () => {
    copyFileSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'))
    write('tsconfig.json', JSON.stringify({ extends: './tsconfig.base.json', include: ['types/*.ts'] }))
    unknownNames.forEach((text, i) => {
      write(`types/breach${i}.ts`, `${text}\n`)
    })
    write('types/fine.ts', 'export const x = Math.sqrt(2)\n')
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--noEmit', '--pretty', 'false'], {
      encoding: 'utf8',
    })
    const refused = new Set([...stdout.matchAll(/types\/(\w+)\.ts/g)].map((match) => match[1]))
    expect(unknownNames.filter((_, i) => !refused.has(`breach${i}`))).toEqual([])
    expect(refused.has('fine')).toBe(false)
  })

  it('lint refuses clock, chance, locale and unpinned mathematics where they may not be', () => {
    copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    const places = ['blocks/kit', 'blocks/logic/averages', 'blocks/play/check', 'blocks/engine', 'server/core/risk']
    const kernels = places.slice(0, 2)
    const expected: string[] = []
    const plant = (place: string, text: string, name: string) => {
      write(`${place}/${name}.ts`, `${text}\n`)
      expected.push(`${place}/${name}.ts`)
    }
    for (const place of places) {
      banned.forEach((text, i) => {
        plant(place, text, `breach${i}`)
      })
      write(`${place}/fine.ts`, 'export const x = Math.sqrt(2)\n')
    }
    for (const place of kernels) {
      bannedInKernels.forEach((text, i) => {
        plant(place, text, `kernel${i}`)
      })
    }
    write('blocks/engine/normal.ts', 'export const x = Math.exp(2)\n')
    write('server/io/clock.ts', 'export const x = Date.now()\n')
    const { stdout } = spawnSync(process.execPath, [oxlint, '--format=unix', 'blocks', 'server'], {
      cwd: folder,
      encoding: 'utf8',
    })
    const refused = new Set([...stdout.matchAll(/^(\S+?\.ts):\d/gm)].map((match) => match[1]))
    expect(expected.filter((path) => !refused.has(path))).toEqual([])
    expect([...refused].filter((path) => path !== undefined && !expected.includes(path))).toEqual([])
  })
})
