// A socket: colour, form and letter say the same. Filled when a wire is there.
import type { Letter } from '../../blocks/kit/socket'

const tokens: Readonly<Record<Letter, string>> = {
  P: '--t-price',
  D: '--t-price',
  O: '--t-number',
  N: '--t-number',
  T: '--text-3',
  A: '--t-quantity',
  R: '--t-rate',
  W: '--t-level',
  Z: '--t-level',
  B: '--t-signal',
  C: '--t-cond',
  E: '--t-event',
  K: '--t-regime',
  F: '--role-filter',
  S: '--role-entry',
  X: '--role-exit',
  I: '--role-inval',
}
/** The token of a socket's colour, for fills and wires. */
export const socketColour = (letter: Letter): string => `var(${tokens[letter]})`

type Form = 'circle' | 'barred' | 'square' | 'pill' | 'diamond' | 'triangle' | 'hexagon' | 'tab'
const forms: Readonly<Record<Letter, Form>> = {
  P: 'circle',
  D: 'barred',
  O: 'circle',
  N: 'circle',
  T: 'circle',
  A: 'circle',
  R: 'circle',
  W: 'square',
  Z: 'square',
  B: 'pill',
  C: 'diamond',
  E: 'triangle',
  K: 'hexagon',
  F: 'tab',
  S: 'tab',
  X: 'tab',
  I: 'tab',
}
const paths: Readonly<Record<Exclude<Form, 'circle' | 'barred'>, string>> = {
  square: 'M2.5 1H11.5Q13 1 13 2.5V11.5Q13 13 11.5 13H2.5Q1 13 1 11.5V2.5Q1 1 2.5 1Z',
  pill: 'M3 1.8H11A5.2 5.2 0 0 1 11 12.2H3A5.2 5.2 0 0 1 3 1.8Z',
  diamond: 'M7 -0.3L14.3 7L7 14.3L-0.3 7Z',
  triangle: 'M1 0.2L14.4 7L1 13.8Z',
  hexagon: 'M3.6 0.9H10.4L13.9 7L10.4 13.1H3.6L0.1 7Z',
  tab: 'M2.5 0.8H9L13.4 7L9 13.2H2.5Q1 13.2 1 11.7V2.3Q1 0.8 2.5 0.8Z',
}
const middle: Readonly<Partial<Record<Form, number>>> = { triangle: 5.2, tab: 5.9 }

export const SocketGlyph = ({ letter, filled = true }: { letter: Letter; filled?: boolean }) => {
  const form = forms[letter]
  const colour = socketColour(letter)
  const paint = filled
    ? { fill: colour }
    : { fill: 'var(--raised)', stroke: colour, strokeWidth: 1.4, strokeLinejoin: 'round' as const }
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" className="block overflow-visible" aria-hidden>
      {form === 'circle' || form === 'barred' ? (
        <circle cx="7" cy="7" r={filled ? 6.2 : 5.6} {...paint} />
      ) : (
        <path d={paths[form]} {...paint} />
      )}
      {form === 'barred' && <path d="M2.6 -1.6H11.4" stroke={colour} strokeWidth="1.6" strokeLinecap="round" />}
      <text
        x={middle[form] ?? 7}
        y="9.9"
        textAnchor="middle"
        fontSize="8.4"
        fontWeight="700"
        fill={filled ? 'var(--raised)' : colour}
      >
        {letter}
      </text>
    </svg>
  )
}
