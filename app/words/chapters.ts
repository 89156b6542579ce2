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
  mirror: 'The mirror image',
  where: 'Names used above',
  risk: 'Risk',
}

const titleOf = ({ role, side, mirrored }: Sentence, isNamed: boolean): string => {
  if (side === null) return titles[role]
  const name = side === 'long' ? 'Long' : 'Short'
  if (mirrored) return `${name}: the mirror image`
  return isNamed ? `${name}: ${titles[role].toLowerCase()}` : titles[role]
}

/** With two sides written by hand each heading names its side. */
export const chaptersOf = (parts: readonly Sentence[]): readonly Chapter[] => {
  const sides = new Set(parts.flatMap(({ side, mirrored }) => (mirrored ? [] : (side ?? []))))
  const chapters = new Map<string, Sentence[]>()
  for (const part of parts) {
    const title = titleOf(part, sides.size > 1)
    const chapter = chapters.get(title)
    if (chapter === undefined) chapters.set(title, [part])
    else chapter.push(part)
  }
  return [...chapters].map(([title, all]) => ({ title, parts: all }))
}
