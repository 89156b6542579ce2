// Times of the past as people say them.

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

/** "just now", "5 min ago", "3 h ago", "yesterday", then the day in UTC. */
export const ago = (atMs: number, nowMs: number): string => {
  const past = nowMs - atMs
  if (past < minute) return 'just now'
  if (past < hour) return `${Math.floor(past / minute)} min ago`
  if (past < day) return `${Math.floor(past / hour)} h ago`
  if (past < 2 * day) return 'yesterday'
  return new Date(atMs).toISOString().slice(0, 10)
}
