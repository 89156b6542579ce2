// The sentences of a Play under headings, in the order in which a trader asks. Pure.
import type { PartRole, Sentence } from '../../blocks/play/sentence'

export interface Chapter {
  readonly title: string
  readonly parts: readonly Sentence[]
}

const titles: Readonly<Record<PartRole, string>> = {
  entry: 'Entries',
  filter: 'Filters',
  exit: 'Exits',
  invalidation: 'When the idea is wrong',
  mirror: 'The other side',
  where: 'Names used above',
  risk: 'Risk',
}

/** With two sides written by hand each heading names its side. */
export const chaptersOf = (parts: readonly Sentence[]): readonly Chapter[] => {
  const sides = new Set(parts.flatMap(({ side, role }) => (role === 'mirror' ? [] : (side ?? []))))
  const chapters = new Map<string, Sentence[]>()
  for (const part of parts) {
    const named = sides.size > 1 && part.side !== null && part.role !== 'mirror'
    const title = named
      ? `${part.side === 'long' ? 'Long' : 'Short'}: ${titles[part.role].toLowerCase()}`
      : titles[part.role]
    const chapter = chapters.get(title)
    if (chapter === undefined) chapters.set(title, [part])
    else chapter.push(part)
  }
  return [...chapters].map(([title, all]) => ({ title, parts: all }))
}
