// Numbers at the price axis: those that a tag would cover are left out. Pure.

/** Height of a tag, px: what it covers, and what a number needs. */
export const tagHeight = 17

/** Where tags stand when they may not cover one another: in their order, moved apart by as little as does it. */
export const spread = (places: readonly number[], height: number): number[] => {
  const order = places.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y)
  for (let k = 1; k < order.length; k++) {
    const [before, own] = [order[k - 1], order[k]]
    if (before !== undefined && own !== undefined) own.y = Math.max(own.y, before.y + height)
  }
  const found = [...places]
  for (const { y, i } of order) found[i] = y
  return found
}

export interface Taken {
  /** Middles of the tags. */
  readonly tags: readonly number[]
  /** Of the pane: what stands half outside is left out too. */
  readonly height?: number
}

/** Texts of the numbers; empty where a tag stands, and at the edges. */
export const clearOf = (
  ticks: readonly { readonly y: number | null; readonly text: string }[],
  { tags, height = Number.POSITIVE_INFINITY }: Taken,
): string[] => {
  const taken = spread(tags, tagHeight)
  const edge = tagHeight / 2
  return ticks.map(({ y, text }) => {
    if (y === null) return text
    const cut = (y > 0 && y < edge) || (y < height && y > height - edge)
    return cut || taken.some((tag) => Math.abs(tag - y) < tagHeight) ? '' : text
  })
}
