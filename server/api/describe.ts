// The API as an OpenAPI 3.1 document, made from the procedures themselves: for scripts, and for the command line.
import { z } from 'zod'
import type { Meta } from './trpc'

type Json = Readonly<Record<string, unknown>>

/** What tRPC keeps of a procedure, as far as it is described. */
interface Described {
  readonly _def: {
    readonly type: 'query' | 'mutation' | 'subscription'
    readonly inputs: readonly unknown[]
    readonly output?: unknown
    readonly meta?: Partial<Meta> | undefined
  }
}

export interface Procedures {
  readonly _def: { readonly procedures: Readonly<Record<string, unknown>> }
}

const isDescribed = (value: unknown): value is Described =>
  typeof value === 'function' && '_def' in value && typeof value._def === 'object' && value._def !== null

/** Of what is sent (`input`) or answered (`output`); a value that JSON Schema cannot say may be anything. */
const schemaOf = (schema: unknown, io: 'input' | 'output'): Json => {
  if (!(schema instanceof z.ZodType)) return {}
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

const content = (schema: Json): Json => ({ 'application/json': { schema } })

const errorSchema: Json = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        message: { type: 'string', description: 'What is wrong and where.' },
        code: { type: 'integer' },
        data: {
          type: 'object',
          properties: {
            code: { type: 'string' },
            httpStatus: { type: 'integer' },
            hint: { type: ['string', 'null'], description: 'What to do about it.' },
            retry: { type: 'boolean', description: 'The same call may succeed later.' },
            problems: { type: 'array', items: { type: 'object' } },
          },
        },
      },
    },
  },
}

const answersOf = (type: Described['_def']['type'], output: Json): Json => ({
  200:
    type === 'subscription'
      ? {
          description: 'A stream of server-sent events; the data of each is one of these.',
          content: { 'text/event-stream': { schema: output } },
        }
      : {
          description: 'Done.',
          content: content({
            type: 'object',
            properties: { result: { type: 'object', properties: { data: output } } },
          }),
        },
  default: { description: 'Not done: a sentence says why.', content: content(errorSchema) },
})

const operationOf = (name: string, { type, inputs, output, meta }: Described['_def']): Json => {
  const input = inputs.length === 0 ? null : schemaOf(inputs[0], 'input')
  const [noun = name] = name.split('.')
  const shared = {
    operationId: name,
    tags: [noun],
    summary: meta?.summary ?? '',
    responses: answersOf(type, schemaOf(output ?? meta?.event, 'output')),
  }
  if (type === 'mutation')
    return {
      post: { ...shared, ...(input === null ? {} : { requestBody: { required: true, content: content(input) } }) },
    }
  const parameter = { name: 'input', in: 'query', required: true, content: input === null ? {} : content(input) }
  return { get: { ...shared, ...(input === null ? {} : { parameters: [parameter] }) } }
}

const intro = [
  'Queries and subscriptions are GET with their input as JSON in `input`; changes are POST with it as the body.',
  'Every POST needs `Content-Type: application/json` and an `Origin` that is the address of this server.',
  'Files of market data go in by POST /api/import (application/octet-stream) and come out by GET /api/export.',
  'Times are Unix ms in UTC. Names of hashes and of a report are those of `playloom backtest --json`.',
].join(' ')

/** Every procedure by its name, `noun.verb`; in order of their names. */
export const proceduresOf = ({ _def: { procedures } }: Procedures): readonly [string, Described['_def']][] =>
  Object.entries(procedures)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, one]): [string, Described['_def']][] => (isDescribed(one) ? [[name, one._def]] : []))

/** @param version of the program, which is that of its API */
export const describeApi = (router: Procedures, version: string): Json => ({
  openapi: '3.1.0',
  info: { title: 'Playloom', version, description: intro },
  paths: Object.fromEntries(
    proceduresOf(router).map(([name, procedure]) => [`/api/trpc/${name}`, operationOf(name, procedure)]),
  ),
})
