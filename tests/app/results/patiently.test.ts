// Questions to an engine that is starting anew wait for it; one at rest is asked a few times and then believed.
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../app/engine/engine'
import type { EngineStatus } from '../../../app/engine/protocol'
import { patiently } from '../../../app/results/patiently'

const engineWith = (statuses: readonly EngineStatus['kind'][]): Engine => {
  let at = 0
  const status = () => ({ kind: statuses[Math.min(at++, statuses.length - 1)] }) as EngineStatus
  return { status } as Partial<Engine> as Engine
}

describe('a question asked patiently', () => {
  it('outlasts an engine that starts anew', async () => {
    let asked = 0
    const engine = engineWith(['restarted', 'restarted', 'loading', 'loading', 'running', 'running', 'idle'])
    const answer = await patiently(
      engine,
      () => true,
      () => Promise.resolve(++asked > 7 ? 'known' : null),
    )
    expect([answer, asked]).toEqual(['known', 8])
  })
  it('is asked four times of one at rest', async () => {
    let asked = 0
    const answer = await patiently(
      engineWith(['idle']),
      () => true,
      () => {
        asked += 1
        return Promise.resolve(null)
      },
    )
    expect([answer, asked]).toEqual([null, 4])
  })
  it('is given up when nobody wants it any more', async () => {
    let asked = 0
    const answer = await patiently(
      engineWith(['loading']),
      () => asked < 2,
      () => {
        asked += 1
        return Promise.resolve(null)
      },
    )
    expect([answer, asked]).toEqual([null, 2])
  })
})
