// What differs between two versions: in words first, then their texts beside each other.
'use client'
import { useMemo } from 'react'
import { type Change, diff } from '../../blocks/play/diff'
import { classes } from '../ui/classes'
import { type Content, typedOf } from './content'
import { lineRows, type Row } from './lineRows'

export interface Side {
  readonly name: string
  readonly content: Content
}

const glyphs: Readonly<Record<Change['kind'], readonly [glyph: string, colour: string, word: string]>> = {
  added: ['+', 'text-pos', 'added'],
  removed: ['\u2212', 'text-neg', 'removed'],
  changed: ['~', 'text-warn', 'changed'],
  renamed: ['~', 'text-warn', 'renamed'],
  moved: ['~', 'text-warn', 'moved'],
}

/** Null: one of them is of another release of the language, and nothing can be said of what it trades. */
const changesOf = (left: Content, right: Content): readonly Change[] | null => {
  const [before, after] = [typedOf(left), typedOf(right)]
  return before === null || after === null ? null : diff(before.tree, after.tree)
}

const Words = ({ left, right }: { left: Side; right: Side }) => {
  const changes = useMemo(() => changesOf(left.content, right.content), [left, right])
  if (changes === null)
    return (
      <p className="text-warn">
        One of them cannot be read by this page, so it is not known whether both trade the same: compare the texts.
      </p>
    )
  if (changes.length === 0)
    return (
      <p className="text-2">
        {left.content.loose === right.content.loose
          ? 'Both trade the same. Only notes or the layout differ.'
          : 'Both trade the same. What is being typed and is no Play yet differs.'}
      </p>
    )
  return (
    <ul aria-label={`What differs from ${left.name} to ${right.name}`} className="flex flex-col gap-1">
      {changes.map(({ kind, words, path }) => (
        <li key={`${path.join('.')} ${words}`} className="flex gap-2">
          <span aria-hidden className={classes('w-3 flex-none text-center font-semibold', glyphs[kind][1])}>
            {glyphs[kind][0]}
          </span>
          <span className="min-w-0 break-words text-1">{words}</span>
        </li>
      ))}
    </ul>
  )
}

const cell = 'min-w-0 px-2 whitespace-pre-wrap break-words'
const grounds: Readonly<Record<Row['kind'], readonly [left: string, right: string]>> = {
  same: ['text-3', 'text-3'],
  changed: ['bg-warn-bg text-1', 'bg-warn-bg text-1'],
  gone: ['bg-neg-bg text-1', ''],
  come: ['', 'bg-pos-bg text-1'],
  skipped: ['text-3', 'text-3'],
}

const Line = ({ row }: { row: Row }) => {
  const { kind, left, right } = row
  if (kind === 'skipped')
    return (
      <tr>
        <td colSpan={2} className="border-y border-line-1 px-2 py-0.5 font-sans text-11 text-3">
          {left === '1' ? '1 equal line' : `${left} equal lines`}
        </td>
      </tr>
    )
  return (
    <tr className="align-top">
      <td className={classes(cell, grounds[kind][0])}>{left}</td>
      <td className={classes(cell, 'border-l border-line-2', grounds[kind][1])}>{right}</td>
    </tr>
  )
}

/** Text that is being typed is what would be read. */
const textOf = ({ yaml, loose }: Content): string => loose ?? yaml

const Texts = ({ left, right }: { left: Side; right: Side }) => {
  const rows = useMemo(() => lineRows(textOf(left.content), textOf(right.content)), [left, right])
  if (rows.length === 0) return null
  return (
    <section
      aria-label="Both texts"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what it stands in is longer than the window and scrolls by keyboard
      tabIndex={0}
      className="overflow-hidden rounded-node border border-line-2 bg-inset"
    >
      <table className="w-full table-fixed font-mono text-11 leading-4">
        <thead>
          <tr className="border-b border-line-2 text-left font-sans text-3">
            <th className="px-2 py-1 font-medium">{left.name}</th>
            <th className="border-l border-line-2 px-2 py-1 font-medium">{right.name}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity and never move
            <Line key={i} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

export const SideBySide = ({ left, right }: { left: Side; right: Side }) => (
  <div className="flex flex-col gap-3">
    <Words left={left} right={right} />
    <Texts left={left} right={right} />
  </div>
)
