// Reads a node's body by its type: which value stands at which port or parameter. Knows no references yet.
import type { LogicType } from '../../kit/logic'
import type { Body, Value } from '../tree'
import { own } from '../words'
import { didYouMean } from './nearest'
import { below, type Place, type Report, setFix } from './report'

export interface Given {
  readonly value: Value
  readonly place: Place
}
export interface ReadBody {
  /** Values by port in order; ports that are not set are absent. */
  readonly ports: Readonly<Record<string, readonly Given[]>>
  readonly params: Readonly<Record<string, Given>>
}

const isList = (body: Body | Value): body is readonly Value[] => Array.isArray(body)

/** The body's values, or null when its form is wrong (said in the report). */
export const readBody = (type: LogicType, body: Body, at: { place: Place; report: Report }): ReadBody | null =>
  type.ordered ? readOrdered(type, body, at) : readNamed(type, body, at)

const readOrdered = (type: LogicType, body: Body, { place, report }: { place: Place; report: Report }) => {
  const names = Object.keys(type.inputs)
  if (!isList(body)) {
    const values = names.flatMap((name) => {
      const value = own(body as Readonly<Record<string, Value>>, name)
      return value === undefined ? [] : isList(value) ? value : [value]
    })
    const cured = values.length === Object.keys(body).length && values.length > 0
    report.add('body_form', place, {
      message: `\`${type.type}\` takes a list of its operands, in order`,
      hint: `Write { ${type.type}: [${names.join(', ')}] }.`,
      fixes: cured ? [setFix('Write a list', place.path, values)] : [],
    })
    return null
  }
  const ports: Record<string, Given[]> = {}
  const given = body.map((value, i) => ({ value, place: below(place, i) }))
  const list = names.find((name) => type.inputs[name]?.least !== undefined)
  if (list === undefined && given.length > names.length) {
    report.add('port_count', place, {
      message: `\`${type.type}\` takes ${names.length} ${names.length === 1 ? 'operand' : 'operands'}, not ${given.length}`,
      fixes: [setFix(`Keep the first ${names.length}`, place.path, body.slice(0, names.length))],
    })
    return null
  }
  names.forEach((name, i) => {
    const mine = name === list ? given.slice(i) : given.slice(i, i + 1)
    if (mine.length > 0) ports[name] = mine
  })
  return { ports, params: {} }
}

const readNamed = (type: LogicType, body: Body, { place, report }: { place: Place; report: Report }) => {
  if (isList(body)) {
    report.add('body_form', place, {
      message: `\`${type.type}\` takes its ports and parameters by name`,
      hint: `Write { ${type.type}: { ${[...Object.keys(type.inputs), ...Object.keys(type.params)].join(': .., ')}: .. } }.`,
    })
    return null
  }
  const ports: Record<string, Given[]> = {}
  const params: Record<string, Given> = {}
  for (const [key, value] of Object.entries(body)) {
    const at = below(place, key)
    const port = own(type.inputs, key)
    if (port !== undefined) {
      const many = port.least !== undefined
      if (many !== isList(value)) {
        report.add('body_form', at, {
          message: many ? `\`${key}\` takes a list` : `\`${key}\` takes one value, not a list`,
          fixes: many
            ? []
            : isList(value) && value.length === 1
              ? [setFix('Take it out of the list', at.path, value[0])]
              : [],
        })
        continue
      }
      ports[key] = isList(value) ? value.map((one, i) => ({ value: one, place: below(at, i) })) : [{ value, place: at }]
    } else if (Object.hasOwn(type.params, key)) params[key] = { value, place: at }
    else unknownKey(type, key, { value, at, place, report })
  }
  return { ports, params }
}

const unknownKey = (
  type: LogicType,
  key: string,
  { value, at, place, report }: { value: Value; at: Place; place: Place; report: Report },
) => {
  const names = [...Object.keys(type.inputs), ...Object.keys(type.params)]
  const near = didYouMean(key, names)
  const fixes = [setFix(`Remove \`${key}\``, at.path)]
  if (near !== undefined && !place.sealed)
    fixes.unshift({
      label: `Rename to \`${near}\``,
      edits: [{ path: at.path }, { path: [...place.path, near], value }],
    })
  report.add('unknown_key', at, {
    message: `\`${type.type}\` has no port or parameter \`${key}\``,
    hint:
      near === undefined
        ? names.length > 0
          ? `It has ${names.join(', ')}.`
          : 'It has none at all.'
        : `Did you mean \`${near}\`?`,
    fixes,
  })
}
