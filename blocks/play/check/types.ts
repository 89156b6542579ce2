// Finds logic types by the word that a document writes: `ema` is `ema@1`, other majors are written.
import { logicTypes } from '../../catalogue'
import type { LogicType } from '../../kit/logic'

export interface Catalogue {
  /** By `name` or `name@major`. */
  readonly find: (key: string) => LogicType | undefined
  /** The newest major of a name. */
  readonly newest: (name: string) => LogicType | undefined
  readonly names: readonly string[]
}

const keyPattern = /^([a-z][a-z0-9_]*)(?:@([1-9][0-9]{0,3}))?$/

/** Name and major of a node's key; null when it is not the word of a logic type. */
export const typeKey = (key: string): { readonly name: string; readonly major: number } | null => {
  const match = keyPattern.exec(key)
  return match?.[1] === undefined ? null : { name: match[1], major: match[2] === undefined ? 1 : Number(match[2]) }
}
export const keyOf = (type: { readonly type: string; readonly major: number }): string =>
  type.major === 1 ? type.type : `${type.type}@${type.major}`

export const catalogueOf = (types: readonly LogicType[]): Catalogue => {
  const byKey = new Map(types.map((type) => [keyOf(type), type]))
  const newest = new Map<string, LogicType>()
  for (const type of types) {
    const other = newest.get(type.type)
    if (other === undefined || other.major < type.major) newest.set(type.type, type)
  }
  return {
    find: (key) => {
      const parts = typeKey(key)
      return parts === null ? undefined : byKey.get(keyOf({ type: parts.name, major: parts.major }))
    },
    newest: (name) => newest.get(name),
    names: [...newest.keys()],
  }
}

export const shipped: Catalogue = catalogueOf(logicTypes)
