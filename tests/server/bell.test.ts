// Followers of runs hear every change once, however changes and looks fall together, and leave when they are told to.
import { describe, expect, it } from 'vitest'
import { Bell } from '../../server/run/bell'
import { lookAtRuns } from '../../server/run/record/watchRun'
import type { RunRow } from '../../server/run/stores'

const soon = (): Promise<'silent'> => new Promise((resolve) => setTimeout(() => resolve('silent'), 20))

describe('a bell', () => {
  it('is heard at once, then once for all rings since', async () => {
    const bell = new Bell(new AbortController().signal)
    expect(await bell.heard()).toBe(true)
    bell.ring()
    bell.ring()
    expect(await bell.heard()).toBe(true)
    const next = bell.heard()
    expect(await Promise.race([next, soon()])).toBe('silent')
    bell.ring()
    expect(await next).toBe(true)
  })

  it('ends with its signal, whoever waits for it', async () => {
    const leaving = new AbortController()
    const bell = new Bell(leaving.signal)
    await bell.heard()
    const next = bell.heard()
    leaving.abort()
    expect(await next).toBe(false)
    expect(await bell.heard()).toBe(false)
    expect(await new Bell(leaving.signal).heard()).toBe(false)
  })
})

/** As far as a follower looks at it. */
const row = (id: string): RunRow => ({ id }) as RunRow

describe('who looks at all runs', () => {
  it('misses nothing that comes while he reads', async () => {
    let tell = (_id: string | null): void => undefined
    const leaving = new AbortController()
    const looking = lookAtRuns({
      runs: { rows: async (ids) => ids.map(row) },
      changes: {
        onAny: (heard) => {
          tell = heard
          return () => undefined
        },
      },
      signal: leaving.signal,
    })
    const first = looking.next()
    tell(null)
    expect((await first).value).toBeNull()
    // He has the first answer in his hands and has not asked on.
    tell('a')
    tell(null)
    tell('b')
    tell('a')
    expect((await looking.next()).value).toBeNull()
    expect((await looking.next()).value).toEqual([{ id: 'a' }, { id: 'b' }])
    const last = looking.next()
    leaving.abort()
    expect((await last).done).toBe(true)
  })
})
