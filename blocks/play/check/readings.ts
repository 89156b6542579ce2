// What the checker may conclude from some types alone when it looks for conditions that can never be true.

interface Reading {
  /** A comparison of its first operand with its second: true means greater (or smaller), strictly or not. */
  readonly compares?: { readonly greater: boolean; readonly strict: boolean }
  /** True only while all operands are. */
  readonly conjunction?: true
  readonly negates?: true
  /** Extreme of its input over a window with the current bar. */
  readonly extreme?: 'max' | 'min'
  /** A kind must be the one of the parameter `is`. */
  readonly kind?: true
}

const compares = (greater: boolean, strict: boolean): Reading => ({ compares: { greater, strict } })

export const readings: Readonly<Partial<Record<string, Reading>>> = {
  above: compares(true, true),
  below: compares(false, true),
  at_least: compares(true, false),
  at_most: compares(false, false),
  crosses_above: compares(true, true),
  crosses_below: compares(false, true),
  all: { conjunction: true },
  not: { negates: true },
  equals: { kind: true },
  highest: { extreme: 'max' },
  lowest: { extreme: 'min' },
}
