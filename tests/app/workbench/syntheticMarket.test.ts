// No files are needed to try a Play: made-up markets take the place of its own.
import { describe, expect, it } from 'vitest'
import { createDocumentStore } from '../../../app/document/store'
import { takeSyntheticMarket } from '../../../app/workbench/autorun'
import { example } from '../engine/pageData'

const perp = 'binance:BTCUSDT.P'

describe('the synthetic market', () => {
  it.each([
    [{ main: perp }, { main: 'synthetic:BTCUSDT.P' }],
    [
      { main: 'binance:ETHUSDT', other: 'bybit:DOGEUSDT.P' },
      { main: 'synthetic:ETHUSDT', other: 'synthetic:BTCUSDT.P' },
    ],
    [{ main: [perp, 'binance:SUIUSDT.P'] }, { main: ['synthetic:BTCUSDT.P', 'synthetic:SUIUSDT.P'] }],
    [{ main: ['binance:XUSDT.P', 'binance:YUSDT.P'] }, { main: 'synthetic:BTCUSDT.P' }],
  ])('takes the place of %j in one step', (markets, wanted) => {
    const store = createDocumentStore(
      { id: 'x', tree: { ...example('ema_pullback', perp), markets }, sidecar: {} },
      () => 0,
    )
    takeSyntheticMarket(store)
    expect(store.getState().document.tree.markets).toEqual(wanted)
    expect(store.getState().history.steps).toHaveLength(1)
    store.getState().undo()
    expect(store.getState().document.tree.markets).toEqual(markets)
  })
})
