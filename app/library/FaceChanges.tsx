// What another version of a Block changes, line by line: inputs, parameters, outputs, and whether its inside does.
import { classes } from '../ui/classes'
import type { FaceChange } from './face'

const glyphOf = ({ before, after }: FaceChange): readonly [sign: string, look: string, word: string] => {
  if (before === null) return ['+', 'text-pos', 'New']
  return after === null ? ['\u2212', 'text-neg', 'Gone'] : ['~', 'text-warn', 'Changed']
}

const Line = ({ change }: { change: FaceChange }) => {
  const { part, name, before, after } = change
  const [sign, look, word] = glyphOf(change)
  const isNamed = part !== 'role'
  return (
    <li className="flex gap-2">
      <span aria-hidden className={classes('w-3 flex-none text-center font-semibold', look)}>
        {sign}
      </span>
      <span className="min-w-0 break-words text-2">
        <span className="sr-only">{word}: </span>
        {part} {isNamed && <b className="text-1">{name.replaceAll('_', ' ')}</b>}
        {part !== 'output' && before !== null && after !== null && (
          <>
            {' '}
            <span className="line-through">{before}</span> → <span className="text-1">{after}</span>
          </>
        )}
        {part !== 'output' && (before === null || after === null) && <span> {before ?? after}</span>}
      </span>
    </li>
  )
}

export const FaceChanges = ({ changes, inside }: { changes: readonly FaceChange[]; inside: boolean }) => (
  <ul aria-label="What changes" className="flex flex-col gap-1 text-12">
    {changes.map((change) => (
      <Line key={`${change.part} ${change.name}`} change={change} />
    ))}
    {inside && (
      <li className="flex gap-2">
        <span aria-hidden className="w-3 flex-none text-center font-semibold text-warn">
          ~
        </span>
        <span>What it computes inside changes.</span>
      </li>
    )}
    {changes.length === 0 && !inside && <li className="text-3">Nothing but its words.</li>}
  </ul>
)
