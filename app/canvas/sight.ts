// What the palette and the commands need from the canvas without standing inside it: where its middle is now.
import type { Point } from '../document/edits/nodes'

let middle: (() => Point) | null = null

export const setMiddle = (read: (() => Point) | null): void => {
  middle = read
}
/** The middle of what is seen of the graph; the origin while no canvas is shown. */
export const sightMiddle = (): Point => middle?.() ?? [0, 0]
