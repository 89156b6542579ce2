// The graph as an outline for reading: each lane with its nodes in the order of the text. Pure.
import type { FieldView } from '../canvas/fields'
import { laneKey } from '../canvas/lanes'
import type { CanvasModel, PlacedNode, Role } from '../canvas/model'
import type { NodeView, RowView } from '../canvas/nodeParts'
import { literalWords } from '../canvas/words'

export interface OutlinePart {
  readonly key: string
  readonly title: string
  readonly about: string
  readonly role: Role
  readonly nodes: readonly PlacedNode[]
}

const fieldWords = ({ label, value, param, spec }: FieldView): string => {
  const words = literalWords(param === null ? value : param.tree.value)
  const said = spec?.kind === 'bars' && /^\d+$/.test(words) ? `${words} ${words === '1' ? 'bar' : 'bars'}` : words
  return label === '' ? said : `${label} ${said}`
}

const rowWords = (row: RowView): string => {
  if (row.kind === 'rung') return `${literalWords(row.close)} at ${literalWords(row.at)}`
  if (row.kind === 'field') return fieldWords(row.field)
  const words = row.text === '' ? (row.input?.wired === true ? row.input.label : '') : row.text
  const field = row.field === null ? '' : fieldWords({ ...row.field, label: '' })
  return [words, field].filter((one) => one !== '').join(' ')
}

/** What stands on a node, in one line. */
export const nodeWords = ({ headField, rows, foot }: Pick<NodeView, 'headField' | 'rows' | 'foot'>): string =>
  [...(headField === null ? [] : [fieldWords(headField)]), ...rows.map(rowWords), foot]
    .filter((words) => words !== '')
    .join(', ')

/** What stands in no lane comes first; lanes without a node are left out. */
export const outlineOf = ({ nodes, lanes }: Pick<CanvasModel, 'nodes' | 'lanes'>): readonly OutlinePart[] => {
  const placed = new Set(lanes.flatMap((lane) => lane.nodes))
  const parts = lanes.map(({ lane, role, nodes: ids }): OutlinePart => {
    const own = new Set(ids)
    const { title, about } = lane
    return { key: laneKey(lane), title, about, role, nodes: nodes.filter(({ view }) => own.has(view.id)) }
  })
  const rest = nodes.filter(({ view }) => !placed.has(view.id))
  const shared: OutlinePart = {
    key: 'shared',
    title: 'Shared',
    about: 'read by several lanes, or by none',
    role: 'none',
    nodes: rest,
  }
  return [shared, ...parts].filter((part) => part.nodes.length > 0)
}
