// What a reader of the result must know, in plain words, behind a count that turns amber when it matters.
'use client'
import { TriangleAlert } from 'lucide-react'
import type { Report } from '../../blocks/engine/report/document'
import { Button } from '../ui/Button'
import { Popover } from '../ui/Popover'
import { sentence } from '../ui/sentence'
import { counted } from './format'
import { noticeWords } from './reasons'

export const Notices = ({ report: { notices } }: { report: Report }) => {
  if (notices.length === 0) return null
  const said = notices.map((notice) => ({ notice, words: noticeWords(notice) }))
  const warns = said.some(({ words }) => words.weight === 'warn')
  return (
    <Popover
      label="Notes on this result"
      align="end"
      className="max-h-96 w-80 overflow-y-auto"
      trigger={
        <Button
          size="s"
          look="quiet"
          aria-label={counted(notices.length, 'note on this result', 'notes on this result')}
        >
          <TriangleAlert size={13} className={warns ? 'text-warn' : 'text-3'} aria-hidden />
          {notices.length}
        </Button>
      }
    >
      <ul className="flex flex-col gap-2.5">
        {said.map(({ notice, words }) => (
          <li key={`${notice.code} ${notice.message}`}>
            <b className={words.weight === 'warn' ? 'text-warn' : ''}>{words.title}</b>
            <p className="text-11 leading-4 break-words text-2">{sentence(notice.message)}</p>
          </li>
        ))}
      </ul>
    </Popover>
  )
}
