// A line to the server, held only while its page is looked at: a browser gives a server six connections, all tabs together.

/** The document, as far as it is asked. */
export interface Page {
  readonly visibilityState: string
  readonly addEventListener: (type: 'visibilitychange', listener: () => void) => void
  readonly removeEventListener: (type: 'visibilitychange', listener: () => void) => void
}

/** `open` gives back how to close, and is called anew whenever the page comes back. Gives back how to end it for good. */
export const whileVisible = (open: () => () => void, page: Page = document): (() => void) => {
  let close: (() => void) | null = null
  const leave = (): void => {
    close?.()
    close = null
  }
  const look = (): void => {
    if (page.visibilityState === 'visible') close ??= open()
    else leave()
  }
  page.addEventListener('visibilitychange', look)
  look()
  return () => {
    page.removeEventListener('visibilitychange', look)
    leave()
  }
}
