// How large a node is and where its sockets sit: every word at its natural width, so that nothing is cut. Pure.
import { type FieldView, numberOf, shownUnit } from './fields'
import type { Form, NodeView, OutputView, RowView } from './nodeParts'
import { textWidth } from './textWidth'
import { literalWords } from './words'

export const heights = { head: 26, row: 24, line: 22 } as const

/** Narrower than this a form does not become; real Plays have more columns than the pictures, so these are slim. */
const least: Readonly<Record<Form, number>> = {
  source: 92,
  indicator: 112,
  condition: 168,
  join: 92,
  role: 104,
  block: 120,
}
/** Wider than this none becomes: a longer name is cut, and whole in its tooltip. */
const most = 264

/** With the frame of the node, and a pixel for what the table rounds. */
const head = { stripe: 11, icon: 13, gap: 6, end: 8, button: 16, size: 12 } as const
const body = { start: 13, end: 9, gap: 6, size: 11.5 } as const

/** A field with its frame, as wide as what stands in it. */
export const fieldWidth = (field: FieldView, isTight = false): number => {
  const scalar = field.param?.tree.value ?? field.value
  if (typeof scalar === 'object') return 0
  if (field.choices !== null) return textWidth(String(scalar).replaceAll('_', ' '), body.size) + 34
  if (typeof scalar === 'boolean' || field.spec?.kind === 'flag') return 18
  const shown = numberOf(scalar)
  if (shown === null) return 66
  const unit = shownUnit(field, isTight)
  // Frame and padding; the button of the search range has no width before the mouse is there.
  const around = 15 + (unit === null ? 0 : 6 + textWidth(unit, body.size))
  return Math.max(16, textWidth(String(shown.value), body.size)) + around
}

/**
 * The header with all that stands in it but the hint, for which no room is made, and the buttons that come with the mouse.
 */
export const headWidth = (view: Pick<NodeView, 'title' | 'headField' | 'version' | 'form'>): number => {
  const extras = [
    view.headField === null ? 0 : fieldWidth(view.headField, true),
    view.version === null ? 0 : textWidth(view.version, 11) + 14,
    view.form === 'block' ? head.button : 0,
  ].filter((extra) => extra > 0)
  const gaps = extras.length + 1
  const sum = extras.reduce((all, extra) => all + extra, 0)
  return head.stripe + head.icon + textWidth(view.title, head.size, true) + sum + gaps * head.gap + head.end
}

export const hintWidth = (hint: string): number => textWidth(hint, 10.5) + head.gap

const amountWidth = (value: RowView & { kind: 'rung' }, key: 'at' | 'close'): number => {
  const one = value[key]
  const shown = typeof one === 'object' ? null : numberOf(one)
  if (shown === null) return textWidth(literalWords(one), body.size)
  const unit = shown.unit === null ? 0 : 6 + textWidth(shown.unit, body.size)
  return Math.max(16, textWidth(String(shown.value), body.size)) + 17 + unit
}

const rowWidth = (row: RowView): number => {
  const { start, end, gap, size } = body
  if (row.kind === 'rung') {
    const buttons = 30
    return start + amountWidth(row, 'close') + textWidth('at', size) + amountWidth(row, 'at') + buttons + 3 * gap + end
  }
  const label = row.kind === 'field' ? row.field.label : row.text
  const field = row.field === null ? 0 : gap + fieldWidth(row.field)
  return start + textWidth(label, size) + field + end
}

/** Room for a price of five figures; a longer one takes it from its label. */
const valueRoom = 44
const lineWidth = ({ label }: OutputView, foot: string): number => {
  const text = label === '' ? textWidth(foot, body.size) : textWidth(label, body.size) + body.gap + valueRoom
  return body.start + text + 10
}

/** Widths go by steps: columns of nodes look even. */
const step = 2

export const sizeOf = (
  view: Omit<NodeView, 'width' | 'height'>,
): { readonly width: number; readonly height: number } => {
  const wanted = Math.max(
    least[view.form],
    headWidth(view),
    ...view.rows.map(rowWidth),
    ...view.outputs.map((output) => lineWidth(output, view.foot)),
  )
  return {
    width: Math.min(most, Math.ceil(wanted / step) * step),
    height: heights.head + view.rows.length * heights.row + Math.max(1, view.outputs.length) * heights.line + 2,
  }
}

/** Room for words on the value line of a node, beside its verdict. */
export const lineRoom = (view: Pick<NodeView, 'width'>, hasVerdict: boolean): number =>
  view.width - body.start - 12 - (hasVerdict ? 14 + body.gap : 0)

/** Heights of sockets from the top of the node. */
export const socketYs = (view: Pick<NodeView, 'headInput' | 'rows' | 'outputs'>) => {
  const inputs = new Map<string, number>()
  const outputs = new Map<string | null, number>()
  if (view.headInput !== null) inputs.set(view.headInput.handle, heights.head / 2)
  view.rows.forEach((row, i) => {
    if (row.kind === 'port' && row.input !== null) inputs.set(row.input.handle, heights.head + heights.row * (i + 0.5))
  })
  view.outputs.forEach(({ handle }, i) => {
    outputs.set(handle, heights.head + heights.row * view.rows.length + heights.line * (i + 0.5) + 1)
  })
  return { inputs, outputs }
}
