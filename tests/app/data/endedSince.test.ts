// When what stands on the store is read again: as soon as a download is over that was not, also one that nobody saw begin.
import { expect, it } from 'vitest'
import type { DownloadNow } from '../../../app/data/api'
import { endedSince } from '../../../app/data/useDownloads'

const now = (id: string, state: DownloadNow['state']): DownloadNow => ({
  ...{ id, state, instrument: 'binance:BTCUSDT.P', kind: 'klines', tf: '1m', fromMs: 0, toMs: null },
  ...{ failure: null, cancelling: false, createdMs: 0, endedMs: null },
})

it.each([
  { what: 'one ended', before: [now('1', 'taken')], after: [now('1', 'done')], changed: true },
  {
    what: 'one began and ended unseen',
    before: [now('1', 'done')],
    after: [now('2', 'cancelled'), now('1', 'done')],
    changed: true,
  },
  { what: 'one goes on', before: [now('1', 'waiting')], after: [now('1', 'taken')], changed: false },
  { what: 'one began', before: [now('1', 'done')], after: [now('2', 'taken'), now('1', 'done')], changed: false },
  {
    what: 'an old one is listed no more',
    before: [now('1', 'done'), now('2', 'failed')],
    after: [now('2', 'failed')],
    changed: false,
  },
])('$what', ({ before, after, changed }) => {
  expect(endedSince(before, after)).toBe(changed)
})
