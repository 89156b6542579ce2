// Who saves, as others read it: "Firefox on Linux", and a few letters that tell two of them apart. Pure.
import type { Shelf } from '../document/journal'

const key = 'playloom origin'

const firstOf = (agent: string, names: readonly (readonly [RegExp, string])[], other: string): string =>
  names.find(([pattern]) => pattern.test(agent))?.[1] ?? other

/** The words that browsers put first into theirs are those of others. */
const browserOf = (agent: string): string => {
  const browsers = [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrom(e|ium)\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ] as const
  const systems = [
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS/, 'macOS'],
    [/Linux/, 'Linux'],
  ] as const
  const system = firstOf(agent, systems, '')
  const browser = firstOf(agent, browsers, 'A browser')
  return system === '' ? browser : `${browser} on ${system}`
}

const letters = /^[a-z0-9]{6}$/

/** Of this browser, always the same. `fresh`: letters for one that has none yet. */
export const originOf = (shelf: Pick<Shelf, 'getItem' | 'setItem'>, agent: string, fresh: () => string): string => {
  let own = fresh()
  try {
    const kept = shelf.getItem(key)
    if (kept !== null && letters.test(kept)) own = kept
    else shelf.setItem(key, own)
  } catch {
    // A browser that keeps nothing is another one with each page.
  }
  return `${browserOf(agent)} #${own}`
}

/** "another Firefox on Linux" where that is what this one is, too. */
export const originName = (origin: string, own: string): string => {
  if (origin === own) return 'this browser'
  const [name = origin] = origin.split(' #')
  return name === own.split(' #')[0] ? `another ${name}` : name
}
