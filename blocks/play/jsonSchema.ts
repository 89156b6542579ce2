// JSON Schema of documents, for editors and other programs: the form of the zod schemas with the catalogue's types in it.
import { z } from 'zod'
import { logicTypes } from '../catalogue'
import type { LogicType, Port } from '../kit/logic'
import type { Param } from '../kit/param'
import { isNumeric } from '../kit/socket'
import { timeframes } from '../kit/timeframe'
import { blockSchema, nodes, playSchema } from './schema'

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown }

const word = '[a-z][a-z0-9_]{0,39}'
const text = (pattern: string): JsonSchema => ({ type: 'string', pattern: `^(?:${pattern})$` })
const reference = text(`${word}(?:\\.${word})?`)
const parameter = `\\$${word}`
const span = '\\d+[mhdw]'
const percent = '-?\\d+(?:\\.\\d+)?%'
const multiple = '-?\\d+(?:\\.\\d+)?R'

/** A number within bounds, or text of one of these forms, or a parameter of the document. */
const numeric = (number: JsonSchema, ...forms: readonly string[]): JsonSchema => ({
  anyOf: [{ type: 'number', ...number }, text([...forms, parameter].join('|'))],
})

const paramForm = (param: Param): JsonSchema => {
  switch (param.kind) {
    case 'bars':
      return numeric({ type: 'integer', minimum: param.min, maximum: param.max }, '\\d+b', span)
    case 'number':
      return numeric({ type: param.whole ? 'integer' : 'number', minimum: param.min, maximum: param.max })
    case 'share':
      return text([percent, parameter].join('|'))
    case 'span':
      return text([span, parameter].join('|'))
    case 'choice':
      return { anyOf: [{ enum: param.choices }, text(parameter)] }
    case 'timeframe':
      return { anyOf: [{ enum: timeframes }, text(parameter)] }
    case 'market':
      return text([word, parameter].join('|'))
    case 'flag':
      return { anyOf: [{ type: 'boolean' }, text(parameter)] }
    case 'kind':
      return text([word, parameter].join('|'))
    case 'rshare':
      return text([multiple, percent, parameter].join('|'))
    case 'steps':
      return stepsForm
    case 'lifetime':
      return text(['\\d+b', span, parameter].join('|'))
  }
}

const stepsForm: JsonSchema = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    properties: {
      at: text([multiple, percent, parameter].join('|')),
      close: text([percent, 'rest', parameter].join('|')),
    },
    required: ['at', 'close'],
    additionalProperties: false,
  },
}

const paramSchema = (param: Param): JsonSchema => ({
  ...paramForm(param),
  ...(param.about === undefined ? {} : { description: param.about }),
  ...(param.preset === undefined ? {} : { default: param.preset }),
})

/** One operand: a wire, and where the port takes literals a number, a literal or a parameter. */
const operand = (port: Port<unknown>): JsonSchema => {
  if (port.wired || !port.accept.some(isNumeric)) return reference
  const forms = [percent, multiple, '\\d+b', span, parameter, `${word}(?:\\.${word})?`]
  return { anyOf: [{ type: 'number' }, text(forms.join('|'))] }
}

const portSchema = (port: Port<unknown>): JsonSchema => {
  const one = operand(port)
  const form = port.least === undefined ? one : { type: 'array', items: one, minItems: port.least }
  return { ...form, ...(port.about === undefined ? {} : { description: port.about }) }
}

const needed = (type: LogicType): readonly string[] => [
  ...Object.keys(type.inputs).filter((name) => !type.inputs[name]?.optional),
  ...Object.keys(type.params).filter((name) => {
    const param = type.params[name]
    return param !== undefined && param.preset === undefined && !param.optional
  }),
]

const orderedBody = (type: LogicType): JsonSchema => {
  const ports = Object.values(type.inputs)
  const last = ports.at(-1)
  const least = ports.reduce((sum, port) => sum + (port.least ?? 1), 0)
  const many = last !== undefined && last.least !== undefined
  const single = many ? ports.slice(0, -1) : ports
  return {
    type: 'array',
    ...(single.length > 0 ? { prefixItems: single.map(operand) } : {}),
    ...(many ? { items: operand(last), minItems: least } : { items: false, minItems: least, maxItems: least }),
  }
}

const bodySchema = (type: LogicType): JsonSchema => {
  if (type.ordered) return orderedBody(type)
  const mapped = <T>(record: Readonly<Record<string, T>>, schema: (one: T) => JsonSchema) =>
    Object.entries(record).map(([name, one]) => [name, schema(one)])
  const required = needed(type)
  return {
    type: 'object',
    properties: Object.fromEntries([...mapped(type.inputs, portSchema), ...mapped(type.params, paramSchema)]),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  }
}

const typeSchema = (type: LogicType): JsonSchema => {
  const outputs = Object.keys(type.outputs).filter((name) => name !== '')
  const listed = outputs.length === 0 ? '' : ` Outputs: ${outputs.join(', ')}.`
  return { description: `${type.summary}${listed}`, ...bodySchema(type) }
}

/** A node: exactly one type of the catalogue, or a Block, whose ports this schema does not know. */
const nodeSchema = (types: readonly LogicType[]): JsonSchema => ({
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  properties: Object.fromEntries(
    types.map((type) => [type.major === 1 ? type.type : `${type.type}@${type.major}`, typeSchema(type)]),
  ),
  patternProperties: {
    [`^(?:lib|my)/${word}@[1-9]\\d{0,5}$`]: { type: 'object', description: 'A Block with its version.' },
    [`^here/${word}$`]: { type: 'object', description: 'A Block of this document.' },
  },
  additionalProperties: false,
})

/** The zod schema with the map of nodes put in place. */
const formOf = (schema: z.ZodType, title: string): JsonSchema => {
  const { $schema: _, ...form } = z.toJSONSchema(schema, {
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema !== (nodes as z.core.$ZodType)) return
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema]
      jsonSchema.$ref = '#/$defs/nodes'
    },
  })
  const { $defs: _unused, ...rest } = form
  return { title, ...rest }
}

/** The schema of Plays and Blocks. It knows form, types and bounds; wires and meaning are the checker's. */
export const playJsonSchema = (types: readonly LogicType[] = logicTypes): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Playloom Play or Block',
  description: 'A trading strategy as data: named nodes, typed wires, four roles, a risk section.',
  anyOf: [{ $ref: '#/$defs/play' }, { $ref: '#/$defs/block' }],
  $defs: {
    play: formOf(playSchema, 'Play'),
    block: formOf(blockSchema, 'Block'),
    nodes: {
      type: 'object',
      description: 'Each node: its name, its type, and what is wired to its ports.',
      propertyNames: text(`(?!(?:__proto__|constructor|prototype|true|false|null|rest|long|short)$)${word}`),
      additionalProperties: { $ref: '#/$defs/node' },
    },
    node: nodeSchema(types),
  },
})
