// What is odd about the rows of a series, in words. Times are UTC.
import type { Finding } from '../../core/quality'
import { thousands } from '../../core/series'
import { timeText } from './timeText'

const words: Readonly<Record<Finding['kind'], (finding: Finding, at: string) => string>> = {
  zero_volume: ({ count, runs, worst }, at) =>
    `${thousands(count)} bars without volume in ${thousands(runs)} stretches, the longest ${thousands(worst.rows)} from ${at}`,
  flat: ({ count, runs, worst }, at) =>
    `${thousands(count)} bars in ${thousands(runs)} flat stretches, the longest ${thousands(worst.rows)} from ${at}`,
  outlier: ({ count, worst }, at) =>
    `${thousands(count)} bars far wider than those before, the widest ${(100 * worst.size).toFixed(2)} % at ${at}`,
  late_stamp: ({ count, worst }, at) =>
    `${thousands(count)} stamps more than a second off their minute, the farthest ${(worst.size / 1000).toFixed(1)} s at ${at}`,
  settlement_missing: ({ count, runs, worst }, at) =>
    `${thousands(count)} settlements missing in ${thousands(runs)} gaps, the longest ${thousands(worst.rows)} after ${at}`,
}

export const findingText = (finding: Finding): string => words[finding.kind](finding, timeText(finding.worst.fromMs))
