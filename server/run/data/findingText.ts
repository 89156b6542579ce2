// What is odd about the rows of a series, in words. Times are UTC.
import { shortDuration } from '../../core/duration'
import type { Finding } from '../../core/quality'
import { thousands } from '../../core/series'
import { timeText } from './timeText'

const counted = (n: number, word: string, plural = 's'): string => `${thousands(n)} ${word}${n === 1 ? '' : plural}`

const words: Readonly<Record<Finding['kind'], (finding: Finding, at: string) => string>> = {
  zero_volume: ({ count, runs, worst }, at) =>
    `${counted(count, 'bar')} without volume in ${counted(runs, 'stretch', 'es')}, the longest ${thousands(worst.rows)} from ${at}`,
  flat: ({ count, runs, worst }, at) =>
    `${counted(count, 'bar')} in ${counted(runs, 'flat stretch', 'es')}, the longest ${thousands(worst.rows)} from ${at}`,
  outlier: ({ count, worst }, at) =>
    `${counted(count, 'bar')} far wider than those before, the widest ${(100 * worst.size).toFixed(2)} % at ${at}`,
  late_stamp: ({ count, worst }, at) =>
    `${counted(count, 'stamp')} more than a second off their minute, the farthest ${(worst.size / 1000).toFixed(1)} s at ${at}`,
  unchanged: ({ count, runs, worst }, at) =>
    `${thousands(count)} values in ${thousands(runs)} stretches without a change, the longest ${thousands(worst.rows)} from ${at}`,
  jump: ({ count, worst }, at) =>
    `${thousands(count)} changes far larger than those before, the largest ${thousands(Math.round(worst.size))} times the usual at ${at}`,
  stale: ({ runs, worst }, at) =>
    `older than its maximum age, so unknown, in ${thousands(runs)} stretches, the longest ${shortDuration(worst.size)} from ${at}`,
  settlement_missing: ({ count, runs, worst }, at) =>
    `${counted(count, 'settlement')} missing in ${counted(runs, 'gap')}, the longest ${thousands(worst.rows)} after ${at}`,
}

export const findingText = (finding: Finding): string => words[finding.kind](finding, timeText(finding.worst.fromMs))
