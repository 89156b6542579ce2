// A Problem: what is wrong, where, and what would mend it. Returned as data, never thrown.

/** One change of a document that would cure a problem, as a path and the new value (undefined removes). */
export interface Edit {
  readonly path: readonly (string | number)[]
  readonly value?: unknown
}
export interface Fix {
  readonly label: string
  readonly edits: readonly Edit[]
}

export interface Problem {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly where: {
    readonly file?: string
    readonly line?: number
    /** Path in the document, from its root. */
    readonly path?: readonly (string | number)[]
    readonly node?: string
  }
  readonly message: string
  readonly hint?: string
  readonly fixes: readonly Fix[]
}
