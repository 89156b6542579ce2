// The page's side of the engine: over a worker that dies, a server that is asked, and calls that come too fast.
import { describe, expect, it } from 'vitest'
import { createEngine, type EngineHosts, type WorkerThread } from '../../../app/engine/client'
import type { Engine } from '../../../app/engine/engine'
import type { EngineStatus, RunRequest } from '../../../app/engine/protocol'
import { EngineSession } from '../../../app/engine/session'
import { type FromWorker, Told, type ToWorker } from '../../../app/engine/wire'
import type { Report } from '../../../blocks/engine/report/document'
import { runOfPage } from '../../../server/run/backtest/verify'
import { example, type PageData, pageData } from './pageData'

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/** A worker in this thread: the real session behind messages that are cloned, as between threads. */
class Thread implements WorkerThread {
  onmessage: WorkerThread['onmessage'] = null
  onerror: WorkerThread['onerror'] = null
  ended = false
  readonly heard: ToWorker[] = []
  private readonly session: EngineSession

  constructor(
    page: PageData,
    /** Runs before each call; may throw, or kill the thread. */
    private readonly before: (message: ToWorker, thread: Thread) => void = () => {},
  ) {
    this.session = new EngineSession({
      ...page.source,
      now: () => performance.now(),
      turn: pause,
      tell: (status) => this.send({ kind: 'status', status }),
    })
  }

  private send(data: FromWorker): void {
    if (!this.ended) this.onmessage?.({ data: structuredClone(data) })
  }

  postMessage(message: ToWorker): void {
    const copy = structuredClone(message)
    this.heard.push(copy)
    setTimeout(() => void this.answer(copy), 0)
  }

  private async answer(message: ToWorker): Promise<void> {
    if (this.ended) return
    if (message.kind === 'cancel') {
      this.session.cancel()
      return
    }
    const { id } = message
    try {
      this.before(message, this)
      this.send({ kind: 'answer', id, answer: await this.session.call(message.name, message.ask) })
    } catch (error) {
      const expected = error instanceof Told
      this.send({ kind: 'failure', id, message: error instanceof Error ? error.message : '', expected })
    }
  }

  terminate(): void {
    this.ended = true
  }

  /** What a browser tells of a worker that ended by itself. */
  die(): void {
    this.ended = true
    this.onerror?.({ message: 'out of memory' })
  }
}

const reportOf = async (page: PageData, { tree, sets, settings, fromMs, toMs }: RunRequest): Promise<Report> => {
  const made = await runOfPage({ tree, sets, settings, fromMs, toMs }, page.ports)
  if (!('playHash' in made)) throw new Told('the server refused it')
  return JSON.parse(JSON.stringify(made))
}

const engineOn = (
  page: PageData,
  options: { readonly before?: (message: ToWorker, thread: Thread) => void } & Partial<EngineHosts> = {},
) => {
  const { before, ...hosts } = options
  const threads: Thread[] = []
  const statuses: EngineStatus[] = []
  const engine: Engine = createEngine({
    startWorker: () => {
      const thread = new Thread(page, before)
      threads.push(thread)
      return thread
    },
    runOnServer: (request) => reportOf(page, request),
    now: () => Date.now(),
    ...hosts,
  })
  engine.onStatus((status) => statuses.push(status))
  return { engine, threads, statuses }
}

const bars = (request: RunRequest) =>
  ({ instrument: 'synthetic:BTCUSDT.P', fromMs: request.fromMs, toMs: request.toMs, maxBars: 300, tf: '15m' }) as const

describe('runs and questions', () => {
  it('a run, then questions on it', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { engine } = engineOn(page)
    expect(engine.latest()).toBeNull()
    expect(await engine.funnel()).toBeNull()
    const outcome = await engine.run(request)
    if (outcome.kind !== 'ran') throw new Error(outcome.kind)
    expect(engine.latest()).toBe(outcome.result)
    const [trade] = outcome.result.report.trades
    if (trade === undefined) throw new Error('no trade')
    const candles = await engine.candles(bars(request))
    expect(candles?.openMs.length).toBeGreaterThan(100)
    expect(candles?.openMs.length).toBeLessThanOrEqual(300)
    const why = await engine.why({ ms: trade.entryMs, instrument: trade.instrument, trade: trade.no })
    expect(why).toMatchObject({ did: 'entry', side: trade.side, setup: trade.setup })
    const values = await engine.at(trade.entryMs)
    expect(values?.values['ema_fast.value']?.number).toBeGreaterThan(0)
    const funnels = await engine.funnel()
    expect(funnels?.map(({ side }) => side)).toEqual(['long', 'short'])
    const sent = funnels?.reduce((sum, { steps }) => sum + (steps.at(-1)?.left ?? 0), 0)
    const { refused } = outcome.result.report.friction
    expect(sent).toBe(
      outcome.result.report.trades.length + (refused.insufficient_margin ?? 0) + openOf(outcome.result.report),
    )
    const pivots = await engine.pivots({ ...bars(request), maxBars: 50 })
    expect(pivots).toHaveLength(50)
    engine.close()
  })

  it('of many questions of one kind the first and the newest are answered', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { engine, threads } = engineOn(page)
    await engine.run(request)
    const asked = [1, 2, 3, 4, 5].map((hour) => engine.at(request.toMs - hour * 3_600_000))
    const answers = (await Promise.all(asked)).map((values) => values?.timeMs ?? null)
    expect(answers).toEqual([request.toMs - 3_600_000, null, null, null, request.toMs - 5 * 3_600_000])
    expect(threads[0]?.heard.filter((message) => message.kind === 'call' && message.name === 'at')).toHaveLength(2)
    const whys = await Promise.all(
      [1, 1, 1, 2].map((hour) => engine.why({ ms: request.toMs - hour * 3_600_000, instrument: '' })),
    )
    expect(whys.map((answer) => answer?.timeMs)).toEqual([1, 1, 1, 2].map((hour) => request.toMs - hour * 3_600_000))
    expect(threads[0]?.heard.filter((message) => message.kind === 'call' && message.name === 'why')).toHaveLength(2)
    const [own, other] = await Promise.all([
      engine.series({ ...bars(request), node: 'ema_fast', output: 'value' }),
      engine.series({ ...bars(request), node: 'ema_slow', output: 'value' }),
    ])
    expect([own?.node, other?.node]).toEqual(['ema_fast', 'ema_slow'])
  })

  it('edits that come too fast: only the last one counts', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { engine } = engineOn(page)
    const outcomes = await Promise.all([13, 15, 17].map((fast) => engine.run({ ...request, sets: { fast } })))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['superseded', 'superseded', 'ran'])
    expect(engine.latest()?.report.settings).toMatchObject({ params: { fast: 17 } })
  })
})

const openOf = ({ open, pending }: Report): number =>
  (open === null ? 0 : Array.isArray(open) ? open.length : 1) + pending.length

describe('a worker that dies', () => {
  it('in a run: it is said, another takes its place, and the run comes to its end', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    let killed = false
    const { engine, threads, statuses } = engineOn(page, {
      before: (message, thread) => {
        if (killed || message.kind !== 'call' || message.name !== 'run') return
        killed = true
        thread.die()
      },
    })
    expect(await engine.run(request)).toMatchObject({ kind: 'ran' })
    expect(threads.length).toBeGreaterThan(1)
    expect(statuses).toContainEqual({ kind: 'restarted', message: expect.stringMatching(/Your Play is as it was/) })
    expect(await engine.verify()).toMatchObject({ identical: true })
  })

  it('on a question: the question has no answer, those after it have', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    let kill = false
    const { engine, statuses } = engineOn(page, {
      before: (_, thread) => {
        if (kill) thread.die()
        kill = false
      },
    })
    await engine.run(request)
    kill = true
    expect(await engine.at(request.toMs - 1)).toBeNull()
    expect(statuses.at(-1)?.kind).not.toBe('failed')
    expect(statuses.map(({ kind }) => kind)).toContain('restarted')
    for (let turn = 0; turn < 200 && (await engine.at(request.toMs - 1)) === null; turn++) await pause()
    expect(await engine.at(request.toMs - 1)).toMatchObject({ timeMs: expect.any(Number) })
  })

  it('again on the same Play: a sentence, and the next edit runs', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { engine } = engineOn(page, {
      before: (message) => {
        const ask = message.kind === 'call' && message.name === 'run' ? (message.ask as RunRequest) : null
        if (ask !== null && ask.sets.fast === 13) throw new RangeError('Array buffer allocation failed')
      },
    })
    await expect(engine.run({ ...request, sets: { fast: 13 } })).rejects.toThrow(/Undo the last step/)
    expect(engine.status().kind).toBe('failed')
    expect(await engine.run({ ...request, sets: { fast: 14 } })).toMatchObject({ kind: 'ran' })
    expect(engine.status().kind).toBe('idle')
  })
})

describe('what the outside refuses', () => {
  it('is told in its own words', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const fetchColumn = (): never => {
      throw new Told('The server does not answer.')
    }
    const { engine, threads } = engineOn({ ...page, source: { ...page.source, fetchColumn } })
    await expect(engine.run(request)).rejects.toThrow('The server does not answer.')
    expect(engine.status()).toEqual({ kind: 'failed', message: 'The server does not answer.', hint: null })
    expect(threads).toHaveLength(1)
  })
})

describe('cancel', () => {
  it('while loading: the run is given up, the next one begins anew', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { fetchColumn } = page.source
    const slow: PageData = {
      ...page,
      source: {
        ...page.source,
        fetchColumn: async (hash, column, how) => {
          how.onBytes(1)
          await pause()
          await pause()
          how.onBytes(-1)
          return await fetchColumn(hash, column, how)
        },
      },
    }
    const { engine, threads } = engineOn(slow)
    const run = engine.run(request)
    while (engine.status().kind !== 'loading') await pause()
    engine.cancel()
    expect(await run).toEqual({ kind: 'superseded' })
    expect(await engine.run(request)).toMatchObject({ kind: 'ran' })
    expect(threads).toHaveLength(1)
  })

  it('while it computes: the worker is replaced and knows the last run again', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { engine, threads, statuses } = engineOn(page)
    await engine.run(request)
    const kept = engine.latest()
    const stop = engine.onStatus(({ kind }) => {
      if (kind === 'running') engine.cancel()
    })
    const run = engine.run({ ...request, sets: { fast: 30 } })
    expect(await run).toEqual({ kind: 'superseded' })
    stop()
    expect(engine.latest()).toBe(kept)
    expect(threads.length).toBe(2)
    expect(statuses.at(-1)).toEqual({ kind: 'idle' })
    for (let turn = 0; turn < 200 && (await engine.at(request.toMs - 1)) === null; turn++) await pause()
    expect(await engine.funnel()).toHaveLength(2)
  })
})

describe('too much data', () => {
  it('runs on the server, says so, and gives the same document', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const here = engineOn(page)
    await here.engine.run(request)
    const { engine, statuses, threads } = engineOn(page, { budget: 1000 })
    expect(await engine.run(request)).toMatchObject({ kind: 'ran' })
    expect(engine.latest()?.report.tradesHash).toBe(here.engine.latest()?.report.tradesHash)
    expect(statuses.map(({ kind }) => kind)).toEqual(['running', 'too_much_data'])
    expect(statuses.at(-1)).toMatchObject({ budget: 1000, bytes: expect.any(Number) })
    expect(threads[0]?.heard).toEqual([])
    expect(await engine.candles(bars(request))).toBeNull()
  })

  it('a newer edit ends the run on the server', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const signals: AbortSignal[] = []
    const { engine } = engineOn(page, {
      budget: 1000,
      runOnServer: async (one, signal) => {
        signals.push(signal)
        await pause()
        return await reportOf(page, one)
      },
    })
    const outcomes = await Promise.all([13, 14].map((fast) => engine.run({ ...request, sets: { fast } })))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['superseded', 'ran'])
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  })
})

describe('verify', () => {
  it('says identical of the same run', async () => {
    const page = pageData()
    const { engine } = engineOn(page)
    await expect(engine.verify()).rejects.toThrow(/no run/)
    await engine.run(await page.request(example('rsi_fade')))
    expect(await engine.verify()).toMatchObject({ identical: true, differences: [] })
  })

  it('names what differs, with both values', async () => {
    const page = pageData()
    const { engine } = engineOn(page, {
      runOnServer: async (one) => ({ ...(await reportOf(page, one)), tradesHash: 'other' }),
    })
    await engine.run(await page.request(example('rsi_fade')))
    const mine = engine.latest()?.report.tradesHash
    expect(await engine.verify()).toMatchObject({ identical: false, differences: [['tradesHash', mine, 'other']] })
  })

  it('finds other data, settings and figures', async () => {
    const page = pageData()
    const request = await page.request(example('rsi_fade'))
    const { engine } = engineOn(page, {
      runOnServer: (one) => reportOf(page, { ...one, toMs: one.toMs - 3_600_000 * 24 }),
    })
    await engine.run(request)
    const names = (await engine.verify()).differences.map(([name]) => name)
    expect(names).toEqual(
      expect.arrayContaining(['settingsHash', 'equityHash', 'synthetic:BTCUSDT.P klines 1m', 'sharpe']),
    )
    expect(names).not.toContain('playHash')
  })
})
