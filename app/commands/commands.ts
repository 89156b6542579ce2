// All that can be found or done, as data: what it is called, its key, and what it does. Pure but for what it is handed.
import { timeframes } from '../../blocks/kit/timeframe'
import { typeLabel } from '../../blocks/play/labels'
import { typeOf } from '../../blocks/play/references'
import { nodeOrder } from '../../blocks/play/text/order'
import { type CanvasAction, canvasKeys } from '../canvas/keys'
import { shelvesOf } from '../canvas/offers'
import { nameLabel } from '../document/labels'
import type { Listed } from '../document/storage'
import type { DocumentState } from '../document/store'
import type { Own } from '../library/own'
import { type MarketChoice, marketWord, venueOf } from '../workbench/markets'
import type { BarMenu } from '../workbench/menus'
import type { EvidenceTab, Face } from '../workbench/view'
import { canvasKey } from './keys'

export interface Command {
  readonly id: string
  readonly group: string
  readonly label: string
  /** Also searched, and shown smaller. */
  readonly about?: string
  readonly key?: string
  readonly run: () => void
}

/** What commands act through. */
export interface Doers {
  readonly undo: () => void
  readonly redo: () => void
  readonly face: (face: Face) => void
  readonly tab: (tab: EvidenceTab) => void
  readonly add: (type: string) => void
  readonly go: (node: string) => void
  readonly open: (path: string) => void
  readonly theme: () => void
  /** Opens a menu of the bar above. */
  readonly menu: (menu: BarMenu) => void
  readonly trade: (market: string) => void
  readonly decideOn: (tf: string) => void
  readonly duplicate: () => void
  readonly begin: () => void
  /** Presses a key of the graph, or of the workbench. */
  readonly press: (key: string, onGraph: boolean) => void
}

const faces: readonly (readonly [Face, string])[] = [
  ['graph', 'Show the graph'],
  ['text', 'Show the text'],
  ['words', 'Show the words'],
]
const tabs: readonly (readonly [EvidenceTab, string])[] = [
  ['trades', 'Show the trades'],
  ['equity', 'Show the equity'],
  ['distribution', 'Show the distribution'],
  ['funnel', 'Show the funnel'],
  ['months', 'Show the months'],
  ['costs', 'Show the costs'],
]

const viewCommands = (doers: Doers): readonly Command[] => [
  ...faces.map(([face, label]) => ({ id: `face ${face}`, group: 'Show', label, run: () => doers.face(face) })),
  ...tabs.map(([tab, label]) => ({ id: `tab ${tab}`, group: 'Show', label, run: () => doers.tab(tab) })),
  { id: 'theme', group: 'Show', label: 'Change between dark and light', about: 'theme', run: doers.theme },
  { id: 'help', group: 'Show', label: 'Show all keys', about: 'help', key: '?', run: () => doers.press('?', false) },
]

/** These the browser does with its own clipboard, or they say nothing without the list they stand in. */
const notHere: readonly CanvasAction[] = ['copy', 'cut', 'paste', 'clear', 'search', 'upstream', 'downstream']
/** These need a node that is chosen. */
const onNode: readonly CanvasAction[] = [
  ...(['connect', 'rename', 'note', 'delete', 'duplicate', 'inside'] as const),
  ...(['fold', 'keep', 'detach', 'upgrade'] as const),
]
/** These change nothing. */
const looking: readonly CanvasAction[] = ['selectAll', 'fit', 'zoomIn', 'zoomOut', 'inside', 'back']

const graphCommands = (doers: Doers, { chosen, readOnly }: Standing): readonly Command[] =>
  [...new Set(canvasKeys.map(({ action }) => action))]
    .filter((action) => !notHere.includes(action))
    .filter((action) => chosen || !onNode.includes(action))
    .filter((action) => !readOnly || looking.includes(action))
    .map((action) => {
      const key = canvasKey(action) ?? ''
      const label = canvasKeys.find((one) => one.action === action)?.label ?? ''
      return { id: `graph ${action}`, group: 'Graph', label, key, run: () => doers.press(key, true) }
    })

const editCommands = (doers: Doers, { history, readOnly }: Standing): readonly Command[] => {
  const last = history.steps[history.at - 1]
  const next = history.steps[history.at]
  const undo: Command[] =
    last === undefined || readOnly
      ? []
      : [{ id: 'undo', group: 'Play', label: `Undo: ${last.label}`, key: 'Mod+z', run: doers.undo }]
  const redo: Command[] =
    next === undefined || readOnly
      ? []
      : [{ id: 'redo', group: 'Play', label: `Redo: ${next.label}`, key: 'Mod+Shift+Z', run: doers.redo }]
  return [
    ...undo,
    ...redo,
    { id: 'export', group: 'Play', label: 'Export as a file', key: 'Mod+s', run: () => doers.press('Mod+s', false) },
    {
      id: 'versions',
      group: 'Play',
      label: 'Keep a version',
      about: 'versions, notes, bring one back',
      run: () => doers.menu('versions'),
    },
    { id: 'duplicate', group: 'Play', label: 'Duplicate this Play', run: doers.duplicate },
    { id: 'new', group: 'Play', label: 'New Play', about: 'empty', run: doers.begin },
    { id: 'home', group: 'Play', label: 'All Plays', about: 'home, examples, import', run: () => doers.open('/') },
  ]
}

/** What a run goes over and costs. */
const runCommands = (doers: Doers, { document, readOnly, markets }: Standing): readonly Command[] => {
  const { tree } = document
  const change: readonly Command[] = readOnly
    ? []
    : [
        ...markets
          .filter(({ id }) => id !== tree.markets.main)
          .map(({ id, synthetic }) => ({
            id: `trade ${id}`,
            group: 'Run',
            label: `Trade ${marketWord(id)}`,
            about: synthetic ? 'market, synthetic' : `market, ${venueOf(id)}`,
            run: () => doers.trade(id),
          })),
        ...timeframes
          .filter((tf) => tf !== tree.tf)
          .map((tf) => ({
            id: `tf ${tf}`,
            group: 'Run',
            label: `Decide on ${tf} bars`,
            about: 'timeframe',
            run: () => doers.decideOn(tf),
          })),
      ]
  return [
    { id: 'range', group: 'Run', label: 'Change the range', about: 'from, to, days', run: () => doers.menu('range') },
    {
      id: 'costs',
      group: 'Run',
      label: 'Change costs and equity',
      about: 'fees, slippage, latency, margin',
      run: () => doers.menu('costs'),
    },
    ...change,
  ]
}

const nodeCommands = (doers: Doers, { document }: Standing): readonly Command[] =>
  nodeOrder(document.tree.nodes, document.sidecar.order).map((id) => {
    const node = document.tree.nodes[id]
    const about = node === undefined ? id : `${typeLabel(typeOf(node)[0])} · ${id}`
    return { id: `node ${id}`, group: 'Go to', label: nameLabel(id), about, run: () => doers.go(id) }
  })

const addCommands = (doers: Doers, { document, readOnly, own }: Standing): readonly Command[] =>
  readOnly
    ? []
    : shelvesOf(document.tree.blocks, own).flatMap(({ offers }) =>
        offers.map(({ type, label, about }) => ({
          id: `add ${type}`,
          group: 'Add',
          label,
          about,
          run: () => doers.add(type),
        })),
      )

const playCommands = (doers: Doers, { plays, document }: Standing): readonly Command[] =>
  plays
    .filter(({ id }) => id !== document.id)
    .map(({ id, title, markets, tf }) => ({
      id: `play ${id}`,
      group: 'Open',
      label: title,
      about: [...markets, tf].join(' '),
      run: () => doers.open(`/play/${id}`),
    }))

/** How things stand now. */
export interface Standing extends Pick<DocumentState, 'document' | 'history' | 'readOnly'> {
  /** A node of the document is selected. */
  readonly chosen: boolean
  readonly plays: readonly Listed[]
  /** Blocks of the trader's own. */
  readonly own: Own
  /** That there are bars of, made up or real. */
  readonly markets: readonly Pick<MarketChoice, 'id' | 'synthetic'>[]
}

export const commandsOf = (doers: Doers, standing: Standing): readonly Command[] => [
  ...editCommands(doers, standing),
  ...viewCommands(doers),
  ...runCommands(doers, standing),
  ...nodeCommands(doers, standing),
  ...addCommands(doers, standing),
  ...playCommands(doers, standing),
  ...graphCommands(doers, standing),
]

export interface CommandGroup {
  readonly title: string
  readonly commands: readonly Command[]
}

/** Commands with all words of the query, best first; groups in the order of their best. */
export const foundIn = (commands: readonly Command[], query: string): readonly CommandGroup[] => {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const rank = ({ label, about = '', group }: Command): number => {
    const name = label.toLowerCase()
    const all = `${group} ${name} ${about}`.toLowerCase()
    if (words.some((word) => !all.includes(word))) return -1
    if (words.length > 0 && name.startsWith(words[0] ?? '')) return 0
    return words.every((word) => name.includes(word)) ? 1 : 2
  }
  const ranked = commands
    .map((command) => ({ command, place: rank(command) }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.place - b.place)
  const groups = new Map<string, Command[]>()
  for (const { command } of ranked) {
    const group = groups.get(command.group)
    if (group === undefined) groups.set(command.group, [command])
    else group.push(command)
  }
  return [...groups].map(([title, all]) => ({ title, commands: all }))
}
