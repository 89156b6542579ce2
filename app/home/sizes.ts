// Sizes, counts and ranges as the page writes them.

/** Thousands with commas. */
export const countText = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

export const bytesText = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(0)} KB`
  return bytes < 1024 ** 3 ? `${(bytes / 1024 ** 2).toFixed(1)} MB` : `${(bytes / 1024 ** 3).toFixed(2)} GB`
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Days of a range in UTC; its end is excluded. */
export const rangeText = (fromMs: number, toMs: number): string =>
  `${day(fromMs)} to ${day(Math.max(fromMs, toMs - 1))}`
