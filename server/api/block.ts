// Router: own Blocks, as versions that never change.
import { z } from 'zod'
import { Failure } from '../core/failure'
import { publishBlock } from '../run/ownBlocks'
import { noteSchema, textSchema } from './kept'
import * as shapes from './shapes/block'
import { procedure, Refused, router, settled } from './trpc'

const noSuch = ({ name, version }: { name: string; version: number }): Failure =>
  new Failure('file_not_found', `there is no own Block ${name}@${version}`, {
    hint: 'playloom library list names those that there are',
  })

export const blockRouter = router({
  list: procedure
    .meta({ summary: 'Every version of every own Block with its text, by name, then newest first.' })
    .output(shapes.ownBlocks)
    .query(async ({ ctx }) => (await ctx.stores()).blocks.list()),
  get: procedure
    .meta({ summary: 'One version of an own Block.' })
    .input(z.strictObject({ name: z.string().max(100), version: z.int32().min(1) }))
    .output(shapes.ownBlock)
    .query(async ({ ctx, input }) => {
      const [found] = await (await ctx.stores()).blocks.find([input])
      if (found === undefined) throw noSuch(input)
      return found
    }),
  publish: procedure
    .meta({ summary: 'Keeps a version of an own Block for good. What has errors is refused with its problems.' })
    .input(z.strictObject({ yaml: textSchema, note: noteSchema }))
    .output(shapes.ownBlock)
    .mutation(async ({ ctx, input }) => {
      const { blocks } = await ctx.stores()
      const made = settled(await publishBlock(input, { blocks, actor: ctx.actor }))
      if (Array.isArray(made)) throw new Refused(made)
      return made
    }),
})
