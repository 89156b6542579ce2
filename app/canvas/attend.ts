// Who the keyboard goes to next: asked for by whatever adds or finds something, done by the canvas (useAttend.ts).
import { create } from 'zustand'

export type Attended =
  | { readonly kind: 'none' }
  | { readonly kind: 'node'; readonly id: string }
  /** The field at a place of a node, all of it chosen. */
  | { readonly kind: 'field'; readonly id: string; readonly key: string }
  /** The first field of the risk, below the lanes. */
  | { readonly kind: 'risk' }

export const attended = create<Attended>()((): Attended => ({ kind: 'none' }))

export const attendNode = (id: string): void => attended.setState({ kind: 'node', id }, true)
export const attendField = (id: string, key: string): void => attended.setState({ kind: 'field', id, key }, true)
export const attendRisk = (): void => attended.setState({ kind: 'risk' }, true)
