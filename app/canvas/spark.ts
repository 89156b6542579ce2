// The short line on a node: which outputs have one, and how their values become a path. Pure.
import { isNumeric } from '../../blocks/kit/socket'
import type { SeriesWindow } from '../engine/protocol'
import type { NodeView, OutputView } from './nodeParts'

/** Bars of the Play that a line looks back over. */
export const sparkBars = 60
/** Fewer values say nothing. */
const fewest = 3

export interface SparkLine {
  readonly node: string
  readonly output: string
}

export const sparkKey = ({ node, output }: SparkLine): string => `${node}.${output}`

/** Sources show their value alone: their rows are full, and the chart shows them large. */
export const hasSpark = ({ form }: Pick<NodeView, 'form'>, { letter }: Pick<OutputView, 'letter'>): boolean =>
  form !== 'source' && isNumeric(letter)

export const sparksOf = (views: readonly NodeView[]): readonly SparkLine[] =>
  views.flatMap((view) =>
    view.outputs.filter((output) => hasSpark(view, output)).map(({ name }) => ({ node: view.id, output: name })),
  )

/** What was known at an instant: a bar of a higher timeframe that still runs is not. */
export const knownBy = ({ knownMs, values }: SeriesWindow, atMs: number): readonly number[] =>
  [...values].filter((_, i) => (knownMs[i] ?? Number.POSITIVE_INFINITY) <= atMs)

/** A path in a box; gaps where nothing is known; null: too little for a line. */
export const sparkPath = (values: readonly number[], width: number, height: number): string | null => {
  const known = values.filter(Number.isFinite)
  if (known.length < fewest) return null
  const low = known.reduce((least, one) => Math.min(least, one))
  const high = known.reduce((most, one) => Math.max(most, one))
  const span = high - low
  const x = (i: number): number => Math.round((i / (values.length - 1)) * width * 10) / 10
  const y = (value: number): number =>
    span === 0 ? height / 2 : Math.round((1 - (value - low) / span) * height * 10) / 10
  let path = ''
  let isDown = false
  values.forEach((value, i) => {
    if (Number.isFinite(value)) path += `${isDown ? 'L' : 'M'}${x(i)} ${y(value)}`
    isDown = Number.isFinite(value)
  })
  return path
}
