// Looks at data that the server's ledger is not told of yet. Each is written down in the moment of its result, so that a page
// that closes in the next loses none; the ledger counts a look once, however often it is told.

import type { Report } from '../../blocks/engine/report/document'
import { hashOf } from '../../blocks/kit/hash'
import type { Shelf } from '../document/journal'
import { Away } from './away'

export interface Look {
  readonly playId: string
  readonly logicHash: string
  readonly settingsHash: string
  readonly data: Report['data'][number][]
  readonly fromMs: number
  readonly toMs: number
  readonly sharpe: number | null
  readonly trades: number
}

export interface Looks {
  readonly note: (look: Look) => void
  /** Tells all that are untold; how many were. Rejects with Away: they stay. */
  readonly tell: (add: (looks: Look[]) => Promise<unknown>) => Promise<number>
}

const prefix = 'playloom look '
/** As many as one call takes, and how long their text may be: a look at a basket names hundreds of series. */
const atOnce = 200
const longestText = 256 * 1024
/** Kept at most: the room is shared with the last edits of pages that close. */
const most = 1000

/** What the ledger counts as one. */
const keyOf = ({ playId, logicHash, settingsHash, data }: Look): string =>
  `${prefix}${hashOf({ playId, logicHash, settingsHash, data }).slice(0, 32)}`

type Noted = readonly (readonly [key: string, look: Look])[]

/** In pieces of one call each. */
const piecesOf = (all: Noted): readonly Noted[] => {
  const pieces: [string, Look][][] = []
  let length = 0
  for (const [key, look] of all) {
    const more = JSON.stringify(look).length
    const last = pieces.at(-1)
    if (last === undefined || last.length >= atOnce || length + more > longestText) {
      pieces.push([[key, look]])
      length = more
    } else {
      last.push([key, look])
      length += more
    }
  }
  return pieces
}

class Shelved implements Looks {
  /** Where the browser has no room for them they live as long as the page. */
  private readonly here = new Map<string, Look>()

  constructor(private readonly shelf: Shelf) {}

  private keys(): readonly string[] {
    const { shelf } = this
    return Array.from({ length: shelf.length }, (_, i) => shelf.key(i) ?? '').filter((key) => key.startsWith(prefix))
  }

  readonly note = (look: Look): void => {
    const key = keyOf(look)
    try {
      if (this.shelf.getItem(key) === null && this.keys().length >= most) this.here.set(key, look)
      else this.shelf.setItem(key, JSON.stringify(look))
    } catch {
      this.here.set(key, look)
    }
  }

  private untold(): Noted {
    const shelved = this.keys().flatMap((key): (readonly [string, Look])[] => {
      try {
        return [[key, JSON.parse(this.shelf.getItem(key) ?? '') as Look]]
      } catch {
        // Not one of ours, or told by another tab in this moment.
        return []
      }
    })
    return [...shelved, ...this.here]
  }

  private forget(key: string): void {
    this.here.delete(key)
    this.shelf.removeItem(key)
  }

  readonly tell = async (add: (looks: Look[]) => Promise<unknown>): Promise<number> => {
    let told = 0
    for (const some of piecesOf(this.untold())) {
      if (!(await taken(add, some))) {
        // One that is never taken must not hold up the others: each by itself.
        for (const one of some) {
          if (await taken(add, [one])) told += 1
          this.forget(one[0])
        }
        continue
      }
      told += some.length
      for (const [key] of some) this.forget(key)
    }
    return told
  }
}

/** False: refused for good. */
const taken = async (add: (looks: Look[]) => Promise<unknown>, some: Noted): Promise<boolean> => {
  try {
    await add(some.map(([, look]) => look))
    return true
  } catch (error) {
    if (error instanceof Away) throw error
    return false
  }
}

export const looksOn = (shelf: Shelf): Looks => new Shelved(shelf)
