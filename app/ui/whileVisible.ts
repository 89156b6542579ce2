// A line to the server, held only while its page is looked at and there is room for it: a browser gives a server six
// connections, all tabs and windows together, and a question must always find one.

/** The document, as far as it is asked. */
export interface Page {
  readonly visibilityState: string
  readonly addEventListener: (type: 'visibilitychange', listener: () => void) => void
  readonly removeEventListener: (type: 'visibilitychange', listener: () => void) => void
}

/** Locks of this browser for this server (navigator.locks), as far as they are asked. */
export interface Places {
  readonly request: (
    name: string,
    options: { readonly signal: AbortSignal },
    hold: () => Promise<void> | undefined,
  ) => Promise<unknown>
}

const places = ['playloom-line-1', 'playloom-line-2', 'playloom-line-3', 'playloom-line-4']

/** Opens as soon as one of the places is free. Gives back how to close, or to wait no more. */
const whenFree = (open: () => () => void, locks: Places): (() => void) => {
  const leaving = new AbortController()
  const { signal } = leaving
  let found = false
  const hold = (): Promise<void> | undefined => {
    if (found || signal.aborted) return undefined
    found = true
    const close = open()
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        close()
        resolve()
      })
    })
  }
  // A wait that is given up is told as an error.
  for (const name of places) locks.request(name, { signal }, hold).catch(() => {})
  return () => leaving.abort()
}

/** `open` gives back how to close, and is called anew whenever the page comes back. Gives back how to end it for good. */
export const whileVisible = (
  open: () => () => void,
  { page = document, locks = navigator.locks }: { readonly page?: Page; readonly locks?: Places | null } = {},
): (() => void) => {
  let close: (() => void) | null = null
  const leave = (): void => {
    close?.()
    close = null
  }
  const look = (): void => {
    if (page.visibilityState !== 'visible') leave()
    // A page that is no secure context has none.
    else close ??= locks ? whenFree(open, locks) : open()
  }
  page.addEventListener('visibilitychange', look)
  look()
  return () => {
    page.removeEventListener('visibilitychange', look)
    leave()
  }
}
