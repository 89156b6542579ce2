// Numbers of a kind: a price cannot be handed in where a quantity, a row or a time is wanted. Plain numbers at run time.

declare const kind: unique symbol
type Brand<Kind extends string> = number & { readonly [kind]: Kind }

/** Quote units for one base unit. */
export type Price = Brand<'Price'>
/** Base units. */
export type Qty = Brand<'Qty'>
/** Row of a frame, from its first. */
export type BarIndex = Brand<'BarIndex'>
/** Instant, Unix ms UTC; not a duration. */
export type TimeMs = Brand<'TimeMs'>

export const toPrice = (quote: number): Price => quote as Price
export const toQty = (base: number): Qty => base as Qty
export const toBarIndex = (row: number): BarIndex => row as BarIndex
export const toTimeMs = (unixMs: number): TimeMs => unixMs as TimeMs
