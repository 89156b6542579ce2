// Remedies of a funnel's doubtful steps, each with its effect on the whole run, tried out one after the other.
'use client'
import { useEffect, useState } from 'react'
import { putTree, treeOf } from '../document/edits/draft'
import { removeNodes } from '../document/edits/nodes'
import { useRun } from '../workbench/run'
import { type Session, useSession } from '../workbench/session'
import { withConstant } from './constants'
import { plain } from './format'
import type { FunnelLine } from './funnelRows'
import { comparedWith, loose, nodeOfStep, servingOnly, tighter, without } from './remedies'
import type { TradeChange } from './trades'
import { type Tried, tryOut } from './whatIf'

export interface Remedy {
  readonly step: string
  readonly label: string
  readonly about: string
  readonly apply: () => void
  /** Null while it is not known, and of runs that take too long to be tried out. */
  readonly change: TradeChange | null
}

/** A remedy whose effect is still to be tried out. */
interface Untried {
  readonly remedy: Remedy
  readonly effect: () => Promise<Tried>
}

/** A run that takes longer than this is not tried out: an edit would have to wait for it. */
const patienceMs = 5000

/** Values that a constant is held against: this many over the whole run tell where they lie. */
const mostValues = 20_000

const tightening = async (session: Session, line: FunnelLine): Promise<Untried | null> => {
  const { engine, store } = session
  const { tree } = store.getState().document
  const { result, dataset } = useRun.getState()
  const constant = loose(tree, line)
  const source = constant === null ? null : comparedWith(tree, constant)
  const instrument = result?.report.provenance.instruments[0]?.instrument
  if (constant === null || source === null || dataset === null || instrument === undefined) return null
  const { fromMs, toMs } = dataset
  const series = await engine.series({ ...source, instrument, fromMs, toMs, maxBars: mostValues, tf: '1m' })
  const value = series === null ? null : tighter(constant, series.values)
  if (value === null) return null
  const text = `${plain(value)}${constant.unit === null ? '' : ` ${constant.unit}`}`
  return {
    remedy: {
      step: line.step,
      label: `Set ${text}`,
      about: `${constant.label} ${text}: it would say no on about one bar in twenty. Chosen from these very data.`,
      apply: () =>
        store.getState().edit(`${constant.label} ${text}`, (draft) => {
          putTree(draft, withConstant(treeOf(draft), constant, value))
        }),
      change: null,
    },
    effect: () =>
      tryOut(session, ({ tree: now, sets }) => {
        const { [constant.place.kind === 'param' ? constant.place.name : '']: _, ...others } = sets
        return { tree: withConstant(now, constant, value), sets: others }
      }),
  }
}

const removal = (session: Session, line: FunnelLine): Untried | null => {
  const { store } = session
  const { document } = store.getState()
  const id = nodeOfStep(line)
  const next = without(document, id)
  if (next === null) return null
  return {
    remedy: {
      step: line.step,
      label: 'Remove',
      about: `Does without ${line.title} and what serves it alone`,
      apply: () =>
        store.getState().edit(`Remove ${line.title}`, (draft) => removeNodes(draft, servingOnly(treeOf(draft), id))),
      change: null,
    },
    effect: () => tryOut(session, ({ sets }) => ({ tree: next.tree, sets })),
  }
}

/** Tells the remedies at once, then one after the other what each would change. */
const tryAll = async (
  { session, doubtful, wanted }: { session: Session; doubtful: readonly FunnelLine[]; wanted: () => boolean },
  tell: (list: readonly Remedy[]) => void,
): Promise<void> => {
  const found: Untried[] = []
  for (const line of doubtful)
    for (const one of [await tightening(session, line), removal(session, line)]) if (one !== null) found.push(one)
  const list = found.map(({ remedy }) => remedy)
  if (wanted()) tell([...list])
  for (const [i, { remedy, effect }] of found.entries()) {
    if (!wanted() || (useRun.getState().result?.engineMs ?? 0) > patienceMs) return
    const tried = await effect()
    if (tried.kind !== 'ran') continue
    list[i] = { ...remedy, change: tried.effect.change }
    if (wanted()) tell([...list])
  }
}

const none: readonly Remedy[] = []

/** As they come to be known; none while a run is on its way or the Play cannot be edited here. */
export const useRemedies = (doubtful: readonly FunnelLine[]): readonly Remedy[] => {
  const session = useSession()
  const result = useRun((run) => run.result)
  const stale = useRun((run) => run.stale)
  const [held, setHeld] = useState<{ readonly of: readonly FunnelLine[]; readonly list: readonly Remedy[] } | null>(
    null,
  )
  useEffect(() => {
    if (result === null || stale || doubtful.length === 0 || session.store.getState().readOnly) return
    let wanted = true
    const go = (): void =>
      void tryAll({ session, doubtful, wanted: () => wanted }, (list) => setHeld({ of: doubtful, list }))
    // Who edits on is not kept waiting.
    const timer = setTimeout(go, 300)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [session, result, stale, doubtful])
  return held?.of === doubtful && !stale ? held.list : none
}
