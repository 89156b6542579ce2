// Applies the edits of a fix-it to a tree: pure, shares what it does not touch.
import type { Edit, Fix } from '../kit/problem'
import { hostileNames } from './names'

const isRecord = (x: unknown): x is Readonly<Record<string, unknown>> =>
  typeof x === 'object' && x !== null && !Array.isArray(x)

const setIn = (value: unknown, path: Edit['path'], edit: Edit): unknown => {
  const [step, ...rest] = path
  if (step === undefined) return edit.value
  if (hostileNames.includes(String(step))) throw new Error(`no edit may touch ${step}`)
  if (Array.isArray(value) && typeof step === 'number') {
    const list: unknown[] = [...value]
    if (rest.length > 0) list[step] = setIn(list[step], rest, edit)
    else if (edit.value === undefined) list.splice(step, 1)
    else list[step] = edit.value
    return list
  }
  const record = isRecord(value) ? value : {}
  const key = String(step)
  const inner = Object.hasOwn(record, key) ? record[key] : undefined
  if (rest.length > 0) return { ...record, [key]: setIn(inner, rest, edit) }
  if (edit.value !== undefined) return { ...record, [key]: edit.value }
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}

/** The tree with one edit; `value: undefined` removes. Missing maps on the way are made. */
export const applyEdit = (tree: unknown, edit: Edit): unknown => setIn(tree, edit.path, edit)

/** The tree with all edits of a fix, in their order. */
export const applyFix = (tree: unknown, fix: Fix): unknown => fix.edits.reduce(applyEdit, tree)

/** Renames a key in place, so that the reading order stays. */
export const renameKey = <T>(record: Readonly<Record<string, T>>, from: string, to: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key === from ? to : key, value]))
