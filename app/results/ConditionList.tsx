// Conditions on the way to an entry: verdict, both sides, how far apart, and since when it is known.
'use client'
import type { WhyAnswer } from '../engine/protocol'
import { Verdict } from '../ui/Verdict'
import { useDocument } from '../workbench/session'
import { useView } from '../workbench/view'
import { time } from './format'
import { nodeOf, pathTitle } from './names'
import { knownWords, marginWords, sidesWords, verdictKind } from './whyWords'

export const ConditionList = ({ answer, known }: { answer: WhyAnswer; known: boolean }) => {
  const tree = useDocument(({ document }) => document.tree)
  return (
    <ul aria-label="Conditions, in order">
      {answer.lines.map((line) => {
        const kind = verdictKind(line, answer)
        const id = nodeOf(line.node)
        const since = knownWords(line.sinceMs, answer.timeMs)
        return (
          <li key={line.node} className={kind === 'fail' ? 'bg-neg-bg' : ''}>
            <button
              type="button"
              onClick={() => useView.setState({ reveal: { node: id }, selected: [id] })}
              onMouseEnter={() => useView.setState({ hovered: id })}
              onMouseLeave={() => useView.setState({ hovered: null })}
              title={line.sinceMs === null ? 'Not known at this bar' : `Known since ${time(line.sinceMs)}`}
              className="grid min-h-6.5 w-full grid-cols-[auto_minmax(92px,1fr)_auto] items-center gap-x-2 px-3 text-left hover:bg-hover"
            >
              <Verdict kind={kind} />
              <span className={`truncate ${kind === 'fail' ? 'font-semibold text-1' : ''}`}>
                {pathTitle(tree, line.node)}
              </span>
              <span className="flex flex-wrap justify-end gap-x-2 text-right">
                <span className="whitespace-nowrap text-1">{sidesWords(tree, line)}</span>
                <span className={`whitespace-nowrap text-11 ${kind === 'fail' ? 'text-neg' : 'text-3'}`}>
                  {known ? since : marginWords(tree, line) || since}
                </span>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
