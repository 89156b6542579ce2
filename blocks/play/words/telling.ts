// What a phrase is given to speak of one node.
import type { Value } from '../tree'
import type { saidBy, Words } from './span'

/** One node, as its phrase sees it. */
export interface Telling {
  readonly id: string
  /** Name of the output that is spoken of; '' is the node itself. */
  readonly output: string
  readonly say: ReturnType<typeof saidBy>
  /** A port's value, as a noun. */
  readonly noun: (port: string) => Words
  /** A port's condition, as a clause. */
  readonly clause: (port: string) => Words
  readonly nouns: (port: string) => readonly Words[]
  readonly clauses: (port: string) => readonly Words[]
  /** What is wired to a port is a condition. */
  readonly isClause: (port: string) => boolean
  readonly isSet: (key: string) => boolean
  /** A parameter as written, `$name` replaced, or its preset. */
  readonly set: (key: string) => Value | undefined
  /** A window in words, with the timeframe where it is not the Play's. */
  readonly window: (key: string) => string
  /** The clock of the node where it is not the Play's: "4 h". */
  readonly slower: string
  /** The port takes the close of the traded market on the Play's own clock. */
  readonly isPlainClose: (port: string) => boolean
  /** Stands inside another condition, so that a list of its own needs brackets. */
  readonly inner: boolean
}

export type Phrase = (telling: Telling) => Words
