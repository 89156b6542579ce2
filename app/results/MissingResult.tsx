// Where a panel has nothing to show: what the Play lacks before there can be a result, and the way there.
'use client'
import type { ReactNode } from 'react'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { sentence } from '../ui/sentence'
import { useRun } from '../workbench/run'
import { useDocument } from '../workbench/session'
import { useView } from '../workbench/view'
import { missingOf } from './missing'

/** Brings a node into sight, whatever face of the Play is shown. */
export const showNode = (node: string): void =>
  useView.setState({ face: 'graph', inside: [], selected: [node], reveal: { node } })

/** `children`: what the panel will hold. */
export const MissingResult = ({ title, children }: { title: string; children: ReactNode }) => {
  const problems = useRun((run) => run.problems)
  const dataProblem = useRun((run) => run.dataProblem)
  const tree = useDocument(({ document }) => document.tree)
  const missing = missingOf({ problems, dataProblem, tree })
  if (missing === null) return <Empty title={title}>{children}</Empty>
  const { text, hint, node } = missing
  return (
    <Empty
      title={title}
      {...(node === null
        ? {}
        : {
            action: (
              <Button size="s" onClick={() => showNode(node)}>
                Show where
              </Button>
            ),
          })}
    >
      {sentence(text)} {hint === null ? null : sentence(hint)}
    </Empty>
  )
}
