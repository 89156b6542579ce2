// Keeps what did not change: a list drawn anew takes over the objects of the one before that hold the same. Pure.

type Plain = Readonly<Record<string, unknown>>

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Plain data by what they hold, all else by identity. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => isSame(one, b[i]))
  if (!isPlain(a) || !isPlain(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
}

/** The same list when all of it is the same. */
export const kept = <T extends { readonly id: string }>(before: readonly T[], next: readonly T[]): readonly T[] => {
  const known = new Map(before.map((one) => [one.id, one]))
  const list = next.map((one) => {
    const old = known.get(one.id)
    return old !== undefined && isSame(old, one) ? old : one
  })
  return list.length === before.length && list.every((one, i) => one === before[i]) ? before : list
}
