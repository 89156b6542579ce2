// Where two plain trees differ: paths and both values, bit for bit (NaN equals NaN, -0 is not 0).

const short = (x: unknown): string => {
  const text = typeof x === 'number' ? (Object.is(x, -0) ? '-0' : String(x)) : JSON.stringify(x)
  return text !== undefined && text.length > 80 ? `${text.slice(0, 80)}...` : String(text)
}

const isTree = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null

/** `path: a | b`, at most a handful; empty: equal. */
export const difference = (a: unknown, b: unknown, path = ''): string[] => {
  if (Object.is(a, b)) return []
  if (!isTree(a) || !isTree(b)) return [`${path}: ${short(a)} | ${short(b)}`]
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  const found: string[] = []
  for (const key of keys) {
    found.push(...difference(a[key], b[key], `${path}/${key}`))
    if (found.length > 6) return found
  }
  return found
}
