// What a node is drawn from: its rows, sockets and sizes, as plain data.
import type { Letter } from '../../blocks/kit/socket'
import type { Scalar, Value } from '../../blocks/play/tree'
import type { FieldView } from './fields'

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
  /** Places without a wire where a number may stand, with the one to begin with. */
  readonly starts: readonly { readonly key: string; readonly label: string; readonly value: Scalar }[]
  /** Stands on the value line where there is no value. */
  readonly foot: string
  readonly version: string | null
  readonly width: number
  readonly height: number
}
