// The record of a run: what was run on which data under which settings, what a reader must know, and every hash.
'use client'
import type { ReactNode } from 'react'
import type { Report } from '../../blocks/engine/report/document'
import { count, counted, day, elapsed, percent, time } from '../results/format'
import { noticeWords } from '../results/reasons'
import { Scrolled } from '../results/Scrolled'
import { type RunRow, tookText } from '../runs/runs'
import { sentence } from '../ui/sentence'
import { Card } from './Card'
import { hashLines, type Line, settingsOf } from './facts'
import { TwinsLine } from './TwinsLine'

interface PartProps {
  readonly title: string
  readonly hint?: string
  readonly wide?: boolean
  readonly children: ReactNode
}

const Part = ({ title, hint, wide = false, children }: PartProps) => (
  <Card className={wide ? 'xl:col-span-2' : ''}>
    <header className="flex h-9 flex-none items-center gap-2 px-3">
      <h2 className="font-semibold text-1">{title}</h2>
      {hint !== undefined && <span className="truncate text-11 text-3">{hint}</span>}
    </header>
    <Scrolled label={title}>
      <div className="px-3 pb-3">{children}</div>
    </Scrolled>
  </Card>
)

const Lines = ({ lines, mono = false }: { lines: readonly Line[]; mono?: boolean }) => (
  <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-12">
    {lines.map(([name, text]) => (
      <div key={name} className="contents">
        <dt className="text-3">{name}</dt>
        <dd className={`text-right break-all text-1 ${mono ? 'font-mono text-11' : ''}`}>{text}</dd>
      </div>
    ))}
  </dl>
)

const whatLines = (run: RunRow, report: Report): readonly Line[] => {
  const { range, timingMs, engine, provenance } = report
  const { holes, fillBars, decisionBars } = range
  const share = percent((100 * holes) / Math.max(1, holes + fillBars), 2)
  const work = Object.values(timingMs).reduce((sum, ms) => sum + ms, 0)
  return [
    ['Version', run.version === null ? 'none' : `v${run.version}`],
    ['Range, UTC', `${day(range.fromMs)} \u2013 ${day(range.toMs)}`],
    ['Decision bars', count(decisionBars)],
    ['Fill bars', `${count(fillBars)} of ${Object.values(provenance.fillModel.intervals).join(', ')}`],
    ['Missing fill bars', `${count(holes)} (${share})`],
    ['Engine', engine],
    ['Asked for', `${time(run.createdMs)} UTC`],
    ['Took', `${tookText(run)}, ${elapsed(work)} of it work`],
    ['Run', run.id],
  ]
}

const Data = ({ report }: { report: Report }) => (
  <table className="w-full table-fixed">
    <thead className="text-left text-11 text-3">
      <tr className="h-6.5">
        <th scope="col" className="w-[30%] font-medium">
          Series
        </th>
        <th scope="col" className="w-[18%] font-medium">
          Kind
        </th>
        <th scope="col" className="font-medium">
          SHA-256
        </th>
      </tr>
    </thead>
    <tbody>
      {report.data.map(({ instrument, kind, tf, sha256 }) => (
        <tr key={`${instrument} ${kind} ${tf}`} className="border-t border-line-1 align-top">
          <td className="py-1 pr-2 break-all text-1">{instrument}</td>
          <td className="py-1 pr-2">{tf === null ? kind : `${kind} ${tf}`}</td>
          <td className="py-1 font-mono text-11 break-all text-2">{sha256}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Notes = ({ report: { notices } }: { report: Report }) => {
  if (notices.length === 0) return <p className="text-3">There is nothing to note.</p>
  return (
    <ul className="flex flex-col gap-2.5">
      {notices.map((notice) => {
        const { title, weight } = noticeWords(notice)
        return (
          <li key={`${notice.code} ${notice.message}`}>
            <b className={weight === 'warn' ? 'text-warn' : 'text-1'}>{title}</b>
            <p className="break-words text-2">{sentence(notice.message)}</p>
          </li>
        )
      })}
    </ul>
  )
}

export const RunFacts = ({ run, report }: { run: RunRow; report: Report }) => (
  <div className="grid h-full min-h-0 auto-rows-max grid-cols-1 gap-3 overflow-y-auto p-3 lg:grid-cols-2 lg:grid-rows-[minmax(0,1fr)_minmax(0,1fr)] lg:overflow-hidden xl:grid-cols-3">
    <Part title="What was run" hint={report.provenance.synthetic ? 'on made-up bars' : 'on bars of a venue'}>
      <Lines lines={whatLines(run, report)} />
    </Part>
    <Part title="Settings" hint="as run">
      <Lines lines={settingsOf(report)} />
    </Part>
    <Part title="Notes" hint={counted(report.notices.length, 'note')}>
      <Notes report={report} />
    </Part>
    <Part wide title="Data" hint={`${counted(report.data.length, 'series', 'series')}, each by the hash of its rows`}>
      <Data report={report} />
    </Part>
    <Part title="Hashes" hint="SHA-256, byte by byte the same on every machine">
      <Lines lines={hashLines(report)} mono />
      <p className="mt-3 text-11">
        <TwinsLine run={run} report={report} />
      </p>
    </Part>
  </div>
)
