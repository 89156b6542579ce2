// A file that is no Play: each problem with its line.
'use client'
import type { Problem } from '../../blocks/kit/problem'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'

export const BrokenFile = ({ problems, onClose }: { problems: readonly Problem[]; onClose: () => void }) => (
  <Dialog
    open
    onOpen={(open) => !open && onClose()}
    title="This file is no Play"
    about="Nothing was changed. Mend the file and open it again."
    foot={<Button onClick={onClose}>Close</Button>}
    wide
  >
    <ul className="flex flex-col gap-2">
      {problems.map(({ message, hint, where }) => (
        <li key={`${where.line ?? 0} ${message}`} className="flex gap-3">
          <span className="w-14 flex-none text-3 tabular-nums">
            {where.line === undefined ? '' : `line ${where.line}`}
          </span>
          <span>
            <span className="text-1">{message}</span>
            {hint !== undefined && <span className="block text-3">{hint}</span>}
          </span>
        </li>
      ))}
    </ul>
  </Dialog>
)
