// The foot of the text: what is wrong and how to mend it, the way to the graph, the hash.
'use client'
import { CircleAlert, CircleCheck, Copy, TriangleAlert, Workflow, Wrench } from 'lucide-react'
import type { Fix } from '../../blocks/kit/problem'
import { playHash } from '../../blocks/play/canonical'
import { Button } from '../ui/Button'
import { classes } from '../ui/classes'
import { Kbd } from '../ui/Kbd'
import { notify } from '../ui/notify'
import { Tooltip } from '../ui/Tooltip'
import { useDocument } from '../workbench/session'
import type { Finding } from './diagnostics'

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

interface Found {
  readonly findings: readonly Finding[]
  /** The one that the cursor is concerned with. */
  readonly here: Finding | null
}

const Status = ({ findings, here, loose }: Found & { loose: boolean }) => {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const parts = [errors > 0 && counted(errors, 'error'), warnings > 0 && counted(warnings, 'warning')]
  const words = parts.filter((part) => part !== false).join(', ')
  if (words === '' && !loose)
    return (
      <>
        <CircleCheck size={13} className="flex-none text-pos" aria-hidden />
        <span className="truncate">No problems</span>
      </>
    )
  const Mark = loose ? CircleAlert : TriangleAlert
  return (
    <>
      <Mark size={13} className={classes('flex-none', loose || errors > 0 ? 'text-neg' : 'text-warn')} aria-hidden />
      {/* Whole, over as many lines as it takes: it is what has to be read. */}
      <span className="min-w-0 break-words">
        <span>{loose ? 'Not a Play yet: the graph keeps the last good one' : words}</span>{' '}
        {here !== null && <span className="pl-1 text-1">{here.message}</span>}
      </span>
    </>
  )
}

const Hash = () => {
  const tree = useDocument(({ document }) => document.tree)
  const hash = playHash(tree)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(hash)
    notify({ tone: 'done', text: 'Hash of the Play copied' })
  }
  return (
    <Tooltip text="Hash of this Play, of its text alone. Click to copy it whole.">
      <Button look="quiet" size="s" onClick={() => void copy()} aria-label={`Copy the hash ${hash}`}>
        <Copy size={12} aria-hidden />
        <span className="font-mono text-11">{hash.slice(0, 12)}</span>
      </Button>
    </Tooltip>
  )
}

export interface TextFooterProps extends Found {
  readonly onFix: (fix: Fix) => void
  readonly onDrop: () => void
  readonly onFormat: () => void
  /** Null: the cursor is in no node. */
  readonly onGraph: (() => void) | null
}

export const TextFooter = ({ findings, here, onFix, onDrop, onFormat, onGraph }: TextFooterProps) => {
  const loose = useDocument((state) => state.loose !== null)
  const readOnly = useDocument((state) => state.readOnly)
  const fix = here?.fixes[0]
  return (
    <footer className="flex min-h-8 flex-none items-center gap-2 border-t border-line-1 bg-panel px-3 py-0.5 text-11 leading-4 text-2">
      <div role="status" className="flex min-w-0 flex-1 items-center gap-1.5 py-1">
        <Status findings={findings} here={here} loose={loose} />
      </div>
      {fix !== undefined && !readOnly && (
        <Button size="s" onClick={() => onFix(fix)}>
          <Wrench size={12} aria-hidden />
          <span className="max-w-60 truncate">{fix.label.replaceAll('`', '')}</span>
          <Kbd>Ctrl .</Kbd>
        </Button>
      )}
      {loose ? (
        <Button size="s" onClick={onDrop}>
          Back to the last good text
        </Button>
      ) : (
        <>
          {onGraph !== null && (
            <Button look="quiet" size="s" onClick={onGraph}>
              <Workflow size={12} aria-hidden />
              Show on the graph
            </Button>
          )}
          <Button look="quiet" size="s" disabled={readOnly} onClick={onFormat}>
            Format
          </Button>
        </>
      )}
      <Hash />
    </footer>
  )
}
