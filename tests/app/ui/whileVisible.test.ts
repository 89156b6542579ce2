// Lines to the server of pages that nobody looks at: there are none, or the sixth tab would stop all the others.
import { describe, expect, it } from 'vitest'
import { type Page, type Places, whileVisible } from '../../../app/ui/whileVisible'

class FakePage implements Page {
  private readonly listeners = new Set<() => void>()
  constructor(public visibilityState: 'visible' | 'hidden') {}
  readonly addEventListener = (_type: string, listener: () => void): void => void this.listeners.add(listener)
  readonly removeEventListener = (_type: string, listener: () => void): void => void this.listeners.delete(listener)
  become(state: 'visible' | 'hidden'): void {
    this.visibilityState = state
    for (const heard of [...this.listeners]) heard()
  }
  get heard(): number {
    return this.listeners.size
  }
}

/** As navigator.locks: one holder a name, the others wait in their order. */
const fakeLocks = (): Places => {
  const last = new Map<string, Promise<unknown>>()
  return {
    request: (name, { signal }, hold) => {
      const turn = (last.get(name) ?? Promise.resolve()).then(() => {
        signal.throwIfAborted()
        return hold()
      })
      last.set(
        name,
        turn.catch(() => {}),
      )
      return turn
    },
  }
}

/** Counts what is open on all pages. */
const lines = () => {
  const count = { open: 0, opened: 0 }
  const open = (): (() => void) => {
    count.open += 1
    count.opened += 1
    return () => {
      count.open -= 1
    }
  }
  return { count, open }
}

describe('a line of a page', () => {
  it('stands while the page is looked at, once, and anew each time that it comes back', () => {
    const { count, open } = lines()
    const page = new FakePage('visible')
    whileVisible(open, { page, locks: null })
    page.become('visible')
    expect(count).toEqual({ open: 1, opened: 1 })
    page.become('hidden')
    page.become('hidden')
    expect(count).toEqual({ open: 0, opened: 1 })
    page.become('visible')
    expect(count).toEqual({ open: 1, opened: 2 })
  })

  it('of a tab that was opened behind another waits until somebody looks', () => {
    const { count, open } = lines()
    const page = new FakePage('hidden')
    whileVisible(open, { page, locks: null })
    expect(count.opened).toBe(0)
    page.become('visible')
    expect(count.open).toBe(1)
  })

  it('is ended for good, looked at or not', () => {
    const { count, open } = lines()
    const page = new FakePage('visible')
    const end = whileVisible(open, { page, locks: null })
    end()
    end()
    expect([count.open, page.heard]).toEqual([0, 0])
    page.become('visible')
    expect(count).toEqual({ open: 0, opened: 1 })
  })

  it('is one for twenty tabs, one of them in front', () => {
    const { count, open } = lines()
    const pages = Array.from({ length: 20 }, (_, i) => new FakePage(i === 0 ? 'visible' : 'hidden'))
    for (const page of pages) whileVisible(open, { page, locks: null })
    for (let at = 1; at < pages.length; at++) {
      pages[at - 1]?.become('hidden')
      pages[at]?.become('visible')
      expect(count.open).toBe(1)
    }
  })

  it('is one of four for twenty windows that are all looked at; who waits is next when one goes', async () => {
    const { count, open } = lines()
    const locks = fakeLocks()
    const pages = Array.from({ length: 20 }, () => new FakePage('visible'))
    const ends = pages.map((page) => whileVisible(open, { page, locks }))
    await expect.poll(() => count.open).toBe(4)
    for (const page of pages.slice(0, 10)) page.become('hidden')
    await expect.poll(() => count.open).toBe(4)
    for (const page of pages) page.become('visible')
    for (const end of ends.slice(0, 18)) end()
    await expect.poll(() => count.open).toBe(2)
    for (const end of ends) end()
    expect(count.open).toBe(0)
    const [after] = pages
    if (after !== undefined) whileVisible(open, { page: after, locks })
    await expect.poll(() => count.open).toBe(1)
  })
})
