// When what stands on the store is read again: as soon as a download is over that was not, also one that nobody saw begin.
import { expect, it } from 'vitest'
import type { DownloadNow } from '../../../app/data/api'
import { endedSince } from '../../../app/data/useDownloads'

const now = (id: string, state: DownloadNow['state']): DownloadNow => ({
  ...{ id, state, instrument: 'binance:BTCUSDT.P', kind: 'klines', tf: '1m', fromMs: 0, toMs: null },
  ...{ failure: null, cancelling: false, createdMs: 0, endedMs: null },
})

it.each([
  ['one ended', [now('1', 'taken')], [now('1', 'done')], true],
  ['one began and ended unseen', [now('1', 'done')], [now('2', 'cancelled'), now('1', 'done')], true],
  ['one goes on', [now('1', 'waiting')], [now('1', 'taken')], false],
  ['one began', [now('1', 'done')], [now('2', 'taken'), now('1', 'done')], false],
  ['an old one is listed no more', [now('1', 'done'), now('2', 'failed')], [now('2', 'failed')], false],
] as const)('%s', (_what, before, after, changed) => {
  expect(endedSince(before, after)).toBe(changed)
})
