// The dataset of a run goes through the router whole: its shape must let pass what the page computes with.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createContext } from '../../../server/api/context'
import { appRouter } from '../../../server/api/router'
import { temporaryFolder } from '../../fixtures/data/workshop'

const dataDir = join(temporaryFolder(), 'store')
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('a dataset', () => {
  it('comes with the facts of its instruments and the files of its series', async () => {
    const api = appRouter.createCaller(createContext({ DATA_DIR: dataDir }))
    const [fromMs, toMs] = [Date.UTC(2023, 0, 1), Date.UTC(2023, 1, 1)]
    const settings = { proxies: {}, instruments: {}, funding_gaps: 'mark' } as const
    const { markets } = await api.data.dataset({
      traded: ['synthetic:BTCUSDT.P'],
      read: [],
      tf: '1h',
      fromMs,
      toMs,
      settings,
    })
    expect(markets).toMatchObject([
      {
        instrument: { id: 'synthetic:BTCUSDT.P', kind: 'perp', tick: '0.1', step: '0.001' },
        bars: { kind: 'klines', tf: '1m', hash: expect.stringMatching(/^[0-9a-f]{64}$/), seed: expect.any(Number) },
        funding: { kind: 'funding' },
        synthetic: true,
      },
    ])
    expect(markets[0]?.bars.columns.map(({ name }) => name)).toContain('close')
  })
})
