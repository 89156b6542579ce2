// What a node shows: title, rows, fields, sockets and its size. Everything that can be known without a browser. Pure.
import { logicTypes } from '../../blocks/catalogue'
import type { LogicType } from '../../blocks/kit/logic'
import type { Param } from '../../blocks/kit/param'
import type { Letter } from '../../blocks/kit/socket'
import { timeframes } from '../../blocks/kit/timeframe'
import type { InputPlace, NodePlaces, OutputPlace } from '../../blocks/play/connect'
import type { GraphNode } from '../../blocks/play/graph'
import { typeLabel } from '../../blocks/play/labels'
import { parseTypeName } from '../../blocks/play/names'
import type { BlockTree, ParamTree, Value } from '../../blocks/play/tree'
import type { FieldView } from './fields'
import { between, nodeTitle, roleWords, sourceWords } from './words'

export interface InputView {
  readonly handle: string
  readonly label: string
  /** Of the wire that runs in, else of what may. */
  readonly letter: Letter
  readonly wired: boolean
  /** In plain words for screen readers and tooltips. */
  readonly accept: readonly Letter[]
}
export type RowView =
  | {
      readonly kind: 'port'
      readonly key: string
      readonly input: InputView | null
      readonly text: string
      readonly field: FieldView | null
    }
  | { readonly kind: 'field'; readonly key: string; readonly field: FieldView }
  | { readonly kind: 'rung'; readonly key: string; readonly no: number; readonly at: Value; readonly close: Value }

export interface OutputView {
  readonly name: string
  readonly handle: string | null
  readonly letter: Letter
  readonly wired: boolean
  /** Empty: the node's only output. */
  readonly label: string
}
export type Form = 'source' | 'indicator' | 'condition' | 'join' | 'role' | 'block'

export interface NodeView {
  readonly id: string
  /** As the document writes it: `ema`, `lib/no_chop@1`. */
  readonly type: string
  readonly form: Form
  readonly title: string
  /** The type in words where the title does not say it. */
  readonly hint: string | null
  readonly summary: string
  /** Icon key (icons.ts). */
  readonly icon: string
  /** The first input stands level with the header. */
  readonly headInput: InputView | null
  readonly headField: FieldView | null
  readonly rows: readonly RowView[]
  readonly outputs: readonly OutputView[]
  /** Sockets that are not shown: the button in the header opens them. */
  readonly more: number
  /** Settings at their defaults, reached by the button in the header. */
  readonly settings: readonly FieldView[]
  /** Stands on the value line where there is no value. */
  readonly foot: string
  readonly version: string | null
  readonly width: number
  readonly height: number
}

export const heights = { head: 26, row: 24, line: 22 } as const
/** Conditions are narrower than in the pictures: real Plays have more columns than those. */
const widths: Readonly<Record<Form, number>> = {
  source: 112,
  indicator: 132,
  condition: 198,
  join: 138,
  role: 138,
  block: 150,
}

/** Icon, stripe and gaps of a header. */
const headerAround = 48
/** Width of words at 12 px, near enough to decide what fits beside what. */
const width = (text: string): number => text.length * 6.4
/** A field in a header: its text, its frame, and a unit where it has one. */
const fieldWidth = (field: FieldView): number => {
  const value = field.param?.tree.value ?? field.value
  const text = typeof value === 'object' ? '' : String(value)
  return width(text) + (/\d$/.test(text) ? 14 : 26)
}

export interface NodeSource {
  readonly node: GraphNode
  readonly places: NodePlaces | null
  /** Wires into this node by handle. */
  readonly wires: ReadonlyMap<
    string,
    { readonly source: string; readonly output: string | null; readonly letter: Letter }
  >
  /** Outputs that a wire leaves from. */
  readonly used: ReadonlySet<string | null>
  /** Nodes that are plain bars: their outputs need no name in front. */
  readonly plain: ReadonlySet<string>
  readonly params: Readonly<Record<string, ParamTree>>
  readonly markets: readonly string[]
  readonly block: BlockTree | null
  /** All outputs and optional ports are shown. */
  readonly open: boolean
  /** Kinds that an input carries, for settings that name one. */
  readonly kindsAt: (port: string) => readonly string[]
}

export const logicTypeOf = (key: string): LogicType | null => {
  const name = parseTypeName(key)
  if (name?.kind !== 'logic') return null
  return logicTypes.find((one) => one.type === name.type && one.major === name.major) ?? null
}

const formOf = (type: LogicType | null): Form => {
  if (type === null) return 'block'
  if (type.family === 'sources' || (type.family === 'trade' && Object.keys(type.inputs).length === 0)) return 'source'
  if (type.family === 'roles') return 'role'
  if (type.family === 'comparison') return 'condition'
  if (type.family === 'logic' || type.family === 'time') return 'join'
  return 'indicator'
}

const isScalar = (value: Value | undefined): value is string | number | boolean =>
  value !== undefined && typeof value !== 'object'

class Builder {
  private readonly type: LogicType | null
  private readonly form: Form
  private readonly set: Readonly<Record<string, Value>>

  constructor(private readonly from: NodeSource) {
    this.type = logicTypeOf(from.node.data.type)
    this.form = formOf(this.type)
    this.set = from.node.data.set
  }

  field(of: Pick<FieldView, 'key' | 'label' | 'spec' | 'value'>, preset = false): FieldView {
    const { key, label, spec, value } = of
    const { params } = this.from
    const name = typeof value === 'string' && value.startsWith('$') ? value.slice(1) : null
    const tree = name === null ? undefined : params[name]
    return {
      key,
      label: name !== null && tree !== undefined ? name.replaceAll('_', ' ') : label,
      about: tree?.about ?? spec?.about ?? null,
      value,
      param: name === null || tree === undefined ? null : { name, tree },
      spec,
      choices: this.choices(spec),
      preset,
    }
  }

  private choices(spec: Param | null): readonly string[] | null {
    if (spec?.kind === 'choice') return spec.choices
    if (spec?.kind === 'market') return this.from.markets
    if (spec?.kind === 'timeframe') return timeframes
    if (spec?.kind === 'kind') return this.from.kindsAt(spec.of)
    return null
  }

  input(place: InputPlace): InputView {
    const wire = this.from.wires.get(place.handle)
    const letter = wire?.letter ?? place.accept[0] ?? 'N'
    return { handle: place.handle, label: place.label, letter, wired: place.wired, accept: place.accept }
  }

  /** What runs into a port, in words; a constant is a field beside it. */
  private portText(place: InputPlace): string {
    const wire = this.from.wires.get(place.handle)
    if (wire === undefined) return ''
    return sourceWords(wire.source, wire.output, this.from.plain.has(wire.source))
  }

  private constant(place: InputPlace): FieldView | null {
    const value = this.set[place.handle]
    return isScalar(value) ? this.field({ key: place.handle, label: place.label, spec: null, value }) : null
  }

  /** Ports that are shown: what is wired or set, what must be, and the first where there is nothing yet. */
  private shown(inputs: readonly InputPlace[]): readonly InputPlace[] {
    if (this.from.open) return inputs
    const filled = (place: InputPlace): boolean => place.wired || Object.hasOwn(this.set, place.handle)
    const kept = inputs.filter((place) => filled(place) || !place.optional)
    return kept.length > 0 ? kept : inputs.slice(0, 1)
  }

  /** Two operands are one sentence: "EMA fast above EMA slow". */
  private sentence(inputs: readonly InputPlace[]): RowView[] | null {
    const word = this.type === null ? null : between(this.type.type)
    const [left, right] = inputs
    if (word === null || left === undefined || right === undefined || inputs.length !== 2) return null
    const leftField = this.constant(left)
    const field = this.constant(right)
    const text = [
      this.portText(left) || (leftField === null ? '\u2026' : ''),
      word,
      field === null ? this.portText(right) || '\u2026' : '',
    ]
    const row: RowView = {
      kind: 'port',
      key: right.handle,
      input: this.input(right),
      text: text.join(' ').trim(),
      field,
    }
    // A constant in front is rare (`mul: [2, atr]`): it gets a row of its own.
    return leftField === null ? [row] : [{ kind: 'field', key: left.handle, field: leftField }, row]
  }

  private portRow(place: InputPlace): RowView {
    const text = this.portText(place)
    const field = this.constant(place)
    const isOpenPlace = place.list && !place.wired && field === null
    const label = isOpenPlace ? 'add one' : text === '' ? place.label : place.list ? text : `${place.label} ${text}`
    return { kind: 'port', key: place.handle, input: this.input(place), text: label, field }
  }

  private paramFields(): { readonly written: readonly FieldView[]; readonly settings: readonly FieldView[] } {
    const params: Readonly<Record<string, Param>> = this.type?.params ?? {}
    const written: FieldView[] = []
    const settings: FieldView[] = []
    for (const [key, spec] of Object.entries(params)) {
      if (spec.kind === 'steps') continue
      const value = this.set[key]
      const label = key.replaceAll('_', ' ')
      if (isScalar(value)) {
        // The only market of a Play need not be named on each of its sources.
        const silent = spec.kind === 'market' && this.from.markets.length < 2
        if (!silent) written.push(this.field({ key, label, spec, value }))
      } else if (spec.preset !== undefined || spec.optional === true || spec.kind === 'kind')
        settings.push(this.field({ key, label, spec, value: spec.preset ?? '' }, true))
      else written.push(this.field({ key, label, spec, value: '' }))
    }
    return { written, settings }
  }

  /** Parameters of a Block as it declares them. */
  private blockFields(block: BlockTree): {
    readonly written: readonly FieldView[]
    readonly settings: readonly FieldView[]
  } {
    const all = Object.entries(block.params ?? {}).map(([key, param]) => {
      const value = this.set[key]
      const isSet = isScalar(value)
      const field = this.field(
        { key, label: key.replaceAll('_', ' '), spec: null, value: isSet ? value : param.value },
        !isSet,
      )
      return { ...field, about: param.about ?? null }
    })
    return { written: all.filter(({ preset }) => !preset), settings: all.filter(({ preset }) => preset) }
  }

  private rungs(): readonly RowView[] {
    const steps = this.set.steps
    if (!Array.isArray(steps)) return []
    return steps.map((step: Value, no): RowView => {
      const { at = '', close = '' } =
        typeof step === 'object' && !Array.isArray(step) ? (step as Record<string, Value>) : {}
      return { kind: 'rung', key: `rung ${no}`, no, at, close }
    })
  }

  private outputs(): { readonly shown: readonly OutputView[]; readonly hidden: number } {
    const all = this.from.places?.outputs ?? []
    const view = (place: OutputPlace): OutputView => ({
      name: place.name,
      handle: place.handle,
      letter: place.socket?.letter ?? place.letters[0] ?? 'N',
      wired: this.from.used.has(place.handle),
      label:
        all.length === 1
          ? ''
          : place.name === ''
            ? place.socket?.letter === 'W'
              ? 'swings'
              : 'bars'
            : place.name.replaceAll('_', ' '),
    })
    const isUsed = ({ handle }: OutputPlace): boolean => this.from.used.has(handle)
    const wanted = this.from.open || !all.some(isUsed) ? (this.from.open ? all : all.slice(0, 6)) : all.filter(isUsed)
    return { shown: wanted.map(view), hidden: all.length - wanted.length }
  }

  build(): NodeView {
    const { node, places, block } = this.from
    const type = node.data.type
    const inputs = this.shown(places?.inputs ?? [])
    const hiddenInputs = (places?.inputs ?? []).length - inputs.length
    const { written, settings } = block === null ? this.paramFields() : this.blockFields(block)
    const sentence = this.sentence(inputs)
    const [first] = inputs
    const rungs = this.rungs()
    // One port and one value: both stand in the header, and there are no rows.
    const simple = sentence === null && inputs.length <= 1 && written.length <= 1 && rungs.length === 0
    const firstField = first === undefined ? null : this.constant(first)
    const only = written[0] ?? firstField
    const title = nodeTitle(node.id, type)
    const room = widths[this.form] - headerAround - width(title)
    const inHeader =
      simple && (firstField === null || written.length === 0) && (only === null || room >= fieldWidth(only))
    const head = inHeader ? only : null
    const keepHead = first !== undefined && !this.isList(first)
    const rest = sentence !== null ? [] : keepHead ? inputs.slice(1) : inputs
    const rows: readonly RowView[] = [
      ...(sentence ?? []),
      ...(sentence === null && !inHeader && keepHead ? [this.portOnHead(first)] : []).flat(),
      ...rest.map((place) => this.portRow(place)),
      ...(inHeader ? [] : written.map((field): RowView => ({ kind: 'field', key: field.key, field }))),
      ...rungs,
    ]
    const outputs = this.outputs()
    const more = outputs.hidden + hiddenInputs
    const label = typeLabel(type)
    const titleSays = title.toLowerCase().includes(label.toLowerCase()) || sentence !== null || room < width(label) + 22
    return {
      id: node.id,
      type,
      form: this.form,
      title,
      hint: titleSays ? null : label,
      summary: this.type?.summary ?? block?.about ?? 'This type is not known here.',
      icon: this.type === null ? (block?.role ?? 'block') : this.type.type,
      headInput: first !== undefined && keepHead ? this.input(first) : null,
      headField: head,
      rows,
      more,
      outputs: outputs.shown,
      settings,
      foot: this.type?.family === 'roles' ? roleWords(this.type.type, this.set) : this.blockFoot(),
      version: block === null ? null : `v${block.version}`,
      ...sizeOf(this.form, rows, outputs.shown.length),
    }
  }

  private isList(place: InputPlace): boolean {
    return place.list
  }

  /** The first port has its socket on the header; a constant there is a field in a row of its own. */
  private portOnHead(place: InputPlace): RowView[] {
    const field = this.constant(place)
    return field === null ? [] : [{ kind: 'field', key: place.handle, field }]
  }

  private blockFoot(): string {
    const { block } = this.from
    if (block === null) return ''
    const count = Object.keys(block.nodes).length
    return `${count} node${count === 1 ? '' : 's'} inside`
  }
}

const sizeOf = (form: Form, rows: readonly RowView[], lines: number) => ({
  width: rows.some(({ kind }) => kind === 'rung') ? widths.condition : widths[form],
  height: heights.head + rows.length * heights.row + Math.max(1, lines) * heights.line + 2,
})

export const nodeView = (from: NodeSource): NodeView => new Builder(from).build()

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

/** The socket that both sides of a comparison carry. */
export const socketLetterOfOperands = ({ headInput, rows }: Pick<NodeView, 'headInput' | 'rows'>): Letter =>
  headInput?.letter ??
  rows.flatMap((row) => (row.kind === 'port' && row.input !== null ? [row.input.letter] : []))[0] ??
  'N'
