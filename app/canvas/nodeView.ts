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
import type { BlockTree, ParamTree, Scalar, Value } from '../../blocks/play/tree'
import type { FieldView } from './fields'
import type { BlockInput } from './inside'
import type { Form, InputView, NodeView, OutputView, RowView } from './nodeParts'
import { headWidth, hintWidth, sizeOf } from './nodeSize'
import { between, nodeTitle, roleWords, sourceWords, titleOf } from './words'

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
  /** The name that stands for an operand that is not wired yet. */
  readonly openOperand: string
  /** Kinds that an input carries, for settings that name one. */
  readonly kindsAt: (port: string) => readonly string[]
  /** The number that a place without a wire may begin with; null: none may stand there. */
  readonly startAt: (handle: string) => Scalar | null
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

const ordinals: readonly string[] = ['first', 'second', 'third']

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
      // A port's constant is known by its parameter; a setting keeps the type's own word for it.
      label: name !== null && tree !== undefined && spec === null ? name.replaceAll('_', ' ') : label,
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
    // What comes from outside of a Block is a wire that the checker does not see here.
    const wired = place.wired || wire !== undefined
    return { handle: place.handle, label: place.label, letter, wired, accept: place.accept }
  }

  /** What runs into a port, in words; a constant is a field beside it. */
  private portText(place: InputPlace): string {
    const wire = this.from.wires.get(place.handle)
    if (wire === undefined) return ''
    return sourceWords(wire.source, wire.output, this.from.plain.has(wire.source))
  }

  private constant(place: InputPlace): FieldView | null {
    // Inside a Block the name of an input stands there: a wire, and no constant.
    if (this.from.wires.has(place.handle)) return null
    const value = this.set[place.handle]
    const isOpen = value === this.from.openOperand
    return isScalar(value) && !isOpen ? this.field({ key: place.handle, label: place.label, spec: null, value }) : null
  }

  /** Ports that are shown: what is wired or set, what must be, and the first where there is nothing yet. */
  private shown(inputs: readonly InputPlace[]): readonly InputPlace[] {
    if (this.from.open) return inputs
    const filled = (place: InputPlace): boolean => place.wired || Object.hasOwn(this.set, place.handle)
    const kept = inputs.filter((place) => filled(place) || !place.optional)
    return kept.length > 0 ? kept : inputs.slice(0, 1)
  }

  private starts(inputs: readonly InputPlace[]): NodeView['starts'] {
    return inputs.flatMap((place) => {
      const isFilled = this.input(place).wired || this.constant(place) !== null
      const value = isFilled ? null : this.from.startAt(place.handle)
      if (value === null) return []
      // Operands have no names of their own.
      const label = /^\d+$/.test(place.handle) ? `${ordinals[Number(place.handle)] ?? 'next'} operand` : place.label
      return [{ key: place.handle, label, value }]
    })
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
    const outputs = this.outputs()
    const title = nodeTitle(node.id, type)
    const firstField = first === undefined ? null : this.constant(first)
    const keepHead = first !== undefined && !first.list
    const plain = {
      id: node.id,
      type,
      form: this.form,
      title,
      summary: this.type?.summary ?? this.blockSummary(),
      icon: this.type === null ? (block?.role ?? 'block') : this.type.type,
      headInput: first !== undefined && keepHead ? this.input(first) : null,
      headField: written[0] ?? firstField,
      more: outputs.hidden + hiddenInputs,
      outputs: outputs.shown,
      settings,
      starts: this.starts(inputs),
      foot: this.type?.family === 'roles' ? roleWords(this.type.type, this.set) : this.blockFoot(),
      // Of a Block of the Play there is only the one that it has.
      version: block === null || node.data.type.startsWith('here/') ? null : `v${block.version}`,
    }
    // One port and one value: both stand in the header where there is room, and there are no rows.
    const simple = sentence === null && inputs.length <= 1 && written.length <= 1 && rungs.length === 0
    const inHeader = simple && (firstField === null || written.length === 0) && headWidth(plain) <= simpleMost
    const rest = sentence !== null ? [] : keepHead ? inputs.slice(1) : inputs
    const rows: readonly RowView[] = [
      ...(sentence ?? []),
      ...(sentence === null && !inHeader && keepHead ? this.portOnHead(first) : []),
      ...rest.map((place) => this.portRow(place)),
      ...(inHeader ? [] : written.map((field): RowView => ({ kind: 'field', key: field.key, field }))),
      ...rungs,
    ]
    const view = { ...plain, headField: inHeader ? plain.headField : null, rows, hint: null }
    const size = sizeOf(view)
    return { ...view, hint: this.hint(view, size.width), ...size }
  }

  /** The type beside the title, where the title does not say it and there is room. */
  private hint(view: Omit<NodeView, 'width' | 'height'>, width: number): string | null {
    const label = typeLabel(view.type)
    const says = view.title.toLowerCase().includes(label.toLowerCase())
    const room = width - headWidth(view)
    return says || view.headField !== null || room < hintWidth(label) ? null : label
  }

  /** The first port has its socket on the header; a constant there is a field in a row of its own. */
  private portOnHead(place: InputPlace): RowView[] {
    const field = this.constant(place)
    return field === null ? [] : [{ kind: 'field', key: place.handle, field }]
  }

  private blockSummary(): string {
    const { block, node } = this.from
    if (block === null) return 'This type is not known here.'
    return block.about ?? block.title ?? typeLabel(node.data.type)
  }

  private blockFoot(): string {
    const { block } = this.from
    if (block === null) return ''
    const count = Object.keys(block.nodes).length
    return `${count} node${count === 1 ? '' : 's'} inside`
  }
}

/** A simple node that would be wider than this gets a row for its value. */
const simpleMost = 148

/** What comes into a Block from outside, as a source that has no type. */
export const inputView = ({ name, letter, word }: BlockInput): NodeView => {
  const view = {
    id: name,
    type: '',
    form: 'source',
    title: titleOf(name),
    hint: null,
    summary: 'It comes into this Block from outside.',
    icon: 'wire',
    headInput: null,
    headField: null,
    rows: [],
    outputs: [{ name: '', handle: null, letter, wired: true, label: word }],
    more: 0,
    settings: [],
    starts: [],
    foot: '',
    version: null,
  } as const
  return { ...view, ...sizeOf(view) }
}

export const nodeView = (from: NodeSource): NodeView => new Builder(from).build()

/** The socket that both sides of a comparison carry. */
export const socketLetterOfOperands = ({ headInput, rows }: Pick<NodeView, 'headInput' | 'rows'>): Letter =>
  headInput?.letter ??
  rows.flatMap((row) => (row.kind === 'port' && row.input !== null ? [row.input.letter] : []))[0] ??
  'N'
