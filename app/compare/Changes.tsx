// What was changed between two runs: the Play in words, settings as run, and data by the hash of their rows.
'use client'
import type { ReactNode } from 'react'
import { counted, shortHash } from '../results/format'
import { Scrolled } from '../results/Scrolled'
import { sentence } from '../ui/sentence'
import type { Compared } from './compare'

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="px-3 pb-3">
    <h3 className="pb-1 text-11 text-3">{title}</h3>
    {children}
  </section>
)

const none = 'nothing'

const Pairs = ({
  rows,
  mono = false,
}: {
  rows: readonly (readonly [string, string | null, string | null])[]
  mono?: boolean
}) => (
  <dl className="flex flex-col gap-1">
    {rows.map(([name, before, after]) => (
      <div key={name} className="flex flex-wrap items-baseline gap-x-2">
        <dt className="text-1">{name}</dt>
        <dd className={`break-all ${mono ? 'font-mono text-11' : ''}`}>
          <span className="text-neg line-through">{before ?? none}</span>{' '}
          <span aria-hidden className="text-3">
            →
          </span>{' '}
          <span className="text-pos">{after ?? none}</span>
        </dd>
      </div>
    ))}
  </dl>
)

const glyphs: Readonly<Record<string, readonly [sign: string, look: string]>> = {
  added: ['+', 'text-pos'],
  removed: ['\u2212', 'text-neg'],
}

const Document = ({ lines }: { lines: Compared['document'] }) => (
  <ul className="flex flex-col gap-1">
    {lines.map(({ kind, words }, i) => {
      const [sign, look] = glyphs[kind] ?? ['~', 'text-warn']
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that never changes
        <li key={i} className="flex gap-2">
          <span aria-hidden className={`w-3 flex-none text-center ${look}`}>
            {sign}
          </span>
          <span className="min-w-0 break-words text-1">{sentence(words)}</span>
        </li>
      )
    })}
  </ul>
)

export const Changes = ({ compared: { document, settings, data } }: { compared: Compared }) => {
  const changes = document.length + settings.length + data.length
  return (
    <>
      <header className="flex h-9 flex-none items-center gap-2 px-3">
        <h2 className="font-semibold text-1">What was changed</h2>
        <span className="truncate text-11 text-3">{counted(changes, 'change')}</span>
      </header>
      <Scrolled label="What was changed">
        {changes === 0 && <p className="px-3 pb-3 text-3">Play, settings and data are the same.</p>}
        {data.length > 0 && (
          <Part title="Data">
            <Pairs
              mono
              rows={data.map(({ series, before, after }) => [
                series,
                before && shortHash(before),
                after && shortHash(after),
              ])}
            />
          </Part>
        )}
        {document.length > 0 && (
          <Part title="Play">
            <Document lines={document} />
          </Part>
        )}
        {settings.length > 0 && (
          <Part title="Settings">
            <Pairs rows={settings.map(({ what, before, after }) => [what, before, after])} />
          </Part>
        )}
      </Scrolled>
    </>
  )
}
