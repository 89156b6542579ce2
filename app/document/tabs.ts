// One writer a document: the first tab that opens a Play writes it, others look and follow, or take over. Nothing is lost:
// a writer saves and stops before another begins.
import { setHead } from './edits/play'
import type { History } from './history'
import { stepLabel } from './labels'
import type { DocumentStore, PlayDocument } from './store'

export type Role =
  /** Not known yet who writes: nothing can be edited. */
  'asking' | 'writer' | 'follower'

/** What the tabs of one document tell each other. */
export type Message =
  | { readonly kind: 'hello' }
  | {
      readonly kind: 'state'
      readonly document: PlayDocument
      readonly history: History
      readonly loose: string | null
    }
  | { readonly kind: 'give' }
  | { readonly kind: 'given' }
  /** The list of all Plays changed this one: whoever writes it has to know, or its next save would undo that. */
  | { readonly kind: 'retitled'; readonly title: string }
  | { readonly kind: 'removed' }
  | { readonly kind: 'restored' }

export interface Channel {
  readonly post: (message: Message) => void
  readonly listen: (listener: (message: Message) => void) => void
  readonly close: () => void
}

export interface Locks {
  /** Calls `hold` with the lock, or with null when `ifAvailable` and it is not. The lock lasts as long as its promise. */
  readonly request: (
    name: string,
    options: { readonly ifAvailable?: boolean; readonly steal?: boolean; readonly signal?: AbortSignal },
    hold: (lock: unknown) => Promise<void>,
  ) => Promise<void>
}

export interface TabParts {
  readonly store: DocumentStore
  readonly channel: Channel
  readonly locks: Locks
  /** Saves what is not saved yet. */
  readonly flush: () => Promise<boolean>
  /** Saves the document as it stands. */
  readonly keep: () => Promise<boolean>
  readonly onRole: (role: Role) => void
  readonly onGone: (gone: boolean) => void
}

/** A writer that does not answer within this time is asleep or gone, ms. */
const patienceMs = 2000

export interface Tab {
  /** Becomes the writer; the other tab saves and follows from then on. */
  readonly takeOver: () => Promise<void>
  readonly close: () => void
}

class OneTab implements Tab {
  private role: Role = 'asking'
  /** Another tab has asked: it is told of every change from then on. */
  private watched = false
  private readonly name: string
  private readonly closing = new AbortController()
  private waiting = new AbortController()
  private letGo: () => void = () => undefined
  private given: () => void = () => undefined
  private readonly unsubscribe: () => void

  constructor(private readonly parts: TabParts) {
    const { store, channel } = parts
    this.name = `playloom ${store.getState().document.id}`
    store.getState().setReadOnly(true)
    channel.listen((message) => void this.hear(message))
    this.unsubscribe = store.subscribe((now, before) => {
      if (this.role === 'writer' && this.watched && (now.revision !== before.revision || now.loose !== before.loose))
        this.tell()
    })
    void this.request({ ifAvailable: true })
  }

  private become(role: Role): void {
    if (this.closing.signal.aborted) return
    const before = this.role
    this.role = role
    this.parts.store.getState().setReadOnly(role !== 'writer')
    this.parts.onRole(role)
    if (role === 'follower') this.parts.channel.post({ kind: 'hello' })
    if (role !== 'writer') return
    this.tell()
    // The writer before may have been torn away in the middle of a save.
    if (before === 'follower') void this.parts.keep()
  }

  private readonly held = (): Promise<void> =>
    new Promise((resolve) => {
      this.letGo = resolve
      this.become('writer')
    })

  private async request(options: { ifAvailable?: boolean; steal?: boolean; signal?: AbortSignal }): Promise<void> {
    let missed = false
    try {
      await this.parts.locks.request(this.name, options, async (lock) => {
        if (this.closing.signal.aborted) return
        if (lock === null) missed = true
        else await this.held()
      })
    } catch {
      // The wait was given up, or another tab took the lock over.
      missed = !(options.signal?.aborted ?? false)
    }
    if (missed && !this.closing.signal.aborted) this.follow()
  }

  /** Looks on, and stands in line for the day on which the writer closes. */
  private follow(): void {
    this.become('follower')
    this.waiting = new AbortController()
    void this.request({ signal: this.waiting.signal })
  }

  private tell(): void {
    const { document, history, loose } = this.parts.store.getState()
    this.parts.channel.post({ kind: 'state', document, history, loose: loose?.text ?? null })
  }

  private async hear(message: Message): Promise<void> {
    const { store, channel, flush, onGone } = this.parts
    if (message.kind === 'removed' || message.kind === 'restored') onGone(message.kind === 'removed')
    if (message.kind === 'retitled' && this.role === 'writer') {
      const { title } = message
      store.getState().edit(stepLabel.retitle(title), (draft) => void setHead(draft, { title }))
    }
    if (message.kind === 'hello') this.watched = true
    if (message.kind === 'hello' && this.role === 'writer') this.tell()
    if (message.kind === 'state' && this.role !== 'writer') {
      const { document, history, loose } = message
      store.getState().open(document, history)
      store.setState({ loose: loose === null ? null : { text: loose } })
    }
    if (message.kind === 'given') this.given()
    if (message.kind === 'give' && this.role === 'writer') {
      // First no more edits, then the last ones to the disk and to the other tab, then the word.
      store.getState().setReadOnly(true)
      await flush()
      this.tell()
      channel.post({ kind: 'given' })
      // Who asked may have gone in the meantime: then this one goes on.
      setTimeout(() => {
        if (this.role === 'writer') this.become('writer')
      }, patienceMs)
    }
  }

  readonly takeOver = async (): Promise<void> => {
    if (this.role === 'writer') return
    const answer = new Promise<void>((resolve) => {
      this.given = resolve
      setTimeout(resolve, patienceMs)
    })
    this.parts.channel.post({ kind: 'give' })
    await answer
    this.waiting.abort()
    void this.request({ steal: true })
  }

  readonly close = (): void => {
    this.closing.abort()
    this.waiting.abort()
    this.unsubscribe()
    this.letGo()
    this.parts.channel.close()
  }
}

export const joinTabs = (parts: TabParts): Tab => new OneTab(parts)

/** The channel of a document among the tabs of this browser. */
export const broadcastOf = (id: string): Channel => {
  const channel = new BroadcastChannel(`playloom ${id}`)
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<Message>) => listener(data)
    },
    close: () => channel.close(),
  }
}

/** Tells all tabs that have the document open. */
export const announce = (id: string, message: Message): void => {
  if (typeof BroadcastChannel === 'undefined') return
  const channel = broadcastOf(id)
  channel.post(message)
  channel.close()
}

export const browserLocks: Locks = {
  request: (name, options, hold) => navigator.locks.request(name, options, hold),
}
