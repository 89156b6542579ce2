// Everything that can be done on the canvas, each as one labelled step of the document, and said aloud.
import type { Fix } from '../../blocks/kit/problem'
import type { Insert, WireEnd, WireTarget } from '../../blocks/play/connect'
import type { RiskTree, Scalar, Value } from '../../blocks/play/tree'
import { type DocumentDraft, sidecarOf, treeOf } from '../document/edits/draft'
import {
  addNode,
  clearPositions,
  duplicateNodes,
  type Point,
  removeNodes,
  renameNode,
  setNote,
  setPositions,
} from '../document/edits/nodes'
import {
  addRule,
  type Promotion,
  paramNameFault,
  promoteAs,
  type Rule,
  removeRule,
  useParamAt,
} from '../document/edits/params'
import { applyFixes, type RiskChange, type SideChange, setRisk, setSide } from '../document/edits/play'
import { copyText, pasteText } from '../document/edits/text'
import { type Range, removeParam, setParam, setRange, setValue, valueAt } from '../document/edits/values'
import { connect, connectThrough, disconnect, disconnectAll, insertOnWire, threadNode } from '../document/edits/wires'
import { stepLabel } from '../document/labels'
import type { DocumentStore, PlayDocument } from '../document/store'
import { notify } from '../ui/notify'
import { useView } from '../workbench/view'
import { align, type Edge } from './align'
import { attendNode } from './attend'
import { drawnPlaces, spotsOf } from './drawn'
import type { CanvasModel } from './model'
import { say } from './said'
import { reasonWords } from './words'

/** Reads the picture of now: actions live longer than one drawing. */
export type ModelNow = () => CanvasModel

const select = (ids: readonly string[]): void => useView.setState({ selected: ids })

class CanvasActions {
  constructor(
    private readonly store: DocumentStore,
    private readonly now: ModelNow,
  ) {}

  private get document() {
    return this.store.getState().document
  }

  private step(label: string, recipe: (draft: DocumentDraft) => void): void {
    this.store.getState().edit(label, recipe)
    say(label)
  }

  /** As long as nobody has placed a node by hand, all are laid out of themselves, a new one too. */
  private placeFor(at: Point): Point | null {
    return this.document.sidecar.positions === undefined ? null : at
  }

  private drawn(): Record<string, Point> {
    return spotsOf(this.now())
  }

  /** A new node at a place that was pointed to; all others stay where they are drawn from now on. */
  readonly add = (type: string, at: Point): string => {
    let id = ''
    this.step(stepLabel.add(type), (draft) => {
      if (draft.sidecar.positions === undefined) setPositions(draft, this.drawn())
      id = addNode(draft, { type, at })
    })
    select([id])
    return id
  }

  /** A new node, wired to the socket that a wire was pulled from. */
  readonly addWired = (type: string, at: Point, wire: (id: string) => (WireEnd & WireTarget) | null): void => {
    let id = ''
    const place = this.placeFor(at)
    this.step(stepLabel.add(type), (draft) => {
      id = addNode(draft, { type, at: place })
      const made = wire(id)
      if (made !== null) connect(draft, made)
    })
    select([id])
    attendNode(id)
  }

  readonly connect = (wire: WireEnd & WireTarget): void =>
    this.step(stepLabel.connect(wire.source, wire.target), (draft) => connect(draft, wire))

  readonly connectThrough = (wire: WireEnd & WireTarget, insert: Insert, at: Point): void => {
    let id = ''
    const place = this.placeFor(at)
    this.step(stepLabel.insert(insert.type), (draft) => {
      id = connectThrough(draft, { ...wire, insert, at: place })
    })
    select([id])
  }

  readonly insertOnWire = (on: WireTarget, type: string, at: Point): void => {
    let id: string | null = null
    const place = this.placeFor(at)
    this.step(stepLabel.insert(type), (draft) => {
      id = insertOnWire(draft, { ...on, type, at: place })
      // It does not fit on the wire: it stands beside it, unwired.
      id ??= addNode(draft, { type, at: place })
    })
    if (id !== null) select([id])
  }

  /** A node that stands there already, dropped on a wire. */
  readonly thread = (on: WireTarget, id: string): void => {
    let done = false
    this.step(stepLabel.insert(id), (draft) => {
      done = threadNode(draft, { ...on, id })
    })
    if (!done) say('It does not fit on this wire')
  }

  readonly disconnect = (place: WireTarget): void =>
    this.step(stepLabel.disconnect(place.target), (draft) => disconnect(draft, place))

  readonly remove = (ids: readonly string[], wires: readonly WireTarget[]): void => {
    const nodes = ids.filter((id) => Object.hasOwn(this.document.tree.nodes, id))
    const places = wires.filter(({ target }) => !nodes.includes(target))
    const [place] = places
    if (nodes.length === 0 && place === undefined) return
    const label = nodes.length > 0 ? stepLabel.remove(nodes) : stepLabel.disconnect(place?.target ?? '')
    this.step(label, (draft) => {
      disconnectAll(draft, places)
      removeNodes(draft, nodes)
    })
    select([])
  }

  readonly duplicate = (ids: readonly string[]): void => {
    if (ids.length === 0) return
    let made: readonly string[] = []
    this.step(stepLabel.duplicate(ids), (draft) => {
      made = duplicateNodes(draft, ids)
    })
    select(made)
  }

  readonly textOf = (ids: readonly string[]): string => copyText(this.document, ids)

  readonly copy = async (ids: readonly string[]): Promise<void> => {
    const text = copyText(this.document, ids)
    if (text === '') return
    try {
      await navigator.clipboard.writeText(text)
      say(ids.length === 1 ? 'Copied' : `${ids.length} nodes copied`)
    } catch {
      notify({ tone: 'error', text: 'The browser did not let it be copied.', detail: 'Press Ctrl+C once more.' })
    }
  }

  readonly paste = (text: string, at: Point): void => {
    let pasted: ReturnType<typeof pasteText> = { ids: [], problems: [] }
    const isPlaced = this.placeFor(at) !== null
    this.store.getState().edit('Paste', (draft) => {
      pasted = pasteText(draft, text, at)
      if (!isPlaced) clearPositions(draft, 'all')
      else if (pasted.ids.length > 0) setPositions(draft, { ...this.drawn(), ...draft.sidecar.positions })
    })
    const [problem] = pasted.problems
    if (problem !== undefined) notify({ tone: 'error', text: 'This is no piece of a Play.', detail: problem.message })
    else {
      select(pasted.ids)
      say(`${pasted.ids.length} nodes pasted`)
    }
  }

  /** Moves are layout: they fold into one step and never bury an edit. */
  readonly move = (positions: Readonly<Record<string, Point>>): void => {
    const ids = Object.keys(positions)
    if (ids.length === 0) return
    this.store
      .getState()
      .edit(
        stepLabel.move(ids),
        (draft) =>
          setPositions(draft, { ...(draft.sidecar.positions === undefined ? this.drawn() : {}), ...positions }),
        { kind: 'layout' },
      )
  }

  readonly arrange = (): void => {
    this.store.getState().edit(
      stepLabel.arrange(),
      // Laid out of itself from now on, until somebody moves a node again.
      (draft) => clearPositions(draft, 'all'),
      { kind: 'layout' },
    )
    say('Arranged')
  }

  readonly align = (ids: readonly string[], edge: Edge): void => {
    const boxes = this.now().nodes.filter(({ view }) => ids.includes(view.id))
    this.move(
      align(
        boxes.map(({ view, at }) => ({ id: view.id, at, width: view.width, height: view.height })),
        edge,
      ),
    )
  }

  readonly rename = (from: string, to: string): string | null => {
    let problem: string | null = null
    this.store.getState().edit(stepLabel.rename(from, to), (draft) => {
      problem = renameNode(draft, { from, to })[0]?.message ?? null
    })
    if (problem === null) {
      select([to])
      attendNode(to)
    }
    return problem
  }

  readonly note = (id: string, text: string): void =>
    this.store
      .getState()
      .edit(stepLabel.note(id), (draft) => setNote(draft, { id, text }), { kind: 'layout', fold: `note:${id}` })

  readonly setValue = (node: string, key: string, value: Value | undefined): void => {
    const from = valueAt(this.document.tree, { node, key })
    const label = stepLabel.value({ node, key, from, to: value })
    this.store
      .getState()
      .edit(label, (draft) => void setValue(draft, { node, key, value }), { fold: `value:${node}.${key}` })
  }

  readonly setParam = (name: string, value: Scalar): void => {
    const from = this.document.tree.params?.[name]?.value
    this.store.getState().edit(stepLabel.param(name, from, value), (draft) => void setParam(draft, { name, value }), {
      fold: `param:${name}`,
    })
  }

  readonly setRange = (name: string, range: Range | null): void =>
    this.store
      .getState()
      .edit(stepLabel.range(name), (draft) => void setRange(draft, { name, range }), { fold: `range:${name}` })

  /** Makes a parameter of what stands at a place. A sentence why not, else null. */
  readonly promote = (of: Promotion): string | null => {
    let fault: string | null = null
    this.store.getState().edit(stepLabel.promote(of.name), (draft) => {
      fault = promoteAs(draft, of)
    })
    if (fault === null) say(stepLabel.promote(of.name))
    return fault
  }

  readonly shareParam = (node: string, key: string, name: string): void =>
    this.store.getState().edit(stepLabel.share(name, node), (draft) => void useParamAt(draft, { node, key, name }))

  /** A sentence why not, else null. */
  readonly renameParam = (from: string, to: string): string | null => {
    const fault = from === to ? null : paramNameFault(this.document.tree, to)
    if (from === to || fault !== null) return fault
    this.store
      .getState()
      .edit(stepLabel.rename(from, to), (draft) => void renameNode(draft, { from: `$${from}`, to: `$${to}` }))
    return null
  }

  /** A sentence why not, else null. */
  readonly addRule = (rule: Rule): string | null => {
    let fault: string | null = null
    this.store.getState().edit(stepLabel.rule(rule), (draft) => {
      fault = addRule(draft, rule)
    })
    return fault === null ? null : reasonWords(fault)
  }

  readonly removeRule = (rule: Rule): void =>
    this.store.getState().edit(stepLabel.removeRule(rule), (draft) => removeRule(draft, rule))

  readonly removeParam = (name: string): void =>
    this.store.getState().edit(stepLabel.removeParam(name), (draft) => removeParam(draft, name))

  readonly setRisk = (change: RiskChange, key: keyof RiskTree): void =>
    this.store.getState().edit(stepLabel.risk(), (draft) => void setRisk(draft, change), { fold: `risk:${key}` })

  /** A part of the risk that comes or goes: a step of its own. */
  readonly turnRisk = (label: string, change: RiskChange): void => {
    this.store.getState().edit(label, (draft) => void setRisk(draft, change))
    say(label)
  }

  readonly fix = (fix: Fix): void => {
    let done = false
    this.step(stepLabel.fix(fix.label), (draft) => {
      done = applyFixes(draft, fix)
    })
    if (!done) notify({ tone: 'error', text: 'This fix no longer fits the Play.' })
  }

  readonly side = (side: 'long' | 'short', to: SideChange): void => {
    const { foot } = this.now()
    const before = this.document
    let done = false
    this.store.getState().edit(stepLabel.side(side, to), (draft) => {
      done = setSide(draft, { side, to })
      // Nobody had placed anything: all is laid out anew, the new lanes with it.
      if (before.sidecar.positions === undefined) clearPositions(draft, 'all')
      else setPositions(draft, freshPositions(before, draft, foot))
    })
    if (done) say(stepLabel.side(side, to))
    else notify({ tone: 'error', text: 'One side must be written out by hand.', detail: 'Write the other side first.' })
  }
}

/** Places of nodes that an edit has just made, as they would stand of themselves, from `foot` down. */
const freshPositions = (before: PlayDocument, draft: DocumentDraft, [left, foot]: Point): Record<string, Point> => {
  const { positions: _, ...sidecar } = sidecarOf(draft)
  const all = drawnPlaces({ id: before.id, tree: treeOf(draft), sidecar })
  const fresh = Object.entries(all).filter(([id]) => !Object.hasOwn(before.tree.nodes, id))
  const top = Math.min(...fresh.map(([, [, y]]) => y))
  return Object.fromEntries(fresh.map(([id, [x, y]]): [string, Point] => [id, [x + left, y - top + foot + laneHead]]))
}
const laneHead = 50

export type Actions = CanvasActions
export const actionsOf = (store: DocumentStore, now: ModelNow): Actions => new CanvasActions(store, now)
