// Collects the problems of text and form, with the line of each; a path gets at most one problem of a code.
import type { Fix, Problem } from '../../kit/problem'
import type { TextCode } from './codes'

export type Path = readonly (string | number)[]

/** Plain text belongs only here: title and about of the document, its Blocks, parameters and inputs. */
export const isTextPath = (path: Path): boolean => {
  const [first, , third] = path
  const last = path.at(-1)
  if (first === 'blocks' && path.length > 3) return isTextPath(path.slice(2))
  if (first === 'blocks' && path.length === 3) return third === 'title' || third === 'about'
  if (path.length === 1) return last === 'title' || last === 'about'
  return path.length === 3 && (first === 'params' || first === 'inputs') && last === 'about'
}

/** 1-based, as editors count. */
export interface Place {
  readonly line: number
  readonly column: number
}
/** Where each part of the document stands in its text, by pathKey. */
export type Places = ReadonlyMap<string, Place>
export const pathKey = (path: Path): string => JSON.stringify(path)

/** Place of a path, or of its nearest parent that has one. */
export const placeOf = (places: Places, path: Path): Place | undefined => {
  for (let length = path.length; length >= 0; length--) {
    const place = places.get(pathKey(path.slice(0, length)))
    if (place !== undefined) return place
  }
  return undefined
}

/** The node that a path leads through: `ema_fast`, or `here/sweep/poked` inside a Block of the document. */
export const nodeOf = (path: Path): string | undefined => {
  if (path[0] === 'nodes' && path.length > 1) return String(path[1])
  if (path[0] === 'blocks' && path[2] === 'nodes' && path.length > 3) return `here/${path[1]}/${path[3]}`
  return undefined
}

/** Problems with file and line filled in from their paths; a line that is there stays. */
export const locate = (problems: readonly Problem[], places: Places, file?: string): readonly Problem[] =>
  problems.map((problem) => {
    const line = problem.where.line ?? placeOf(places, problem.where.path ?? [])?.line
    return {
      ...problem,
      where: { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }), ...problem.where },
    }
  })

export interface Words {
  readonly message: string
  readonly hint?: string
  readonly fixes?: readonly Fix[]
}

/** Problems beyond this many are counted, not listed: no reader wants them. */
const most = 100

export class TextReport {
  readonly problems: Problem[] = []
  private readonly seen = new Set<string>()
  private readonly touched = new Set<string>()
  private unlisted = 0

  get failed(): boolean {
    return this.problems.length > 0
  }
  /** Is there already a problem at this path or below it? */
  covers(path: Path): boolean {
    return this.touched.has(pathKey(path))
  }

  add(code: TextCode, where: { readonly path?: Path; readonly line?: number }, words: Words): void {
    const key = JSON.stringify([code, where.path, where.line])
    if (this.seen.has(key)) return
    if (this.problems.length >= most) {
      this.unlisted += 1
      return
    }
    this.seen.add(key)
    const path = where.path ?? []
    for (let length = path.length; length > 0; length--) this.touched.add(pathKey(path.slice(0, length)))
    const node = nodeOf(path)
    this.problems.push({
      code,
      severity: 'error',
      where: { ...where, ...(node === undefined ? {} : { node }) },
      message: words.message,
      ...(words.hint === undefined ? {} : { hint: words.hint }),
      fixes: words.fixes ?? [],
    })
  }

  /** The problems in the order of their lines. */
  list(places: Places, file?: string): readonly Problem[] {
    const located = locate(this.problems, places, file)
    const sorted = [...located].sort((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0))
    if (this.unlisted === 0) return sorted
    const message = `and ${this.unlisted} more ${this.unlisted === 1 ? 'problem' : 'problems'}: mend these first`
    const where = file === undefined ? {} : { file }
    return [...sorted, { code: 'more_problems', severity: 'error', where, message, fixes: [] }]
  }
}
