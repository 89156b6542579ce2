// The open Play runs after every change: what is asked of the server and the engine, and what the panels are told.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDocumentStore, type DocumentStore } from '../../../app/document/store'
import type { RunOutcome, RunResult } from '../../../app/engine/protocol'
import { learn } from '../../../app/library/library'
import { startAutorun } from '../../../app/workbench/autorun'
import { useRun } from '../../../app/workbench/run'
import { setChoices, usualChoices } from '../../../app/workbench/settings'
import type { Ambiguity } from '../../../blocks/engine/report/input'
import type { PlayTree } from '../../../blocks/play/tree'
import { example } from '../engine/pageData'
import { first, second, standing, withoutOwn } from '../library/sample'
import { fakeEngine, fakeServer, perp, spot } from './fakes'

// What is in a report is nothing to whoever passes it on.
const resultNo = (no: number, most: number | null = 0): RunResult => {
  const ambiguity = { exits: 1, netPessimisticUsdt: -no, netOptimisticUsdt: most }
  return { report: { no, ambiguity }, problems: [], engineMs: no } as unknown as RunResult
}
const ran = (no: number): RunOutcome => ({ kind: 'ran', result: resultNo(no) })
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

let stop: () => void = () => {}
let documents = 0
afterEach(() => stop())
beforeEach(() => useRun.setState(useRun.getInitialState()))

const opened = (tree: PlayTree, stored: readonly string[]) => {
  documents += 1
  const store = createDocumentStore({ id: `play ${documents}`, tree, sidecar: {} }, () => 0)
  const { engine, turns, bands, tell } = fakeEngine()
  const { server, asks } = fakeServer(stored)
  stop = startAutorun({ store, engine, server })
  return { store, turns, bands, asks, tell, id: `play ${documents}` }
}

const onPerp = (): PlayTree => example('ema_pullback', perp)
const edit = (store: DocumentStore, about: string): void =>
  store.getState().edit(`Say ${about}`, ({ tree }) => {
    tree.about = about
  })

describe('a Play that is opened', () => {
  it('is checked, given its data and run; the result goes to the panels', async () => {
    const { turns, asks } = opened(onPerp(), [perp])
    await settle()
    expect(asks).toEqual([
      { traded: [perp], read: [], tf: '15m', settings: { proxies: {}, instruments: {}, funding_gaps: 'refuse' } },
    ])
    expect(turns).toHaveLength(1)
    expect(turns[0]?.request).toMatchObject({ fromMs: 1000, toMs: 2000, sets: {}, settings: usualChoices.settings })
    expect(useRun.getState()).toMatchObject({
      result: null,
      stale: false,
      dataset: { lockboxMs: 2000 },
      dataProblem: null,
    })
    turns[0]?.end(ran(1))
    await settle()
    expect(useRun.getState()).toMatchObject({ result: { engineMs: 1 }, previous: null, label: null, stale: false })
  })

  it('has its problems told, and its data loaded all the same', async () => {
    const { turns } = opened({ ...onPerp(), nodes: {} }, [perp])
    await settle()
    const { problems } = useRun.getState()
    expect(problems[0]?.severity).toBe('error')
    expect(turns).toHaveLength(1)
    turns[0]?.end({ kind: 'refused', problems: [...problems] })
    await settle()
    expect(useRun.getState().result).toBeNull()
  })
})

describe('an edit', () => {
  it('runs, makes the old result stale until then, and keeps it as the one before', async () => {
    const { store, turns, asks } = opened(onPerp(), [perp])
    await settle()
    turns[0]?.end(ran(1))
    await settle()
    edit(store, 'one')
    await settle()
    expect(useRun.getState()).toMatchObject({ result: { engineMs: 1 }, stale: true })
    turns[1]?.end(ran(2))
    await settle()
    expect(useRun.getState()).toMatchObject({
      result: { engineMs: 2 },
      previous: { engineMs: 1 },
      label: 'Say one',
      stale: false,
    })
    // Nothing of its markets changed: the server is not asked again.
    expect(asks).toHaveLength(1)
  })

  it('a result that a newer edit has overtaken is shown, and stale', async () => {
    const { store, turns } = opened(onPerp(), [perp])
    await settle()
    edit(store, 'one')
    await settle()
    expect(turns).toHaveLength(2)
    turns[0]?.end(ran(1))
    await settle()
    expect(useRun.getState()).toMatchObject({ result: { engineMs: 1 }, label: null, stale: true })
    turns[1]?.end(ran(2))
    await settle()
    expect(useRun.getState()).toMatchObject({ result: { engineMs: 2 }, label: 'Say one', stale: false })
  })

  it('several edits of one moment are one run', async () => {
    const { store, turns } = opened(onPerp(), [perp])
    await settle()
    for (const about of ['one', 'two', 'three']) edit(store, about)
    await settle()
    expect(turns).toHaveLength(2)
    expect(turns[1]?.request.tree.about).toBe('three')
  })

  it('of the layout alone runs nothing', async () => {
    const { store, turns } = opened(onPerp(), [perp])
    await settle()
    store.getState().edit('Move', (draft) => {
      draft.sidecar.positions = { price: [1, 2] }
    })
    await settle()
    expect(turns).toHaveLength(1)
  })

  it('with errors keeps the last result, stale', async () => {
    const { store, turns } = opened(onPerp(), [perp])
    await settle()
    turns[0]?.end(ran(1))
    await settle()
    store.getState().edit('Break it', ({ tree }) => {
      tree.nodes = {}
    })
    await settle()
    turns[1]?.end({ kind: 'refused', problems: useRun.getState().problems as never })
    await settle()
    expect(useRun.getState()).toMatchObject({ result: { engineMs: 1 }, stale: true })
    expect(useRun.getState().problems.length).toBeGreaterThan(0)
  })
})

describe('data', () => {
  it('spot bars are lent to a perpetual that has none, and the run says so', async () => {
    const { turns, asks } = opened(onPerp(), [spot])
    await settle()
    expect(asks.map(({ settings }) => settings.proxies)).toEqual([{ [perp]: spot }])
    expect(turns[0]?.request.settings.proxies).toEqual({ [perp]: spot })
  })

  it('bars of its own are never stood in for, and a lender that the trader chose stays', async () => {
    const { asks, id } = opened(onPerp(), [perp, spot, 'binance:ETHUSDT'])
    await settle()
    setChoices(id, { settings: { ...usualChoices.settings, proxies: { [perp]: 'binance:ETHUSDT' } } })
    await settle()
    expect(asks.map(({ settings }) => settings.proxies)).toEqual([{}, { [perp]: 'binance:ETHUSDT' }])
  })

  it('where there are none at all it says why and what to do; after an import it is tried again', async () => {
    const stored: string[] = []
    const { turns, id } = opened(onPerp(), stored)
    await settle()
    expect(useRun.getState()).toMatchObject({
      dataset: null,
      dataProblem: { message: `there are no bars of ${perp}`, hint: 'import them' },
    })
    expect(turns).toHaveLength(0)
    stored.push(perp)
    setChoices(id, {})
    await settle()
    expect(useRun.getState()).toMatchObject({ dataProblem: null, dataset: { fromMs: 1000 } })
    expect(turns).toHaveLength(1)
  })

  it('another market or timeframe is asked for, and the answer to the old ask is forgotten', async () => {
    const { store, asks, turns } = opened(onPerp(), [perp, 'binance:ETHUSDT.P'])
    store.getState().edit('Change the market', ({ tree }) => {
      tree.markets.main = 'binance:ETHUSDT.P'
    })
    await settle()
    store.getState().edit('Change the timeframe', ({ tree }) => {
      tree.tf = '1h'
    })
    await settle()
    expect(asks.map(({ traded, tf }) => [traded[0], tf])).toEqual([
      ['binance:ETHUSDT.P', '15m'],
      ['binance:ETHUSDT.P', '1h'],
    ])
    expect(turns).toHaveLength(2)
  })

  it('settings, range and parameters of a run are those that the trader chose', async () => {
    const { id, asks, turns } = opened(onPerp(), [perp])
    await settle()
    setChoices(id, {
      fromMs: 1200,
      toMs: 1800,
      sets: { fast: 13 },
      settings: { ...usualChoices.settings, equity: 500 },
    })
    await settle()
    expect(asks.at(-1)).toMatchObject({ fromMs: 1200, toMs: 1800 })
    expect(turns.at(-1)?.request).toMatchObject({
      fromMs: 1200,
      toMs: 1800,
      sets: { fast: 13 },
      settings: { equity: 500 },
    })
  })

  it('a run that fails asks for the data anew next time', async () => {
    const { store, asks, turns } = opened(onPerp(), [perp])
    await settle()
    turns[0]?.fail(new Error('the data have changed'))
    await settle()
    edit(store, 'one')
    await settle()
    expect(asks).toHaveLength(2)
    expect(turns).toHaveLength(2)
  })
})

describe('own Blocks', () => {
  withoutOwn()

  it('one that was missing mends the Play when it comes, and goes to the engine with it', async () => {
    const { turns } = opened(standing, [perp])
    await settle()
    expect(useRun.getState().problems[0]?.message).toBe('there is no Block `my/calm@1`')
    expect(turns.at(-1)?.request.blocks).toEqual({})
    learn([first])
    await settle()
    expect(useRun.getState().problems).toEqual([])
    expect(Object.keys(turns.at(-1)?.request.blocks ?? {})).toEqual(['my/calm@1'])
    expect(turns).toHaveLength(2)
  })

  it('others that come are no reason to run again', async () => {
    learn([first])
    const { turns } = opened(standing, [perp])
    await settle()
    learn([second])
    await settle()
    expect(turns).toHaveLength(1)
    expect(Object.keys(turns[0]?.request.blocks ?? {})).toEqual(['my/calm@1'])
  })
})

describe('another document', () => {
  it('begins without the results of the one before', async () => {
    const { store, turns } = opened(onPerp(), [perp])
    await settle()
    turns[0]?.end(ran(1))
    await settle()
    edit(store, 'one')
    await settle()
    store.getState().open({ id: 'other', tree: { ...onPerp(), play: 'other' }, sidecar: {} })
    await settle()
    expect(useRun.getState()).toMatchObject({ result: null, previous: null, label: null, stale: false })
    // What was still under way belongs to the document that was closed.
    turns[1]?.end(ran(2))
    await settle()
    expect(useRun.getState().result).toBeNull()
    turns[2]?.end(ran(3))
    await settle()
    expect(useRun.getState().result).toMatchObject({ engineMs: 3 })
  })
})

describe('status and stopping', () => {
  it('passes the engine on, and hears nothing after it was stopped', async () => {
    const { store, turns, tell } = opened(onPerp(), [perp])
    await settle()
    tell({ kind: 'running', sinceMs: 5 })
    expect(useRun.getState().status).toEqual({ kind: 'running', sinceMs: 5 })
    stop()
    tell({ kind: 'idle' })
    edit(store, 'one')
    turns[0]?.end(ran(1))
    await settle()
    expect(useRun.getState()).toMatchObject({ status: { kind: 'running' }, result: null })
    expect(turns).toHaveLength(1)
  })

  it('marks the edit and the figures that came of it', async () => {
    const { turns } = opened(onPerp(), [perp])
    const mark = vi.spyOn(performance, 'mark')
    await settle()
    turns[0]?.end(ran(1))
    await settle()
    expect(mark.mock.calls.map(([name]) => name)).toEqual(['metrics'])
    mark.mockRestore()
  })
})

describe('the other end of the ambiguity band', () => {
  const band: Ambiguity = { exits: 1, netPessimisticUsdt: -1, netOptimisticUsdt: 7 }
  const withoutBand = (no: number): RunOutcome => ({ kind: 'ran', result: resultNo(no, null) })

  it('is asked for after the first figures and told beside them, which stay as they are', async () => {
    const { turns, bands } = opened(onPerp(), [perp])
    await settle()
    turns[0]?.end(withoutBand(1))
    await settle()
    expect(bands).toHaveLength(1)
    const { result } = useRun.getState()
    expect(bands[0]?.report).toBe(result?.report)
    expect(useRun.getState().band).toBeNull()
    bands[0]?.end(band)
    await settle()
    expect(useRun.getState().band).toBe(band)
    expect(useRun.getState().result).toBe(result)
  })

  it('is not asked for where the report has it', async () => {
    const { turns, bands, tell } = opened(onPerp(), [perp])
    await settle()
    turns[0]?.end(ran(1))
    await settle()
    tell({ kind: 'idle' })
    expect(bands).toEqual([])
  })

  it('never stands beside figures of another run, and is asked for again when it was lost', async () => {
    const { store, turns, bands, tell } = opened(onPerp(), [perp])
    await settle()
    turns[0]?.end(withoutBand(1))
    await settle()
    edit(store, 'more')
    await settle()
    turns[1]?.end(withoutBand(2))
    await settle()
    bands[0]?.end(band)
    await settle()
    expect(useRun.getState().band).toBeNull()
    bands[1]?.end(null)
    await settle()
    tell({ kind: 'idle' })
    expect(bands).toHaveLength(3)
    bands[2]?.end({ ...band, netOptimisticUsdt: 9 })
    await settle()
    expect(useRun.getState().band?.netOptimisticUsdt).toBe(9)
    edit(store, 'yet more')
    await settle()
    turns[2]?.end(ran(3))
    await settle()
    expect(useRun.getState()).toMatchObject({ band: null, result: resultNo(3) })
  })
})
