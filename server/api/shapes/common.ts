// Shapes that answers share. What an answer has beyond its shape never leaves the server.
import { z } from 'zod'
import type { Problem } from '../../../blocks/kit/problem'

/** Unix ms, UTC. */
export const timeMs = z.number()
export const sha256 = z.string()
export const done = z.boolean()
/** Of what JSON holds as it was kept: the page gave it, and gets it back. */
export const keptJson: z.ZodType<object> = z.record(z.string(), z.unknown())

export const problem: z.ZodType<Problem> = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  where: z.object({
    file: z.string().exactOptional(),
    line: z.number().exactOptional(),
    path: z.array(z.union([z.string(), z.number()])).exactOptional(),
    node: z.string().exactOptional(),
  }),
  message: z.string(),
  hint: z.string().exactOptional(),
  fixes: z.array(
    z.object({
      label: z.string(),
      edits: z.array(
        z.object({ path: z.array(z.union([z.string(), z.number()])), value: z.unknown().exactOptional() }),
      ),
    }),
  ),
})

/** A loose shape cannot name the rest of its type, which holds it wherever the answer is made. */
export const as = <T>(shape: z.ZodType): z.ZodType<T> => shape as z.ZodType<T>

/** Judged by its shape and given as it came: a document keeps its keys in their order, to the byte. */
export const whole = <T>(shape: z.ZodType): z.ZodType<T> => {
  const { $schema: _, ...told } = z.toJSONSchema(shape, { io: 'output', unrepresentable: 'any' })
  const judged = z.unknown().superRefine((value, context) => {
    for (const { path, message } of shape.safeParse(value).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: [...path], message })
  })
  return as<T>(judged.meta(told))
}
