// Sizes of panels, kept in this browser: shares in percent by the id of the part.

type Sizes = Readonly<Record<string, number>>

const keyOf = (name: string): string => `playloom split ${name}`

/** What was kept, if it still is a division of these parts; else null. */
export const sizesOf = (kept: string | null, ids: readonly string[]): Sizes | null => {
  try {
    const sizes: unknown = JSON.parse(kept ?? 'null')
    if (typeof sizes !== 'object' || sizes === null) return null
    const entries: [string, unknown][] = Object.entries(sizes)
    const found = entries.flatMap(([id, share]): [string, number][] =>
      ids.includes(id) && typeof share === 'number' && share > 0 ? [[id, share]] : [],
    )
    const whole = found.reduce((sum, [, share]) => sum + share, 0)
    if (found.length !== ids.length || entries.length !== ids.length || Math.abs(whole - 100) > 0.5) return null
    return Object.fromEntries(found)
  } catch {
    return null
  }
}

export const keptSizes = (name: string, parts: readonly { readonly id: string }[]): Sizes | null => {
  if (typeof localStorage === 'undefined') return null
  const ids = parts.map(({ id }) => id)
  return sizesOf(localStorage.getItem(keyOf(name)), ids)
}

/** Nowhere to keep them is no fault: they are as usual next time. */
export const keepSizes = (name: string, sizes: Sizes): void => {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(sizes))
  } catch {}
}
