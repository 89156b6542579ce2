// Links: follows references through Blocks and their inputs to one output of one logic node, or to a literal.
import type { LogicType } from '../../kit/logic'
import { openOperand, parseReference } from '../names'
import type { Scalar, Value } from '../tree'
import { own, roleLetters } from '../words'
import { readBody } from './body'
import { type Entry, type LogicEntry, maxDepth, paramOf, type Space } from './expand'
import { didYouMean, nearestAdvice } from './nearest'
import { type Advice, type Place, type Report, setFix } from './report'

/** What a value of an input port is. */
export type Source =
  | {
      readonly kind: 'wire'
      readonly entry: LogicEntry
      readonly output: string
      /** As written at `place`. */
      readonly text: string
      readonly place: Place
    }
  | {
      readonly kind: 'literal'
      readonly written: Scalar
      /** Other values that the parameter behind it may take, and its name. */
      readonly also: readonly Scalar[]
      readonly param: string | null
      readonly place: Place
    }

export interface Setting {
  readonly value: Value
  readonly place: Place
  readonly space: Space
}
/** A logic node with its values found; `ports` hold null where a problem was reported. */
export interface Draft {
  readonly entry: LogicEntry
  readonly space: Space
  readonly ports: Readonly<Record<string, readonly (Source | null)[]>>
  readonly params: Readonly<Record<string, Setting>>
  /** False: something here is wrong and said already; what hangs on it is not judged. */
  readonly sound: boolean
}

const miss = (code: 'unknown_node' | 'unknown_output' | 'needs_output', message: string, advice: Advice = {}) => ({
  code,
  message,
  advice,
})
type Miss = ReturnType<typeof miss>
type Found = { readonly source: Source } | { readonly miss: Miss } | 'said'

const staticLetter = (type: LogicType, output: string): string | undefined => {
  const socket = own(type.outputs, output)?.socket
  return socket === undefined || typeof socket === 'function' ? undefined : socket.letter
}

export class Linker {
  constructor(private readonly report: Report) {}

  /** The source of a value at a port, or null after saying what is wrong. */
  source(value: Value, place: Place, space: Space): Source | null {
    if (typeof value === 'object' || typeof value === 'boolean') {
      this.report.add('bad_value', place, { message: 'a port takes a reference, a literal or a $parameter' })
      return null
    }
    if (typeof value === 'string' && value.startsWith('$')) {
      const bound = paramOf(space, value, { at: place, report: this.report })
      return bound && { kind: 'literal', written: bound.written, also: bound.also, param: value, place }
    }
    const reference = typeof value === 'string' ? parseReference(value) : null
    if (typeof value === 'number' || reference === null || value === 'rest')
      return { kind: 'literal', written: value, also: [], param: null, place }
    return this.reference(String(value), place, space)
  }

  reference(text: string, place: Place, space: Space): Source | null {
    const found = this.find(text, { space, place, depth: 0 })
    if (found === 'said') return null
    if ('source' in found)
      return found.source.kind === 'wire' ? { ...found.source, text, place } : { ...found.source, place }
    this.report.add(found.miss.code, place, { message: found.miss.message, ...found.miss.advice })
    return null
  }

  private find(text: string, at: { space: Space; place: Place; depth: number }): Found {
    const { space, place, depth } = at
    const reference = parseReference(text)
    if (reference === null)
      return { miss: miss('unknown_node', `\`${text}\` is not a reference (node or node.output)`) }
    if (depth > 2 * maxDepth) return { miss: miss('unknown_node', `\`${text}\` leads round in a circle of Blocks`) }
    const { node, output } = reference
    if (space.wired !== null && space.inputs !== undefined && Object.hasOwn(space.inputs, node))
      return this.throughInput(reference, at)
    const entry = space.entries.get(node)
    if (entry === undefined && text === openOperand)
      return { miss: miss('unknown_node', 'nothing is wired to this operand yet', { hint: 'Wire a value to it.' }) }
    if (entry === undefined) {
      const names = [...space.entries.keys(), ...Object.keys(space.inputs ?? {})]
      const advice = nearestAdvice(node, names, place)
      const fix = advice.fixes?.[0]
      const near = didYouMean(node, names)
      return {
        miss: miss('unknown_node', `there is no node \`${node}\``, {
          ...advice,
          fixes:
            fix === undefined || near === undefined || output === null
              ? (advice.fixes ?? [])
              : [setFix(fix.label, place.path, `${near}.${output}`)],
        }),
      }
    }
    if (entry.kind === 'broken') return 'said'
    return entry.kind === 'logic'
      ? this.logicOutput(entry, output, { place, text })
      : this.blockOutput(entry, output, at)
  }

  private logicOutput(
    entry: LogicEntry,
    output: string | null,
    { place, text }: { place: Place; text: string },
  ): Found {
    const names = Object.keys(entry.type.outputs)
    const id = entry.path.split('/').pop() ?? entry.path
    const chosen = output ?? (names.includes('') ? '' : names.length === 1 ? names[0] : undefined)
    if (chosen === undefined)
      return {
        miss: miss('needs_output', `\`${id}\` has several outputs: ${names.join(', ')}`, {
          hint: `Write \`${id}.${names[0]}\` or another.`,
          fixes: names.map((name) => setFix(`Take \`${id}.${name}\``, place.path, `${id}.${name}`)),
        }),
      }
    if (names.includes(chosen)) return { source: { kind: 'wire', entry, output: chosen, text, place } }
    return { miss: this.noOutput({ id, output: chosen }, names, place) }
  }

  private noOutput(wanted: { id: string; output: string }, names: readonly string[], place: Place): Miss {
    const { id, output } = wanted
    const shown = names.filter((name) => name !== '')
    const word = didYouMean(output, shown)
    return miss('unknown_output', `\`${id}\` has no output \`${output}\``, {
      hint:
        word === undefined
          ? shown.length === 0
            ? 'It is used by its name alone.'
            : `It has ${shown.join(', ')}.`
          : `Did you mean \`${id}.${word}\`?`,
      fixes:
        word === undefined
          ? shown.length === 0
            ? [setFix(`Take \`${id}\``, place.path, id)]
            : []
          : [setFix(`Change to \`${id}.${word}\``, place.path, `${id}.${word}`)],
    })
  }

  private blockOutput(
    entry: Extract<Entry, { kind: 'block' }>,
    output: string | null,
    { place, depth }: { place: Place; depth: number },
  ): Found {
    const { block, space } = entry
    const outputs = block.outputs
    const id = entry.path.split('/').pop() ?? entry.path
    const names = Object.keys(outputs)
    if (output !== null && !Object.hasOwn(outputs, output)) return { miss: this.noOutput({ id, output }, names, place) }
    for (const name of output === null ? names : [output]) {
      const target = own(outputs, name)
      if (target === undefined) continue
      const found = this.find(target, { space, place, depth: depth + 1 })
      if (output !== null) return typeof found === 'object' && 'miss' in found ? 'said' : found
      if (found === 'said' || 'miss' in found || found.source.kind !== 'wire') continue
      const letter = staticLetter(found.source.entry.type, found.source.output)
      if (names.length === 1 || letter === roleLetters[block.role]) return found
    }
    return 'said'
  }

  private throughInput(
    { node, output }: { node: string; output: string | null },
    { space, place, depth }: { space: Space; place: Place; depth: number },
  ): Found {
    const given = space.wired?.get(node)
    if (given === undefined || space.outer === null) return 'said'
    const value = given.value
    if (typeof value === 'object' || typeof value === 'boolean') return 'said'
    const reference = typeof value === 'string' && !value.startsWith('$') ? parseReference(value) : null
    if (reference === null) {
      if (output !== null) return { miss: this.noOutput({ id: node, output }, [], place) }
      const source = this.source(value, given.place, space.outer)
      return source === null ? 'said' : { source }
    }
    const outer = this.find(String(value), { space: space.outer, place: given.place, depth: depth + 1 })
    if (outer === 'said' || 'miss' in outer) return 'said'
    if (output === null) return outer
    const wire = outer.source
    if (wire.kind !== 'wire' || wire.output !== '') return { miss: this.noOutput({ id: node, output }, [], place) }
    return this.logicOutput(wire.entry, output, { place, text: `${node}.${output}` })
  }

  /** Links every logic node of a space and of the Blocks inside, in the order of the document. */
  drafts(space: Space, into: Map<string, Draft> = new Map()): Map<string, Draft> {
    for (const entry of space.entries.values()) {
      if (entry.kind === 'logic') into.set(entry.path, this.draft(entry, space))
      else if (entry.kind === 'block') {
        // Said once, at the instance, whether or not the Block reads it.
        for (const { value, place } of entry.space.wired?.values() ?? []) this.source(value, place, space)
        this.drafts(entry.space, into)
      }
    }
    return into
  }

  private draft(entry: LogicEntry, space: Space): Draft {
    const before = this.report.problems.length
    const read = readBody(entry.type, entry.body, { place: entry.place, report: this.report })
    const ports: Record<string, (Source | null)[]> = {}
    const params: Record<string, Setting> = {}
    for (const [port, values] of Object.entries(read?.ports ?? {})) {
      ports[port] = values.map(({ value, place }) => this.source(value, place, space))
    }
    const unlinked = Object.values(ports).some((sources) => sources.includes(null))
    for (const [name, given] of Object.entries(read?.params ?? {})) params[name] = { ...given, space }
    return { entry, space, ports, params, sound: this.report.problems.length === before && !unlinked }
  }
}
