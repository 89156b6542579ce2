// A word of state beside something: quiet, or in the colour of its meaning.
import type { ReactNode } from 'react'
import { classes } from './classes'

export type ChipTone = 'neutral' | 'outline' | 'pos' | 'neg' | 'warn' | 'you' | 'synthetic'

const tones: Record<ChipTone, string> = {
  neutral: 'bg-active text-2',
  outline: 'border border-line-2 text-2',
  pos: 'bg-pos-bg text-pos',
  neg: 'bg-neg-bg text-neg',
  warn: 'bg-warn-bg text-warn',
  you: 'bg-you-bg text-you',
  synthetic: 'border border-dashed border-warn font-semibold text-warn',
}

export const Chip = ({ tone = 'neutral', children }: { tone?: ChipTone; children: ReactNode }) => (
  <span
    className={classes(
      'inline-flex h-5 flex-none items-center gap-1 rounded-[4px] px-[7px] text-11 font-medium whitespace-nowrap',
      tones[tone],
    )}
  >
    {children}
  </span>
)

/** Stands wherever made-up bars are shown. */
export const SyntheticChip = () => <Chip tone="synthetic">SYNTHETIC</Chip>
