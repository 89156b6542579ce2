// Durations as people write them for imports: 90s, 5m, 48h, 2d, 1w, and sums such as 4h1m.

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** Null for what is no duration. 0 alone needs no unit. */
export const durationMs = (text: string): number | null => {
  if (text === '0') return 0
  if (!/^(\d{1,9}[smhdw])+$/.test(text)) return null
  return [...text.matchAll(/(\d+)([smhdw])/g)].reduce(
    (sum, [, count = '0', unit = 's']) => sum + Number(count) * (unitMs[unit] ?? 0),
    0,
  )
}

/** The same in as few words as it takes: 90 s as 1m30s. */
export const shortDuration = (ms: number): string => {
  let left = ms
  const parts = ['d', 'h', 'm', 's'].flatMap((unit) => {
    const size = unitMs[unit] ?? 1
    const count = Math.floor(left / size)
    left -= count * size
    return count > 0 ? [`${count}${unit}`] : []
  })
  return parts.join('') || '0'
}
