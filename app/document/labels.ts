// Plain words for the steps of the history: "Add EMA", "Stop ATR 2 → 2.5".
import { typeLabel } from '../../blocks/play/labels'
import type { Value } from '../../blocks/play/tree'
import type { Rule, RuleKind } from './edits/params'

/** A name of the document as people read it: `stop_atr` is "Stop atr". */
export const nameLabel = (id: string): string => {
  const words = id.replace(/^\$/, '').replaceAll('_', ' ')
  const side = { long: 'Long side', short: 'Short side', risk: 'Risk' }[words]
  return side ?? words.slice(0, 1).toUpperCase() + words.slice(1)
}

const many = (ids: readonly string[]): string => {
  const [first] = ids
  return ids.length === 1 && first !== undefined ? nameLabel(first) : `${ids.length} nodes`
}

const shown = (value: Value | undefined): string => {
  if (value === undefined) return 'default'
  if (typeof value === 'object') return 'changed'
  const text = typeof value === 'string' ? value.replace(/^\$/, '').replaceAll('_', ' ') : String(value)
  return text.replace(/^-/, '\u2212')
}

/** A number of a name: `of[1]` is "of 2", `0` is "first operand". */
const keyLabel = (key: string): string => {
  const operands = ['first operand', 'second operand', 'third operand']
  if (/^\d+$/.test(key)) return operands[Number(key)] ?? `operand ${Number(key) + 1}`
  const [, port, place] = /^(.*)\[(\d+)\]$/.exec(key) ?? []
  return (port === undefined ? key : `${port} ${Number(place) + 1}`).replaceAll('_', ' ')
}

const change = (what: string, from: Value | undefined, to: Value | undefined): string =>
  typeof from === 'object' || typeof to === 'object'
    ? `Change ${what.slice(0, 1).toLowerCase()}${what.slice(1)}`
    : `${what} ${shown(from)} \u2192 ${shown(to)}`

/** How one parameter must stand to another. */
export const ruleWords: Readonly<Record<RuleKind, string>> = {
  less: 'less than',
  at_most: 'at most',
  more: 'more than',
  at_least: 'at least',
}

export const stepLabel = {
  add: (type: string): string => `Add ${typeLabel(type)}`,
  remove: (ids: readonly string[]): string => `Delete ${many(ids)}`,
  duplicate: (ids: readonly string[]): string => `Duplicate ${many(ids)}`,
  rename: (from: string, to: string): string => `Rename ${nameLabel(from)} to ${nameLabel(to)}`,
  move: (ids: readonly string[]): string => `Move ${many(ids)}`,
  arrange: (): string => 'Arrange',
  note: (id: string): string => `Note on ${nameLabel(id)}`,
  connect: (source: string, target: string): string => `Wire ${nameLabel(source)} to ${nameLabel(target)}`,
  disconnect: (target: string): string => `Unwire ${nameLabel(target)}`,
  insert: (type: string): string => `Insert ${typeLabel(type)}`,
  value: (at: {
    readonly node: string
    readonly key: string
    readonly from: Value | undefined
    readonly to: Value | undefined
  }): string => change(`${nameLabel(at.node)} ${keyLabel(at.key)}`, at.from, at.to),
  param: (name: string, from: Value | undefined, to: Value | undefined): string => change(nameLabel(name), from, to),
  promote: (name: string): string => `Make ${nameLabel(name)} a parameter`,
  /** A parameter that is there already, at one more place. */
  share: (name: string, node: string): string => `Use ${nameLabel(name)} in ${nameLabel(node)}`,
  rule: ({ of, kind, than }: Rule): string => `${nameLabel(of)} ${ruleWords[kind]} ${nameLabel(than).toLowerCase()}`,
  removeRule: ({ of, than }: Rule): string => `Drop the rule of ${nameLabel(of)} and ${nameLabel(than).toLowerCase()}`,
  range: (name: string): string => `Range of ${nameLabel(name)}`,
  removeParam: (name: string): string => `Fix ${nameLabel(name)} as a number`,
  risk: (): string => 'Change risk',
  addRisk: (what: string): string => `Add ${what}`,
  removeRisk: (what: string): string => `Take ${what} away`,
  retitle: (title: string): string => `Rename to ${title}`,
  head: (key: string): string => `Change ${{ tf: 'timeframe', play: 'name' }[key] ?? keyLabel(key)}`,
  side: (side: 'long' | 'short', to: 'mirror' | 'none' | 'unfold' | 'write'): string =>
    ({
      mirror: `Mirror the ${side} side`,
      none: `No ${side} trades`,
      unfold: `Unfold the ${side} side`,
      write: `Write the ${side} side`,
    })[to],
  fix: (label: string): string => label.replaceAll('`', ''),
  fold: (name: string): string => `Make the Block ${nameLabel(name)}`,
  keep: (name: string): string => `Keep ${nameLabel(name)} in my library`,
  detach: (id: string): string => `Detach a copy of ${nameLabel(id)}`,
  upgrade: (to: string): string => `Use version ${to.split('@')[1] ?? ''} of ${typeLabel(to)}`,
  paste: (ids: readonly string[]): string => `Paste ${many(ids)}`,
  text: (): string => 'Edit text',
} as const
