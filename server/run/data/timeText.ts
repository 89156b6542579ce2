// A moment in UTC, for people.

/** `2024-01-01 08:30`, with seconds and milliseconds only where there are some. */
export const timeText = (ms: number): string => {
  const iso = new Date(ms).toISOString()
  const tail = iso.endsWith(':00.000Z')
    ? iso.slice(11, 16)
    : iso.endsWith('.000Z')
      ? iso.slice(11, 19)
      : iso.slice(11, 23)
  return `${iso.slice(0, 10)} ${tail}`
}
