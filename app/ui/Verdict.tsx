// The glyph of a verdict: form and colour say the same, and a word stands for those who see neither.
import { Check, X } from 'lucide-react'
import { classes } from './classes'

export type VerdictKind = 'pass' | 'fail' | 'unclear' | 'no' | 'wait'

const forms: Record<VerdictKind, string> = {
  pass: 'rounded-full bg-pos text-ink',
  fail: 'rounded-chip bg-neg text-ink',
  unclear: 'rounded-full border-[1.5px] border-warn text-warn',
  no: 'rounded-full border-[1.5px] border-line-3 text-3',
  wait: 'rounded-full border-[1.5px] border-dashed border-3',
}
const words: Record<VerdictKind, string> = {
  pass: 'true',
  fail: 'first no',
  unclear: 'unclear',
  no: 'false',
  wait: 'not yet known',
}

const Wave = () => (
  <svg width="9" height="9" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="3.5" aria-hidden>
    <path d="M2 14c3.5-7 7-7 10-2s6.5 5 10-2" strokeLinecap="round" />
  </svg>
)

/** `word`: what it says here, when it is not about true and false (gates: pass, fail). */
export const Verdict = ({ kind, word = words[kind] }: { kind: VerdictKind; word?: string }) => (
  <span
    role="img"
    aria-label={word}
    className={classes('inline-grid size-3.5 flex-none place-items-center', forms[kind])}
  >
    {kind === 'pass' && <Check size={9} strokeWidth={3.5} aria-hidden />}
    {kind === 'fail' && <X size={9} strokeWidth={3.5} aria-hidden />}
    {kind === 'no' && <X size={7} strokeWidth={3} aria-hidden />}
    {kind === 'unclear' && <Wave />}
  </span>
)
