// Every way in which a venue fails: the right data in the end, or a clear Failure and the store as it was.
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../server/core/failure'
import { minute, snapshot, start } from '../../fixtures/data/workshop'
import { bybit, openScene, perp, type Scene, spot, truth } from '../../fixtures/venue/scene'
import type { Fault } from '../../fixtures/venue/venue'

const klines = /klines?$/
const times = (scene: Scene): number[] =>
  scene.venue.log.filter(({ path }) => klines.test(path)).map(({ atMs }) => atMs)
describe('a fault that passes', () => {
  const faults: readonly (readonly [string, Fault])[] = [
    ['503', { kind: 'status', status: 503, body: { code: -1008, msg: 'Server is currently overloaded' } }],
    ['500 without JSON', { kind: 'status', status: 500, body: 'Internal error' }],
    ['HTML with status 200', { kind: 'html' }],
    ['cut JSON', { kind: 'cutJson' }],
    ['a body that ends early', { kind: 'cutBody' }],
    ['a connection reset', { kind: 'reset' }],
    ['a venue that hangs', { kind: 'hang' }],
  ]
  for (const instrument of [perp, bybit]) {
    it.each(faults)(`of ${instrument}: %s, in the middle of a download`, async (_, fault) => {
      const scene = await openScene({ minutes: 2500, timeoutMs: 400 })
      scene.venue.fail(klines, fault, { times: 2, skip: 1 })
      const { added, pages } = await scene.took({ instrument })
      expect(await scene.rows(instrument)).toEqual(truth(scene, 0, 2500))
      expect([added, pages]).toEqual([2500, 3])
      expect(scene.clock.waited).toHaveLength(2)
    })
  }

  it('in the list of markets or the time is tried again as well', async () => {
    const scene = await openScene({ minutes: 100 })
    scene.venue.fail(/exchangeInfo/, { kind: 'cutBody' })
    scene.venue.fail(/time$/, { kind: 'status', status: 502 })
    await scene.took()
    expect(await scene.rows()).toEqual(truth(scene, 0, 100))
  })

  it.each([10_000, 10_016])('of Bybit in a 200 answer: code %i', async (retCode) => {
    const scene = await openScene({ minutes: 100 })
    scene.venue.fail(klines, { kind: 'answer', body: { retCode, retMsg: 'Server Timeout', result: {}, time: 1 } })
    await scene.took({ instrument: bybit })
    expect(await scene.rows(bybit)).toEqual(truth(scene, 0, 100))
  })
})

describe('a fault that stays', () => {
  it.each([
    ['503', { kind: 'status', status: 503 }, /status 503, 8 times/],
    ['HTML', { kind: 'html' }, /something else than whole JSON/],
    ['resets', { kind: 'reset' }, /could not be reached/],
    ['silence', { kind: 'hang' }, /did not answer within 1 s/],
    ['redirects', { kind: 'redirect' }, /could not be reached/],
  ] as const)('%s: eight tries over two minutes, then a Failure; what came before is kept', async (_, fault, words) => {
    const scene = await openScene({ minutes: 1500, timeoutMs: 150 })
    scene.venue.fail(klines, fault, { times: 99, skip: 1 })
    const { failure } = await scene.refused()
    expect(failure).toMatchObject({ code: 'venue_unreachable', retry: true })
    expect(failure.message).toMatch(words)
    expect(times(scene)).toHaveLength(9)
    const waited = scene.clock.waited.reduce((sum, ms) => sum + ms, 0)
    expect(waited).toBeGreaterThan(61_500)
    expect(waited).toBeLessThan(123_001)
    expect(await scene.rows()).toEqual(truth(scene, 0, 1000))
    scene.venue.scripts.length = 0
    await scene.took()
    expect(await scene.rows()).toEqual(truth(scene, 0, 1500))
  })

  it('a venue that is not there is tried three times, and leaves no trace in the store', async () => {
    const scene = await openScene({ timeoutMs: 300 })
    await scene.venue.close()
    const { failure, changed } = await scene.refused()
    expect([failure.code, changed]).toEqual(['venue_unreachable', false])
    expect(failure.message).toMatch(/could not be reached.*, 3 times/)
  })

  it('a refusal is told in the words of the venue, and not repeated', async () => {
    const scene = await openScene({ minutes: 100 })
    const body = { code: 0, msg: 'Service unavailable from a restricted location' }
    scene.venue.fail(/exchangeInfo/, { kind: 'status', status: 451, body }, 99)
    const { failure } = await scene.refused()
    expect(failure.code).toBe('venue_refused')
    expect(failure.message).toMatch(/restricted location/)
    expect(scene.venue.log).toHaveLength(1)
  })
})

describe('limits', () => {
  it.each([
    [429, perp, 45],
    [418, perp, 300],
    [429, spot, 7],
    [429, bybit, 3],
  ])('%i on %s with Retry-After: no request before its end', async (status, instrument, retryAfterS) => {
    const scene = await openScene({ minutes: 2500 })
    scene.venue.fail(klines, { kind: 'status', status, retryAfterS }, { times: 1, skip: 1 })
    await scene.took({ instrument })
    expect(scene.venue.violations).toEqual([])
    expect(await scene.rows(instrument)).toEqual(truth(scene, 0, 2500))
    const [, second = 0, third = 0] = times(scene)
    expect(third - second).toBe(retryAfterS * 1000)
  })

  it.each([
    ['418 that names its end', { status: 418, body: { code: -1003, msg: 'IP banned until MS.' } }, 100_000],
    ['418 without a word', { status: 418, body: {} }, 120_000],
    ['429 without a word', { status: 429, body: {} }, 60_000],
  ] as const)('%s', async (_, fault, waitMs) => {
    const scene = await openScene({ minutes: 100 })
    const until = String(scene.clock.nowMs() + 100_000)
    const body = JSON.parse(JSON.stringify(fault.body).replace('MS', until))
    scene.venue.fail(klines, { kind: 'status', ...fault, body })
    await scene.took()
    const [first = 0, second = 0] = times(scene)
    expect(second - first).toBe(waitMs)
  })

  it('Bybit: 403 shuts the address out for ten minutes, 10006 for the window', async () => {
    const scene = await openScene({ minutes: 100 })
    scene.venue.fail(klines, { kind: 'status', status: 403, body: { retCode: 10009 } })
    scene.venue.fail(klines, { kind: 'answer', body: { retCode: 10006, retMsg: 'Too many visits!' } })
    await scene.took({ instrument: bybit })
    const [first = 0, second = 0, third = 0] = times(scene)
    expect([second - first, third - second]).toEqual([600_000, 5000])
  })

  it('a ban of hours is not waited for; other markets of the venue are not asked in it either', async () => {
    const scene = await openScene({ minutes: 100 })
    scene.venue.fail(klines, { kind: 'status', status: 418, retryAfterS: 7200 })
    const { failure, changed } = await scene.refused()
    expect(failure.code).toBe('venue_refused')
    expect(failure.message).toMatch(/until 2024-01-01 03:4\d UTC/)
    const before = scene.venue.log.length
    expect((await scene.refused({ kind: 'mark' })).failure.code).toBe('venue_refused')
    expect([scene.venue.log.length, scene.venue.violations, changed]).toEqual([before, [], false])
    // The spot interface counts by itself.
    await scene.took({ instrument: spot })
  })

  it('a venue that orders a pause again and again ends the download', async () => {
    const scene = await openScene({ minutes: 100 })
    scene.venue.fail(klines, { kind: 'status', status: 429, retryAfterS: 10 }, 99)
    expect((await scene.refused()).failure).toMatchObject({ code: 'venue_refused' })
    expect(times(scene)).toHaveLength(4)
    expect(scene.venue.violations).toEqual([])
  })

  it('a long download stays within half of the weight in every minute', { timeout: 120_000 }, async () => {
    const scene = await openScene({ minutes: 5000 })
    // Pages of 20 rows: 250 requests of weight 5, where 240 fit into half of the minute.
    scene.venue.fail(klines, { kind: 'rows', change: (rows) => rows.slice(0, 20) }, 9999)
    await scene.run({ signal: AbortSignal.timeout(8000) })
    const asked = times(scene).length
    scene.venue.scripts.length = 0
    await scene.took()
    expect(asked).toBeGreaterThan(1)
    expect(scene.venue.peakWeight('weight', 60_000)).toBeLessThanOrEqual(1200)
    expect(scene.venue.violations).toEqual([])
  })

  it('steps aside while others use the address up', async () => {
    const scene = await openScene({ minutes: 2500 })
    scene.venue.others.weight = 2000
    const ended = scene.took()
    await ended
    expect(scene.clock.waited.filter((ms) => ms === 10_000).length).toBeGreaterThan(1)
    expect(scene.venue.violations).toEqual([])
  })
})

describe('a download that is stopped', () => {
  it.each(['a hanging answer', 'a pause', 'a wait between tries'])('in %s ends within two seconds', async (where) => {
    const scene = await openScene({ minutes: 2500, timeoutMs: 20_000 })
    const controller = new AbortController()
    if (where === 'a hanging answer') scene.venue.fail(klines, { kind: 'hang' }, { times: 9, skip: 1 })
    else if (where === 'a pause')
      scene.venue.fail(klines, { kind: 'status', status: 429, retryAfterS: 60 }, { times: 9, skip: 1 })
    else scene.venue.fail(klines, { kind: 'status', status: 503 }, { times: 9, skip: 1 })
    const labels: string[] = []
    const sleep = scene.clock.sleep
    // In a wait the signal comes while it lasts.
    Object.assign(scene.clock, {
      sleep: (ms: number, signal?: AbortSignal) => {
        controller.abort()
        return sleep(ms, signal)
      },
    })
    const began = performance.now()
    if (where === 'a hanging answer') setTimeout(() => controller.abort(), 1200)
    const result = await scene.run({ signal: controller.signal, progress: ({ label }) => labels.push(label) })
    expect(result).toBeInstanceOf(Failure)
    expect(result).toMatchObject({ code: 'cancelled' })
    expect(performance.now() - began).toBeLessThan(where === 'a hanging answer' ? 3200 : 4000)
    expect(await scene.rows()).toEqual(truth(scene, 0, 1000))
    expect(Object.keys(snapshot(scene.dataDir)).filter((name) => /tmp-|lock/.test(name))).toEqual([])
  })

  it('tells rows, pages and how far it is', async () => {
    const scene = await openScene({ minutes: 3000 })
    const steps: string[] = []
    await scene.took({
      progress: ({ share, rows, pages, untilMs }) =>
        steps.push(`${share.toFixed(2)} ${rows} ${pages} ${(untilMs - start) / minute}`),
    })
    expect(steps).toEqual([
      '0.00 0 0 0',
      '0.33 1000 1 1000',
      '0.67 1999 2 1999',
      '1.00 2998 3 2998',
      '1.00 3000 4 3000',
    ])
  })
})

describe('two downloads of one series at once', () => {
  it('store every bar once', async () => {
    const scene = await openScene({ minutes: 3000 })
    const results = await Promise.all([scene.took(), scene.took({ fromMs: start + 700 * minute }), scene.took()])
    expect(results.reduce((sum, { added }) => sum + added, 0)).toBe(3000)
    expect(await scene.rows()).toEqual(truth(scene, 0, 3000))
    const [inspection] = await scene.store.inspect(perp)
    expect(inspection?.damage).toEqual([])
  })
})
