// Likely ends of a wire at once, the legal ones of them a moment later: each judged for itself in short slices, so that
// the page stays fluid however large the Play is.
import type { WireEnd, WireTarget, Wiring } from '../../blocks/play/connect'
import type { PullEnd } from './pull'

export type Candidate = WireEnd & WireTarget

/** Every wire from the socket, or into it, that is likely to be legal. */
export const candidatesFrom = (wiring: Wiring, { node, socket }: PullEnd): readonly Candidate[] => {
  if (socket.side === 'out') {
    const end = { source: node, output: socket.name }
    return wiring.likely(end).map((place) => ({ ...end, ...place }))
  }
  const place = { target: node, handle: socket.name ?? '' }
  return wiring.likelySources(place).map((end) => ({ ...end, ...place }))
}

export interface Pace {
  /** A clock in ms, and who comes back a moment later. */
  readonly now: () => number
  readonly later: (step: () => void) => void
}
const pagePace: Pace = { now: () => performance.now(), later: (step) => void setTimeout(step, 0) }
/** Half of a frame. */
const sliceMs = 8

interface Settling {
  readonly candidates: readonly Candidate[]
  readonly wiring: Pick<Wiring, 'can'>
  /** Told after each slice what does not fit after all. */
  readonly onGone: (gone: readonly Candidate[]) => void
}

/** Judges one candidate after the other; gives back how to stop. */
export const settle = ({ candidates, wiring, onGone }: Settling, { now, later }: Pace = pagePace): (() => void) => {
  let at = 0
  let isStopped = false
  const step = (): void => {
    if (isStopped) return
    const end = now() + sliceMs
    const gone: Candidate[] = []
    do {
      const candidate = candidates[at]
      if (candidate !== undefined && !wiring.can(candidate).ok) gone.push(candidate)
      at += 1
    } while (at < candidates.length && now() < end)
    if (gone.length > 0) onGone(gone)
    if (at < candidates.length) later(step)
  }
  if (candidates.length > 0) later(step)
  return () => {
    isStopped = true
  }
}
