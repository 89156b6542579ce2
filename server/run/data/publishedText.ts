// What is to be known of published figures, in words.
import { shortDuration } from '../../core/duration'
import type { Published } from '../../core/series'

export const publishedText = ({ source, unit, delayMs, maxAgeMs }: Published): string =>
  `${unit}, from ${source}; known ${shortDuration(delayMs)} after its stamp, for ${shortDuration(maxAgeMs)} from it`
