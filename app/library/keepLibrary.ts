// Keeps the library of this page: what this browser holds at once, what the server has as soon as it answers, and what
// other tabs tell. Without a store or a server it does with what there is.
import { learn, ownNow } from './library'
import type { OwnBlock } from './own'
import { type LibraryServer, libraryServer } from './server'
import { openShelf, type ShelfStore } from './shelfStore'

/** What tabs tell each other: Blocks that came to one of them. */
export interface Channel {
  readonly post: (blocks: readonly OwnBlock[]) => void
  readonly listen: (listener: (blocks: readonly OwnBlock[]) => void) => void
  readonly close: () => void
}

export interface LibraryParts {
  readonly store: () => Promise<Pick<ShelfStore, 'all' | 'put'>>
  readonly server: LibraryServer
  readonly channel: Channel
}

export class Library {
  private opened: ReturnType<LibraryParts['store']> | null = null

  constructor(private readonly parts: LibraryParts) {
    parts.channel.listen(learn)
  }

  private store(): ReturnType<LibraryParts['store']> {
    // A failure is not kept: the next call tries again.
    this.opened ??= this.parts.store().catch((error: unknown) => {
      this.opened = null
      throw error
    })
    return this.opened
  }

  /** What this browser holds. */
  readonly recall = async (): Promise<void> => {
    try {
      learn(await (await this.store()).all())
    } catch {
      // A browser that stores nothing has what the server tells.
    }
  }

  /** What the server has; false: it does not answer, or keeps nothing. */
  readonly refresh = async (): Promise<boolean> => {
    try {
      if (!(await this.parts.server.keeps())) return false
      await this.take(await this.parts.server.list())
      return true
    } catch {
      return false
    }
  }

  /** Keeps one more version. Rejects where the server does not, and nothing has changed then. */
  readonly publish = async (block: { readonly yaml: string; readonly note: string }): Promise<OwnBlock> => {
    const line = await this.parts.server.publish(block)
    await this.take([line])
    return line
  }

  private async take(lines: readonly OwnBlock[]): Promise<void> {
    const before = ownNow()
    learn(lines)
    const fresh = [...ownNow()].flatMap(([ref, one]) => (before.get(ref) === one ? [] : [one]))
    if (fresh.length === 0) return
    const plain = fresh.map(({ name, version, role, hash, yaml, note, createdMs, actor }): OwnBlock => {
      return { name, version, role, hash, yaml, note, createdMs, actor }
    })
    this.parts.channel.post(plain)
    try {
      await (await this.store()).put(plain)
    } catch {
      // It is known in this page, and the server tells it again at the next start.
    }
  }
}

const broadcast = (): Channel => {
  const channel = new BroadcastChannel('playloom library')
  return {
    post: (blocks) => channel.postMessage(blocks),
    listen: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<readonly OwnBlock[]>) => listener(data)
    },
    close: () => channel.close(),
  }
}

let shared: Library | null = null
/** The one of this tab. */
export const ownLibrary = (): Library => {
  shared ??= new Library({ store: () => openShelf(), server: libraryServer(), channel: broadcast() })
  return shared
}

/** Recalled at once, refreshed at the start and on coming back. Gives back how to stop. */
export const keepLibrary = (): (() => void) => {
  const library = ownLibrary()
  const refresh = (): void => void library.refresh()
  void library.recall().then(refresh)
  window.addEventListener('focus', refresh)
  window.addEventListener('online', refresh)
  return () => {
    window.removeEventListener('focus', refresh)
    window.removeEventListener('online', refresh)
  }
}
