// Two results of the same that differ: what differs, where first, and what to send.
'use client'
import { ClipboardCopy } from 'lucide-react'
import { Button } from '../ui/Button'
import { notify } from '../ui/notify'
import { sentence } from '../ui/sentence'
import type { Bug, Sides } from './bug'
import { shortHash } from './format'

const shownValue = (value: string): string => (/^[0-9a-f]{64}$/.test(value) ? shortHash(value) : value)

const copy = (text: string): void => {
  navigator.clipboard.writeText(text).then(
    () => notify({ tone: 'done', text: 'Copied. It names hashes and figures, nothing of what the Play says.' }),
    () => notify({ tone: 'error', text: 'Not copied', detail: 'The browser did not allow it.' }),
  )
}

export const BugReport = ({ bug, sides }: { bug: Bug; sides: Sides }) => (
  <div className="flex flex-col gap-2 text-11 leading-4">
    <p>
      The same Play on the same data came out differently. This is a bug in Playloom: trust neither result, and report
      it with what the button copies.
    </p>
    {bug.first.map((line) => (
      <p key={line} className="break-words text-1">
        {sentence(line)}
      </p>
    ))}
    <table className="w-full">
      <thead className="text-left text-3">
        <tr>
          <th scope="col" className="font-medium">
            What
          </th>
          {sides.map((side) => (
            <th key={side} scope="col" className="pl-2 font-medium">
              {side}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bug.rows.map(([name, one, other]) => (
          <tr key={name}>
            <th scope="row" className="pr-2 text-left align-top font-normal text-1">
              {name}
            </th>
            <td className="pl-2 align-top font-mono break-all" title={one}>
              {shownValue(one)}
            </td>
            <td className="pl-2 align-top font-mono break-all" title={other}>
              {shownValue(other)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    <span>
      <Button size="s" onClick={() => copy(bug.send)}>
        <ClipboardCopy size={13} aria-hidden />
        Copy what to send
      </Button>
    </span>
  </div>
)
