// Sockets: what an output is and how it mirrors (dsl.md section 6).

/**
 * P price, D distance, A amount, R rate, O oscillator, N number, T time (bars of the Play's timeframe), C condition,
 * E event, K kind, B bars, W swings, Z zone, F filter, S setup, X exit, I invalidation.
 */
export type Letter = 'P' | 'D' | 'A' | 'R' | 'O' | 'N' | 'T' | 'C' | 'E' | 'K' | 'B' | 'W' | 'Z' | 'F' | 'S' | 'X' | 'I'

export interface Socket {
  readonly letter: Letter
  /** A sided value mirrors about this number (x becomes 2 * centre - x); null: unsided. Prices reflect by themselves. */
  readonly centre: number | null
  /** Kinds only: the closed set, in code order (a column holds the index), and which kind each becomes mirrored. */
  readonly kinds?: readonly string[]
  readonly mirrored?: Readonly<Record<string, string>>
}

/** Letters with a number a row; a column of them is a Float64Array with NaN for unknown. */
export const numeric = ['P', 'D', 'A', 'R', 'O', 'N', 'T'] as const satisfies readonly Letter[]
/** Letters with three values a row, stored as two bitsets. */
export const logical = ['C', 'E'] as const satisfies readonly Letter[]

export const isNumeric = (letter: Letter): boolean => (numeric as readonly Letter[]).includes(letter)
export const isLogical = (letter: Letter): boolean => letter === 'C' || letter === 'E'

/** Does the value change under reflection: prices always, others when they have a side. */
export const turns = (socket: Socket): boolean => socket.letter === 'P' || socket.centre !== null

export const unsided = (letter: Letter): Socket => ({ letter, centre: null })
export const sided = (letter: Letter, centre = 0): Socket => ({ letter, centre })
export const price: Socket = unsided('P')
export const condition: Socket = unsided('C')
export const event: Socket = unsided('E')

/** May a wire run from `from` into a port that takes `accept`: E fits C, all else by letter. */
export const fits = (from: Letter, accept: readonly Letter[]): boolean =>
  accept.includes(from) || (from === 'E' && accept.includes('C'))
