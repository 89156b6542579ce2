// The six example Plays: what each teaches in two lines, and its idea as a drawing.
import { examples } from '../../blocks/catalogue'
import { parseDocument } from '../../blocks/play/text/parse'
import type { PlayTree, Sidecar } from '../../blocks/play/tree'

export type Points = readonly (readonly [x: number, y: number])[]

/** A drawing of 200 by 84 units, y downwards. */
export interface Sketch {
  readonly price: Points
  /** Averages, bands and levels. */
  readonly lines: readonly Points[]
  /** Entries: a triangle below the price, or above it for a short. */
  readonly marks: readonly { readonly at: readonly [number, number]; readonly short?: true }[]
}

export interface Idea {
  /** Name of the example in the catalogue. */
  readonly name: string
  readonly title: string
  /** What the trader sees, and what the Play shows of the language. */
  readonly lines: readonly [string, string]
  readonly sketch: Sketch
}

export const ideas: readonly Idea[] = [
  {
    name: 'ema_pullback',
    title: 'EMA pullback',
    lines: ['Get in on the dip, not on the high.', 'Filter, setup, ladder and a thesis that can die.'],
    sketch: {
      price: [
        [10, 66],
        [34, 52],
        [52, 58],
        [78, 40],
        [100, 48],
        [120, 34],
        [138, 26],
        [154, 32],
        [190, 12],
      ],
      lines: [
        [
          [10, 70],
          [60, 60],
          [110, 46],
          [150, 34],
          [190, 22],
        ],
      ],
      marks: [{ at: [100, 58] }],
    },
  },
  {
    name: 'rsi_fade',
    title: 'RSI fade',
    lines: ['Buy what is stretched in a quiet market.', 'Limit orders that expire, break-even after a rung.'],
    sketch: {
      price: [
        [10, 42],
        [34, 22],
        [56, 38],
        [80, 64],
        [104, 40],
        [128, 22],
        [152, 44],
        [170, 64],
        [190, 46],
      ],
      lines: [
        [
          [10, 20],
          [190, 20],
        ],
        [
          [10, 62],
          [190, 62],
        ],
      ],
      marks: [{ at: [80, 76] }, { at: [170, 76] }],
    },
  },
  {
    name: 'donchian_trail',
    title: 'Donchian breakout',
    lines: ['Follow what leaves its channel.', 'Ready-made Blocks with pins, a stop that trails.'],
    sketch: {
      price: [
        [10, 52],
        [30, 60],
        [46, 48],
        [64, 60],
        [84, 50],
        [104, 54],
        [120, 42],
        [134, 24],
        [152, 28],
        [190, 8],
      ],
      lines: [
        [
          [10, 44],
          [110, 46],
        ],
        [
          [10, 66],
          [110, 62],
        ],
        [
          [128, 56],
          [150, 44],
          [190, 28],
        ],
      ],
      marks: [{ at: [128, 48] }],
    },
  },
  {
    name: 'swing_break_add',
    title: 'Swing break, adds',
    lines: ['Buy the broken high, add when it holds.', 'Structure of a higher timeframe, scaling in.'],
    sketch: {
      price: [
        [10, 70],
        [34, 46],
        [52, 58],
        [76, 36],
        [92, 45],
        [116, 24],
        [134, 33],
        [160, 12],
        [190, 18],
      ],
      lines: [
        [
          [34, 46],
          [92, 46],
        ],
        [
          [76, 35],
          [140, 35],
        ],
      ],
      marks: [{ at: [92, 56] }, { at: [134, 44] }],
    },
  },
  {
    name: 'ema_cross_reverse',
    title: 'EMA cross, always in',
    lines: ['One cross out, the same bar in again.', 'Stop and reverse by wiring the opposite cross.'],
    sketch: {
      price: [
        [10, 60],
        [36, 40],
        [60, 22],
        [84, 34],
        [108, 58],
        [130, 64],
        [152, 44],
        [190, 18],
      ],
      lines: [
        [
          [10, 56],
          [50, 36],
          [84, 34],
          [118, 54],
          [146, 54],
          [190, 32],
        ],
        [
          [10, 50],
          [70, 38],
          [130, 46],
          [190, 42],
        ],
      ],
      marks: [{ at: [30, 58] }, { at: [96, 30], short: true }, { at: [150, 66] }],
    },
  },
  {
    name: 'funding_fade',
    title: 'Funding fade',
    lines: ['Sell what the crowd pays to hold.', 'Funding rates, and a short side written by hand.'],
    sketch: {
      price: [
        [10, 50],
        [36, 40],
        [60, 30],
        [84, 20],
        [104, 16],
        [122, 26],
        [142, 44],
        [166, 50],
        [190, 66],
      ],
      lines: [
        [
          [10, 62],
          [46, 58],
          [80, 46],
          [104, 40],
          [190, 40],
        ],
      ],
      marks: [{ at: [122, 14], short: true }],
    },
  },
]

/** The Play of an example, as a document of one's own. */
export const examplePlay = (name: string): { readonly tree: PlayTree; readonly sidecar: Sidecar } => {
  const text = Object.hasOwn(examples, name) ? examples[name as keyof typeof examples] : undefined
  const { tree, sidecar } = parseDocument(text ?? '')
  if (tree === undefined || !('play' in tree)) throw new Error(`the example ${name} is no Play`)
  return { tree, sidecar }
}
