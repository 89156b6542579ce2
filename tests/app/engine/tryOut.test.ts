// A run that nobody keeps: the same figures as a kept one, and the answers stay those of the run that is shown.
import { describe, expect, it } from 'vitest'
import type { EngineStatus, RunOutcome, RunRequest } from '../../../app/engine/protocol'
import { EngineSession } from '../../../app/engine/session'
import { example, type PageData, pageData } from './pageData'

const sessionOn = (page: PageData) => {
  const statuses: EngineStatus[] = []
  const session = new EngineSession({
    ...page.source,
    now: () => performance.now(),
    turn: () => Promise.resolve(),
    tell: (status) => statuses.push(status),
  })
  const tryOut = async (request: RunRequest) => (await session.call('tryOut', request)) as RunOutcome
  return { session, statuses, tryOut }
}

const reportOf = (outcome: RunOutcome) => {
  if (outcome.kind !== 'ran') throw new Error(JSON.stringify(outcome))
  return outcome.result.report
}

describe('a run that is tried out', () => {
  it('gives the hashes of a run, and keeps nothing of it', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { session, statuses, tryOut } = sessionOn(page)
    const [trade] = reportOf(await session.run(request)).trades
    if (trade === undefined) throw new Error('no trade')
    const ask = { ms: trade.entryMs, instrument: trade.instrument, trade: trade.no }
    const [why, funnel] = [session.why(ask), session.call('funnel', { instrument: null })]
    const told = statuses.length
    const other = { ...request, sets: { slow: 150 } }
    const tried = reportOf(await tryOut(other))
    // Nothing is said of it, and every answer is still that of the first run.
    expect(statuses.length).toBe(told)
    expect(session.why(ask)).toEqual(why)
    expect(session.call('funnel', { instrument: null })).toEqual(funnel)
    const kept = reportOf(await session.run(other))
    expect([tried.tradesHash, tried.equityHash, tried.logicHash]).toEqual([
      kept.tradesHash,
      kept.equityHash,
      kept.logicHash,
    ])
    expect(session.call('funnel', { instrument: null })).not.toEqual(funnel)
  })

  it('needs data that are there: it fetches none', async () => {
    const page = pageData()
    const request = await page.request(example('ema_pullback'))
    const { session, tryOut } = sessionOn(page)
    expect(await tryOut(request)).toEqual({ kind: 'superseded' })
    expect(page.fetched).toEqual([])
    await session.run(request)
    const files = page.fetched.length
    expect(await tryOut({ ...request, toMs: request.toMs - 86_400_000 })).toEqual({ kind: 'superseded' })
    expect(page.fetched.length).toBe(files)
    expect(await tryOut({ ...request, tree: { ...request.tree, nodes: {} } })).toMatchObject({ kind: 'refused' })
    expect(session.call('funnel', { instrument: 'no such market' })).toEqual(
      session.call('funnel', { instrument: null }),
    )
  })
})
