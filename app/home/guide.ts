// The five steps of the first backtest: which are done, and what "Do it for me" does. Pure but for the draft it edits.
import { typeOf } from '../../blocks/play/references'
import type { PlayTree } from '../../blocks/play/tree'
import type { DocumentDraft } from '../document/edits/draft'
import { connect } from '../document/edits/wires'

export interface GuideFacts {
  readonly tree: PlayTree
  /** Bars are there. */
  readonly loaded: boolean
  /** A run of the Play as it stands ended. */
  readonly ran: boolean
}

export interface GuideStep {
  readonly title: string
  readonly text: string
  /** What to do in the workbench, and why. */
  readonly how: string
  /** Words instead of these where the Play stands on bars of the trader. */
  readonly own?: { readonly text: string; readonly how: string }
  /** What will happen when it is done. */
  readonly effect: string
  readonly done: (facts: GuideFacts) => boolean
  /** Does the step in the Play; null: there is nothing to do for anybody. */
  readonly act: ((draft: DocumentDraft) => void) | null
  /** Label of its step in the history. */
  readonly label: string
}

/** Is a port of a listed node of this part wired. */
const wired = (
  { long }: PlayTree,
  nodes: PlayTree['nodes'],
  { type, port }: { type: string; port: string },
): boolean => {
  if (typeof long === 'string') return false
  const listed = [...long.entries, ...long.exits, ...(long.invalidations ?? [])]
  return listed.some((id) => {
    const node = nodes[id]
    if (node === undefined) return false
    const [key, body] = typeOf(node)
    return key === type && Object.hasOwn(body, port)
  })
}

const isWired = (tree: PlayTree, type: string, ...ports: readonly string[]): boolean =>
  ports.some((port) => wired(tree, tree.nodes, { type, port }))

export const guideSteps: readonly GuideStep[] = [
  {
    title: 'Market is loaded',
    text: 'A practice market, no network needed',
    how: 'Bars of the practice market are on their way. They are made up: good to learn on, worth nothing as proof.',
    own: { text: 'Your own bars', how: 'Your bars are on their way.' },
    effect: '',
    done: ({ loaded }) => loaded,
    act: null,
    label: '',
  },
  {
    title: 'Pick a template',
    text: 'EMA reclaim, half built for you',
    how: 'The nodes are there. What gets you in, and what gets you out, is yours to wire.',
    effect: '',
    done: ({ tree }) => Object.keys(tree.nodes).length > 0,
    act: null,
    label: '',
  },
  {
    title: 'Say when to get in',
    text: 'Pull a wire from Reclaim to Enter',
    how: 'Drag from the triangle of Reclaim to `when` of Enter. Only sockets that fit light up.',
    effect: 'A close that crosses above the EMA then buys at the next open.',
    done: ({ tree }) => isWired(tree, 'entry', 'when'),
    act: (draft) => connect(draft, { source: 'reclaim', output: null, target: 'enter', handle: 'when' }),
    label: 'Say when to get in',
  },
  {
    title: 'Say when you are wrong',
    text: 'A stop and an invalidation',
    how: 'Wire Stop distance to `by` of Stop, and Lost to `when` of Wrong.',
    effect: 'Each trade then risks 1 % of the equity, and the backtest runs by itself.',
    done: ({ tree }) => isWired(tree, 'stop', 'by', 'at') && isWired(tree, 'invalidation', 'when'),
    act: (draft) => {
      connect(draft, { source: 'stop_distance', output: null, target: 'stop', handle: 'by' })
      connect(draft, { source: 'lost', output: null, target: 'wrong', handle: 'when' })
    },
    label: 'Say when you are wrong',
  },
  {
    title: 'Read the result',
    text: 'What to trust before the profit',
    how: 'The strip on top says what the figures are worth. Click a trade to see on the graph why it was taken.',
    effect: 'Every edit runs again by itself.',
    done: ({ ran }) => ran,
    act: null,
    label: '',
  },
]

/** The first step that is not done; the number of steps when all are. */
export const currentStep = (facts: GuideFacts): number => {
  const open = guideSteps.findIndex(({ done }) => !done(facts))
  return open < 0 ? guideSteps.length : open
}

/** Can the step be done in this Play: its nodes are still there. */
export const canAct = (tree: PlayTree, step: GuideStep): boolean => {
  if (step.act === null) return false
  const needed = ['reclaim', 'enter', 'stop_distance', 'stop', 'lost', 'wrong']
  return needed.every((id) => Object.hasOwn(tree.nodes, id))
}

/** Roles to which nothing is wired yet: what they lack is the step that they wait for, and no fault. */
export const awaitedIn = (tree: PlayTree): readonly string[] =>
  ['enter', 'stop', 'wrong'].filter((id) => {
    const node = tree.nodes[id]
    return node !== undefined && Object.keys(typeOf(node)[1]).length === 0
  })

const key = 'playloom guide'

/** How far somebody came with the guide: its Play, and whether the guide was left. Null: it was never begun. */
export interface Guided {
  readonly id: string
  readonly left: boolean
}

/** What was kept, as this version means it. */
export const guidedOf = (kept: string | null): Guided | null => {
  const [, left, id] = /^(left )?([a-z0-9]*)$/.exec(kept ?? '-') ?? []
  return id === undefined ? null : { id, left: left !== undefined }
}

/** Kept so that neither a reload nor leaving it loses the thread. */
export const guided = {
  read: (): Guided | null => guidedOf(localStorage.getItem(key)),
  start: (id: string): void => localStorage.setItem(key, id),
  /** It can be taken up again, if there is a Play of it. */
  leave: (): void => localStorage.setItem(key, `left ${guided.read()?.id ?? ''}`),
  is: (id: string): boolean => {
    const at = guided.read()
    return at !== null && at.id === id && !at.left
  },
}
