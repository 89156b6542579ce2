// What the page's bundler gets wrong: an imported name in the last part of a loop's head is left as it stands, and the
// page dies with a name that is not defined. No other test would notice, for they run the sources as they are.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')

const sources = ['blocks', 'app'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => /\.tsx?$/.test(name)),
)

/** Names that a loop's head must not ask for in its last part. */
const faultsOf = (text: string, file: string): string[] => {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const imported = new Set<string>()
  const faults: string[] = []
  const named = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && imported.has(node.text))
      faults.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.text}`)
    ts.forEachChild(node, named)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node))
      if (node.name !== undefined) imported.add(node.name.text)
    if (ts.isForStatement(node) && node.incrementor !== undefined) named(node.incrementor)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return faults
}

describe('what runs in the page', () => {
  it('asks for no imported name in the last part of a loop head', () => {
    expect(sources.length).toBeGreaterThan(200)
    expect(sources.flatMap((file) => faultsOf(readFileSync(join(root, file), 'utf8'), file))).toEqual([])
  })

  it('is noticed when it does', () => {
    const text = "import { next } from './next'\nfor (let i = next(0); i < 9; i = next(i)) console.log(i)\n"
    expect(faultsOf(text, 'a.ts')).toEqual(['a.ts:2 next'])
  })
})
