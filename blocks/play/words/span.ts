// Pieces of a sentence, each with the node that says it, so that a page can make links of them.

export interface Span {
  readonly text: string
  readonly node?: string
}
export type Words = readonly Span[]

export const textOf = (words: Words): string => words.map(({ text }) => text).join('')

/** Neighbours of one node are one span. */
export const joined = (words: Words): Words => {
  const spans: Span[] = []
  for (const span of words) {
    const last = spans.at(-1)
    if (span.text === '') continue
    if (last !== undefined && last.node === span.node)
      spans[spans.length - 1] = { ...last, text: last.text + span.text }
    else spans.push(span)
  }
  return spans
}

type Bit = string | Words

/** Template of a node's own words around those of others: ``saidBy('uptrend')`${a} is above ${b}` ``. */
export const saidBy =
  (node: string | undefined) =>
  (texts: TemplateStringsArray, ...bits: readonly Bit[]): Words => {
    const own = (text: string): Span => (node === undefined ? { text } : { text, node })
    return joined(
      texts.flatMap((text, i) => {
        const bit = bits[i] ?? ''
        return [own(text), ...(typeof bit === 'string' ? [own(bit)] : bit)]
      }),
    )
  }

/** `a`, `a and b`, `a, b and c`; the words between belong to `node`. */
export const listed = (parts: readonly Words[], word: 'and' | 'or', node?: string): Words => {
  const own = (text: string): Span => (node === undefined ? { text } : { text, node })
  return joined(
    parts.flatMap((part, i) => {
      if (i === 0) return part
      return [own(i === parts.length - 1 ? ` ${word} ` : ', '), ...part]
    }),
  )
}

/** The first letter as a capital. */
export const begun = (words: Words): Words =>
  words.map((span, i) => (i === 0 ? { ...span, text: span.text.slice(0, 1).toUpperCase() + span.text.slice(1) } : span))

/** Without a leading "the", to stand behind an adjective. */
export const bare = (words: Words): Words =>
  words.map((span, i) => (i === 0 ? { ...span, text: span.text.replace(/^the /, '') } : span))
