// What is wrong with a node: a badge on its corner; opened, a strip that says it in words with its fixes as buttons.
'use client'
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Problem } from '../../blocks/kit/problem'
import { Button } from '../ui/Button'
import { classes } from '../ui/classes'
import { useScene } from './scene'

const plain = (text: string): string => text.replaceAll('`', '')

const Entry = ({ problem }: { problem: Problem }) => {
  const { actions, readOnly } = useScene()
  const { message, hint, fixes, severity } = problem
  return (
    <li className="flex flex-col gap-1">
      <p className="text-11 leading-4 text-1">
        <b className={severity === 'error' ? 'text-neg' : 'text-warn'}>{severity === 'error' ? 'Error: ' : 'Note: '}</b>
        {plain(message)}
      </p>
      {hint !== undefined && <p className="text-10 leading-[14px] text-3">{plain(hint)}</p>}
      {!readOnly && fixes.length > 0 && (
        <div className="flex flex-wrap gap-1.5">
          {fixes.map((fix) => (
            <Button key={fix.label} size="s" onClick={() => actions.fix(fix)}>
              {plain(fix.label)}
            </Button>
          ))}
        </div>
      )}
    </li>
  )
}

export const ProblemBadge = ({ problems, title }: { problems: readonly Problem[]; title: string }) => {
  const [open, setOpen] = useState(false)
  const isError = problems.some(({ severity }) => severity === 'error')
  const Icon = isError ? CircleAlert : TriangleAlert
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-label={`${title}: ${problems.length === 1 ? plain(problems[0]?.message ?? '') : `${problems.length} problems`}`}
        title={plain(problems[0]?.message ?? '')}
        className={classes(
          'nodrag absolute -top-2 -right-2 z-20 grid size-[18px] place-items-center text-ink shadow-[0_0_0_2px_var(--canvas)]',
          isError ? 'rounded-[5px] bg-neg' : 'rounded-full bg-warn',
        )}
        onClick={() => setOpen(!open)}
      >
        <Icon size={11} strokeWidth={2.5} aria-hidden />
      </button>
      {open && (
        <ul
          className={classes(
            'nodrag nopan absolute top-full -right-px -left-px z-20 mt-1 flex min-w-52 flex-col gap-2 rounded-node border px-2.5 py-2 whitespace-normal shadow-float',
            isError ? 'border-neg-line bg-neg-bg' : 'border-warn-line bg-warn-bg',
          )}
        >
          {problems.map((problem) => (
            <Entry key={`${problem.code} ${problem.message}`} problem={problem} />
          ))}
        </ul>
      )}
    </>
  )
}
