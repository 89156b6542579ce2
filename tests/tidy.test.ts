// House style that a machine can hold: sizes, names, headers, forbidden words, and no data in the repository.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
const paths = listed.split('\n').filter((path) => path !== '' && existsSync(join(root, path)))
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

const isCode = (path: string): boolean => /\.(ts|tsx|mjs|cjs)$/.test(path)
/** Configuration files carry the names that their tools ask for. */
const isConfig = (path: string): boolean => !path.includes('/')

interface Source {
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
}
const sources: readonly Source[] = paths.filter(isCode).map((path) => {
  const text = textOf(path)
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) }
})

const lineOf = ({ tree }: Source, position: number): number => tree.getLineAndCharacterOfPosition(position).line + 1
const visit = (node: ts.Node, see: (node: ts.Node) => void): void => {
  see(node)
  ts.forEachChild(node, (child) => visit(child, see))
}
/** Every finding of a rule as `file:line what`. */
const findings = (rule: (source: Source, node: ts.Node) => string | null, over = sources): string[] =>
  over.flatMap((source) => {
    const found: string[] = []
    visit(source.tree, (node) => {
      const what = rule(source, node)
      if (what !== null) found.push(`${source.path}:${lineOf(source, node.getStart(source.tree))} ${what}`)
    })
    return found
  })

type Callable =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
const callable = (node: ts.Node): Callable | null =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node)
    ? node
    : null

/** The callback of `describe` is a chapter of a file, not a function. */
const isChapter = (node: ts.Node): boolean =>
  ts.isCallExpression(node.parent) &&
  /^describe\b/.test(node.parent.expression.getText()) &&
  node.parent.arguments.includes(node as ts.Expression)

/** Kernels and their steps take columns, rows and numbers: no object to allocate a bar or a chunk. */
const isKernel = ({ path }: Source, node: Callable): boolean => {
  if (/^blocks\/(logic\/|kit\/kernels\/|kit\/compare\.ts)/.test(path)) return true
  const names = node.parameters.map((parameter) => parameter.name.getText())
  return names.includes('i0') && names.includes('i1')
}

const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)

describe('files', () => {
  it('are at most 400 lines long, a logic type 200', () => {
    const long = sources
      .map(({ path, text }) => ({ path, lines: linesOf(text), limit: path.startsWith('blocks/logic/') ? 200 : 400 }))
      .filter(({ lines, limit }) => lines > limit)
    expect(long).toEqual([])
    expect(sources.length).toBeGreaterThan(50)
  })

  it('start with a header of one to three comment lines', () => {
    const headless = sources.filter(({ text }) => {
      const lines = text.replace(/^#!.*\n/, '').split('\n')
      const end = lines.findIndex((line) => !line.startsWith('//'))
      return end < 1 || end > 3 || (lines[0] ?? '').length < 20
    })
    expect(headless.map(({ path }) => path)).toEqual([])
  })

  it('are named in camelCase in lower-case folders', () => {
    const wrong = sources
      .map(({ path }) => path)
      .filter(
        (path) => !isConfig(path) && !/^[a-z0-9.-]+(\/[a-z0-9-]+)*\/[a-z][A-Za-z0-9]*(\.[a-z]+)*\.(ts|mjs)$/.test(path),
      )
    expect(wrong.filter((path) => !/\/[A-Z][A-Za-z0-9]*\.tsx$/.test(path))).toEqual([])
  })

  it('are named like what they export, when that is one thing', () => {
    const wrong = sources
      .filter(({ path }) => /^(blocks|server)\//.test(path))
      .flatMap((source) => {
        const { values, types } = exportsOf(source.tree)
        const only = [...values, ...types]
        const name = only[0]
        if (only.length !== 1 || name === undefined || name === 'default') return []
        const words = stemsOf(basename(source.path, '.ts'))
        return stemsOf(name).some((stem) => words.includes(stem)) ? [] : [`${source.path} exports ${name}`]
      })
    expect(wrong).toEqual([])
  })

  it('of logic types are named like their type', () => {
    const wrong = sources
      .filter(({ path }) => path.startsWith('blocks/logic/'))
      .flatMap(({ path, text }) => {
        const type = /\btype: '([a-z0-9_]+)'/.exec(text)?.[1]
        const name = type?.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
        return name === basename(path, '.ts') ? [] : [`${path} has type ${type}`]
      })
    expect(wrong).toEqual([])
  })
})

/** Words of a camelCase name, cut to four letters so that `costs` is like `costMetrics`. */
const stemsOf = (name: string): string[] =>
  (name.match(/[A-Z]?[a-z0-9]+|[A-Z]+/g) ?? []).map((word) => word.toLowerCase().slice(0, 4))

const exportsOf = (tree: ts.SourceFile): { values: string[]; types: string[] } => {
  const values: string[] = []
  const types: string[] = []
  for (const statement of tree.statements) {
    if (ts.isExportAssignment(statement)) values.push('default')
    if (ts.isExportDeclaration(statement)) values.push('*', '*')
    if (!ts.canHaveModifiers(statement)) continue
    if (!ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) continue
    if (ts.isVariableStatement(statement))
      values.push(...statement.declarationList.declarations.map((d) => d.name.getText(tree)))
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      values.push(statement.name?.text ?? 'default')
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) types.push(statement.name.text)
  }
  return { values, types }
}

describe('functions', () => {
  it('are at most 60 lines long', () => {
    const long = findings((source, node) => {
      if (callable(node) === null || isChapter(node)) return null
      const lines = lineOf(source, node.end) - lineOf(source, node.getStart(source.tree)) + 1
      return lines > 60 ? `${lines} lines` : null
    })
    expect(long).toEqual([])
  })

  it('take at most three parameters, kernels excepted', () => {
    const many = findings((source, node) => {
      const found = callable(node)
      if (found === null || isKernel(source, found) || found.parameters.length <= 3) return null
      return `${found.parameters.length} parameters`
    })
    expect(many).toEqual([])
  })
})

describe('types', () => {
  it('are never any, never asserted away', () => {
    const loose = findings((_, node) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any'
      return ts.isNonNullExpression(node) ? 'non-null !' : null
    })
    expect(loose).toEqual([])
  })

  it('are not forced through unknown without a word why', () => {
    const forced = findings((source, node) => {
      if (!ts.isAsExpression(node) || !ts.isAsExpression(node.expression)) return null
      if (node.expression.type.kind !== ts.SyntaxKind.UnknownKeyword) return null
      const line = lineOf(source, node.getStart(source.tree)) - 1
      const near = source.text.split('\n').slice(Math.max(0, line - 3), line + 1)
      return near.some((text) => /\/\/|\/\*|\*\//.test(text)) ? null : 'as unknown as without a comment'
    })
    expect(forced).toEqual([])
  })

  it('are not silenced by comments', () => {
    const silenced = sources.filter(({ text }) =>
      /@ts-(ignore|expect-error|nocheck)/.test(text.replaceAll('@ts-(', '')),
    )
    expect(silenced.map(({ path }) => path)).toEqual([])
  })
})

describe('kernels', () => {
  it('use no power operator: its last bits differ between engines', () => {
    const pure = sources.filter(({ path }) => /^blocks\/(kit|logic)\//.test(path))
    const powers = findings(
      (_, node) =>
        node.kind === ts.SyntaxKind.AsteriskAsteriskToken || node.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken
          ? '**'
          : null,
      pure,
    )
    expect(powers).toEqual([])
    expect(pure.length).toBeGreaterThan(10)
  })
})

describe('words', () => {
  const self = 'tests/tidy.test.ts'
  const texts = paths.filter(
    (path) => path !== self && /\.(ts|tsx|mjs|cjs|json|yaml|yml|md|py|sh)$|^\.ci\/run$/.test(path),
  )

  it.each([
    ['unfinished work', /\b(TODO|FIXME|XXX|HACK)\b/],
    ['a path of some machine', /(^|["'`\s(=])\/(work|root|home|Users)\/[a-z]/m],
    ['the host of a registry', /registry\.(npmjs|yarnpkg)|npmjs\.org|artifactory|\/npm-proxy|pypi\.org\/simple/i],
    ['the number of an issue', /\b(issues?|tickets?) #?\d+\b/i],
  ])('hold no %s', (_, pattern) => {
    expect(texts.filter((path) => pattern.test(textOf(path)))).toEqual([])
    expect(texts.length).toBeGreaterThan(50)
  })

  it('the lock file names no address', () => {
    expect(textOf('package-lock.json')).not.toContain('"resolved"')
  })
})

describe('the repository', () => {
  it('holds no market data', () => {
    const data = paths.filter((path) => /\.(parquet|feather|arrow|duckdb|sqlite|zip|gz|7z|xz)$/i.test(path))
    expect(data).toEqual([])
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
})
