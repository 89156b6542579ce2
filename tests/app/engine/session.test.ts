// The page's engine without its thread: the same documents as the server's, from the files that a browser fetches.
import { describe, expect, it } from 'vitest'
import { hereOf } from '../../../app/document/edits/blocks'
import type { EngineStatus, RunOutcome, RunRequest, RunResult } from '../../../app/engine/protocol'
import { EngineSession } from '../../../app/engine/session'
import { differencesOf } from '../../../app/engine/verify'
import type { Report } from '../../../blocks/engine/report/document'
import { printDocument } from '../../../blocks/play/text/print'
import type { PlayTree } from '../../../blocks/play/tree'
import { Failure } from '../../../server/core/failure'
import { runOfPage } from '../../../server/run/backtest/verify'
import type { PageRun } from '../../../server/run/ports'
import { blockOf, first, playOf, standing } from '../library/sample'
import { example, type PageData, pageData } from './pageData'

const sessionOn = (page: PageData, budget?: number) => {
  const statuses: EngineStatus[] = []
  const session = new EngineSession(
    {
      ...page.source,
      now: () => performance.now(),
      turn: () => new Promise((resolve) => setTimeout(resolve, 0)),
      tell: (status) => statuses.push(status),
    },
    budget,
  )
  return { session, statuses }
}

const resultOf = (outcome: RunOutcome): RunResult => {
  if (outcome.kind !== 'ran') throw new Error(JSON.stringify(outcome))
  return outcome.result
}

const onServer = async (page: PageData, request: RunRequest): Promise<Report> => {
  const { tree, sets, settings, fromMs, toMs } = request
  const asked: PageRun = JSON.parse(JSON.stringify({ tree, sets, settings, fromMs, toMs }))
  const made = await runOfPage(asked, page.ports)
  if (made instanceof Failure || Array.isArray(made)) throw new Error(JSON.stringify(made))
  return made
}

/** Stop and targets so near that one bar reaches both. */
const narrow = (tree: PlayTree): PlayTree => {
  const steps = [{ at: '0.5R', close: 'rest' }]
  return {
    ...tree,
    tf: '1m',
    nodes: { ...tree.nodes, stop: { stop: { by: '0.05%' } }, scale_out: { ladder: { steps } } },
  }
}

/** The document as it stands once the other end of the ambiguity band has come. */
const completed = async (session: EngineSession, report: Report): Promise<Report> => {
  const { playHash, settingsHash, tradesHash, equityHash } = report
  const band = await session.call('band', { playHash, settingsHash, tradesHash, equityHash })
  return { ...report, ambiguity: (band as Report['ambiguity'] | null) ?? report.ambiguity }
}

const withoutTimes = (report: Report): object => JSON.parse(JSON.stringify({ ...report, timingMs: null }))

describe('a run in the page', () => {
  it.each(['ema_pullback', 'swing_break_add', 'rsi_fade', 'donchian_trail'])(
    'gives the document of the server: %s',
    async (name) => {
      const page = pageData()
      const request = await page.request(example(name))
      const { session } = sessionOn(page)
      const here = resultOf(await session.run(request)).report
      const there = await onServer(page, request)
      expect(differencesOf(here, there)).toEqual([])
      expect(withoutTimes(await completed(session, here))).toEqual(withoutTimes(there))
      expect(here.trades.length + Object.keys(here.friction.refused).length).toBeGreaterThan(0)
      expect(here.provenance).toMatchObject({ synthetic: true, seed: expect.any(Number) })
    },
  )

  it('gives first figures without the other end of the band, which follows, but never to another run', async () => {
    const page = pageData()
    const request = await page.request(narrow(example('ema_pullback')))
    let delay = 0
    const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, delay))
    const session = new EngineSession({ ...page.source, now: () => performance.now(), turn, tell: () => {} })
    const first = resultOf(await session.run(request)).report
    const there = await onServer(page, request)
    expect(there.ambiguity.exits).toBeGreaterThan(0)
    expect(there.ambiguity.netOptimisticUsdt).not.toBe(there.ambiguity.netPessimisticUsdt)
    expect(first.ambiguity).toEqual({ ...there.ambiguity, netOptimisticUsdt: null })
    expect((await completed(session, first)).ambiguity).toEqual(there.ambiguity)
    // Asked again, it is the same; overtaken while it runs, it is dropped.
    const again = completed(session, first)
    expect((await again).ambiguity).toEqual(there.ambiguity)
    delay = 30
    const overtaken = completed(session, first)
    delay = 0
    const next = resultOf(await session.run({ ...request, sets: { fast: 13 } })).report
    expect((await overtaken).ambiguity.netOptimisticUsdt).toBeNull()
    expect((await completed(session, first)).ambiguity.netOptimisticUsdt).toBeNull()
    expect((await completed(session, next)).ambiguity.netOptimisticUsdt).not.toBeNull()
  })

  it('knows no own Block but those that come with the tree', async () => {
    const page = pageData()
    const { session } = sessionOn(page)
    const tree = playOf(printDocument(standing).replaceAll('binance:', 'synthetic:'))
    // The same logic, with the Block written in the Play.
    const { body } = hereOf({ tree: blockOf(first.yaml), sidecar: {} }, 'calm')
    const { pins: _, ...rest } = tree
    const calm = { 'here/calm': { rate: 'funding.rate', most: '0.05%' } }
    const request = await page.request({ ...rest, blocks: { calm: body }, nodes: { ...tree.nodes, calm } })
    const named = { ...request, tree }
    expect(await session.run(named)).toMatchObject({ kind: 'refused', problems: [{ code: 'unknown_block' }] })
    const { report } = resultOf(await session.run({ ...named, blocks: { 'my/calm@1': blockOf(first.yaml) } }))
    const other = resultOf(await session.run(request)).report
    expect(report.tradesHash).toBe(other.tradesHash)
    expect(report.logicHash).toBe(other.logicHash)
    expect(report.trades.length).toBeGreaterThan(0)
  })

  it('takes another end and another value of a parameter as the server does', async () => {
    const page = pageData()
    const asked = await page.request(example('ema_pullback'))
    const request = { ...asked, toMs: asked.toMs - 86_400_000, sets: { fast: 13 } }
    const here = resultOf(await sessionOn(page).session.run(request)).report
    expect(differencesOf(here, await onServer(page, request))).toEqual([])
    expect(here.settings).toMatchObject({ to: request.toMs, params: { fast: 13 } })
  })

  it('fetches each column once, whatever is edited', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { session } = sessionOn(page)
    const first = resultOf(await session.run(request))
    const files = page.fetched.length
    expect(files).toBe(
      request.dataset.markets.flatMap(({ bars, funding }) => [...bars.columns, ...(funding?.columns ?? [])]).length,
    )
    const other = resultOf(await session.run({ ...request, sets: { slow: 150 } }))
    const again = resultOf(await session.run(request))
    expect(page.fetched.length).toBe(files)
    expect(other.report.logicHash).not.toBe(first.report.logicHash)
    expect(differencesOf(again.report, first.report)).toEqual([])
  })

  it('refuses a Play with errors, and has its bars all the same', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { session } = sessionOn(page)
    const outcome = await session.run({ ...request, tree: { ...request.tree, nodes: {} } })
    expect(outcome).toMatchObject({ kind: 'refused', problems: expect.arrayContaining([expect.anything()]) })
    const ask = {
      instrument: 'synthetic:BTCUSDT.P',
      fromMs: request.fromMs,
      toMs: request.toMs,
      maxBars: 100,
      tf: '1m',
    }
    expect(session.candles({ ...ask, tf: '1m' })?.openMs.length).toBeGreaterThan(10)
    expect(session.series({ ...ask, tf: '1m', node: 'ema_fast', output: 'value' })).toBeNull()
  })

  it('drops what a newer edit overtakes, while loading and while waiting', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { session } = sessionOn(page)
    const cold = [13, 21, 34].map((fast) => session.run({ ...request, sets: { fast } }))
    expect((await Promise.all(cold)).map(({ kind }) => kind)).toEqual(['superseded', 'superseded', 'ran'])
    expect(page.fetched.length).toBe(9)
    const warm = [14, 15].map((fast) => session.run({ ...request, sets: { fast } }))
    const outcomes = await Promise.all(warm)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['superseded', 'ran'])
    expect(outcomes[1]).toMatchObject({ result: { report: { settings: { params: { fast: 15 } } } } })
  })

  it('gives up loading when told to, and begins anew afterwards', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { session, statuses } = sessionOn(page)
    const run = session.run(request)
    session.cancel()
    expect(await run).toEqual({ kind: 'superseded' })
    expect(statuses.at(-1)).toEqual({ kind: 'idle' })
    expect(await session.run(request)).toMatchObject({ kind: 'ran' })
  })

  it('another dataset ends the loading of the one before', async () => {
    const page = pageData()
    const [one, other] = [
      await page.request(example('ema_pullback')),
      await page.request(example('ema_pullback', 'synthetic:ETHUSDT.P')),
    ]
    const { session } = sessionOn(page)
    const outcomes = await Promise.all([session.run(one), session.run(other)])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['superseded', 'ran'])
    expect(session.candles({ instrument: 'synthetic:BTCUSDT.P', fromMs: 0, toMs: 1, maxBars: 9, tf: '1h' })).toBeNull()
  })

  it('tells loading with bytes, then running, then idle', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { session, statuses } = sessionOn(page)
    await session.run(request)
    const kinds = statuses.map(({ kind }) => kind)
    expect([...new Set(kinds)]).toEqual(['loading', 'running', 'idle'])
    const last = statuses.filter((status) => status.kind === 'loading').at(-1)
    expect(last?.progress).toMatchObject({ label: expect.stringMatching(/^Loading /) })
    expect(last?.progress.done).toBe(last?.progress.total)
  })
})

describe('a column that does not arrive whole', () => {
  it('is fetched again past the caches, once', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const fresh: boolean[] = []
    const { fetchColumn } = page.source
    const spoilt: PageData = {
      ...page,
      source: {
        ...page.source,
        fetchColumn: async (hash, column, how) => {
          const bytes = await fetchColumn(hash, column, how)
          if (column !== 'close') return bytes
          fresh.push(how.fresh)
          if (!how.fresh) new Uint8Array(bytes).fill(7, 100, 101)
          return bytes
        },
      },
    }
    const { report } = resultOf(await sessionOn(spoilt).session.run(request))
    expect(fresh).toEqual([false, true])
    expect(differencesOf(report, await onServer(page, request))).toEqual([])
  })

  it('and not then either: a sentence, and no run', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const cut: PageData = {
      ...page,
      source: { ...page.source, fetchColumn: async (...ask) => (await page.source.fetchColumn(...ask)).slice(8) },
    }
    await expect(sessionOn(cut).session.run(request)).rejects.toThrow(/did not arrive whole/)
  })
})

describe('too much data', () => {
  it('is refused before a byte is fetched', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { session, statuses } = sessionOn(page, 1_000_000)
    await expect(session.run(request)).rejects.toThrow(/more bars than the page can hold/)
    expect(statuses.at(-1)).toMatchObject({ kind: 'too_much_data', budget: 1_000_000 })
    expect(page.fetched).toEqual([])
  })
})

describe('the golden Play on the synthetic market', () => {
  it('answers for every bar and every trade, and the answers add up to the report', async () => {
    const page = pageData(15)
    const request = await page.request(example('ema_pullback'))
    const { session } = sessionOn(page)
    const { report } = resultOf(await session.run(request))
    const instrument = 'synthetic:BTCUSDT.P'
    const counts = new Map<string, number>()
    const tf = 15 * 60_000
    for (let ms = request.fromMs + tf; ms < request.toMs; ms += tf) {
      const answer = session.why({ ms, instrument })
      if (answer === null) throw new Error(`no answer at ${ms}`)
      expect(answer.timeMs).toBe(ms)
      const silent = answer.did === 'nothing'
      expect(silent).toBe(['in_trade', 'no_setup', 'no_rise'].includes(answer.reason ?? '') && answer.did !== 'refused')
      const key = silent ? 'nothing' : answer.did === 'refused' ? (answer.reason ?? '').replace(/:.*/, '') : answer.did
      counts.set(key, (counts.get(key) ?? 0) + 1)
      const first = answer.lines.find(({ verdict }) => verdict !== 'true')
      if (answer.reason === 'no_setup') expect(answer.node).toBe(first?.node)
    }
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(report.range.decisionBars)
    expect(counts.get('entry')).toBe(
      report.trades.length + (report.friction.refused.insufficient_margin ?? 0) + (report.open === null ? 0 : 1),
    )
    for (const reason of ['filtered', 'limit_reached', 'cooling_down', 'in_trade'] as const)
      expect(counts.get(reason) ?? 0, reason).toBe(report.friction.refused[reason] ?? 0)
    expect(report.trades.length).toBeGreaterThan(8)
    for (const { no, side, setup, entryMs } of report.trades) {
      const answer = session.why({ ms: 0, instrument, trade: no })
      expect(answer).toMatchObject({ did: 'entry', side, setup, timeMs: entryMs, reason: null })
      expect(answer?.lines.map(({ verdict }) => verdict)).toEqual(['true', 'true', 'true', 'true'])
    }
  })

  it('asks within milliseconds, also where values live inside a trade', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { session } = sessionOn(page)
    const { report } = resultOf(await session.run(request))
    const trade = report.trades.find(({ entryMs, exitMs }) => (exitMs ?? 0) - entryMs > 3_600_000)
    if (trade === undefined) throw new Error('no trade is long enough')
    const inside = session.call('at', { ms: trade.entryMs + 1_800_000 })
    const outside = session.call('at', { ms: request.fromMs + 3_600_000 })
    const name = trade.side === 'long' ? 'swing_at_entry' : 'short/swing_at_entry'
    expect(inside).toMatchObject({ values: { [name]: { number: expect.any(Number) } } })
    expect(outside).toMatchObject({ values: { [name]: { number: null } } })
  })
})
