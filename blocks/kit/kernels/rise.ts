// The rise of a condition: known true now and known false one row before (semantics.md S1).
import { type Bits, maskOf, wordsFor } from '../bits'
import { put } from './words'

/** Verdict of the last row seen, as two single bits. */
export interface RiseMemory {
  t: number
  f: number
}
export const riseMemory = (): RiseMemory => ({ t: 0, f: 0 })

/** Rows [i0, i1): true is T[i] & F[i-1], false is F[i] | T[i-1]. `out` may be `of` itself. */
export const riseRows = (memory: RiseMemory, of: Bits, out: Bits, i0: number, i1: number): void => {
  let { t, f } = memory
  for (let w = i0 >>> 5; w < wordsFor(i1); w++) {
    const mask = maskOf(w, i0, i1)
    const first = w << 5 < i0 ? i0 & 31 : 0
    const last = (w + 1) << 5 > i1 ? (i1 - 1) & 31 : 31
    const yes = of.t[w] & mask
    const no = of.f[w] & mask
    const yesBefore = (yes << 1) | (t << first)
    const noBefore = (no << 1) | (f << first)
    t = (yes >>> last) & 1
    f = (no >>> last) & 1
    put(out.t, w, mask, yes & noBefore)
    put(out.f, w, mask, no | yesBefore)
  }
  memory.t = t
  memory.f = f
}
