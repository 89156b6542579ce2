// Lines to the server of pages that nobody looks at: there are none, or the sixth tab would stop all the others.
import { describe, expect, it } from 'vitest'
import { type Page, whileVisible } from '../../../app/ui/whileVisible'

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
    whileVisible(open, page)
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
    whileVisible(open, page)
    expect(count.opened).toBe(0)
    page.become('visible')
    expect(count.open).toBe(1)
  })

  it('is ended for good, looked at or not', () => {
    const { count, open } = lines()
    const page = new FakePage('visible')
    const end = whileVisible(open, page)
    end()
    end()
    expect([count.open, page.heard]).toEqual([0, 0])
    page.become('visible')
    expect(count).toEqual({ open: 0, opened: 1 })
  })

  it('is one for twenty tabs, one of them in front', () => {
    const { count, open } = lines()
    const pages = Array.from({ length: 20 }, (_, i) => new FakePage(i === 0 ? 'visible' : 'hidden'))
    for (const page of pages) whileVisible(open, page)
    for (let at = 1; at < pages.length; at++) {
      pages[at - 1]?.become('hidden')
      pages[at]?.become('visible')
      expect(count.open).toBe(1)
    }
  })
})
