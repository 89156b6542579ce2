// A Playloom server as the command line speaks to it: typed calls, and its refusals as ends of the command.
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { z } from 'zod'
import type { Problem } from '../../blocks/kit/problem'
import type { AppRouter } from '../api/router'
import type { Manners, World } from './command'
import { areUsage, type ExitName, problemOf, Stop } from './stop'

export interface RemoteOptions extends Manners {
  readonly url?: string
  readonly token?: string
}

/** Its page's address; the usual port of this machine where none is named. */
export const addressOf = ({ url }: RemoteOptions, { variables }: Pick<World, 'variables'>): string =>
  (url ?? (variables.PLAYLOOM_URL || `http://127.0.0.1:${variables.PORT || '3000'}`)).replace(/\/+$/, '')

const clientOf = (address: string, token: string | undefined) =>
  createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${address}/api/trpc`,
        // The server takes changes from its own page alone; a command on this machine speaks as that.
        headers: {
          origin: new URL(address).origin,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      }),
    ],
  })

export type Remote = ReturnType<typeof clientOf>

/** Given on as it came: a shape would put its keys into another order. */
const problem = z.custom<Problem>(
  (value) => z.object({ code: z.string(), message: z.string() }).safeParse(value).success,
)

const refusalSchema = z.object({
  httpStatus: z.number(),
  problems: z.array(problem).default([]),
  hint: z.string().nullable().default(null),
})

/** Not about what was given: the server has no room or no time, or does not let this in. */
const isRefusal = (status: number): boolean => [401, 403, 409, 421, 429, 503].includes(status)

/** As the same end has it with --local. */
const exitOf = (status: number, problems: readonly Problem[]): ExitName => {
  if (areUsage(problems)) return 'usage'
  const ofData = problems[0]?.code === 'store_damaged'
  return isRefusal(status) && !ofData ? 'refused' : 'problems'
}

/** Node's own client waits five minutes for the first word of an answer. */
const isOutOfPatience = ({ cause }: TRPCClientError<AppRouter>): boolean => {
  const inner = cause?.cause
  return typeof inner === 'object' && inner !== null && 'code' in inner && inner.code === 'UND_ERR_HEADERS_TIMEOUT'
}

const tooLong = (): Stop => {
  const message = 'The server did not answer within five minutes; what it computed was given up.'
  const hint = 'Choose a shorter range, keep the Play there and run it by its id, or add --local.'
  return new Stop('refused', message, [problemOf('cancelled', message, hint)])
}

const away = (address: string): Stop => {
  const message = `No Playloom server answers at ${address}.`
  const hint = 'Start it with npm start, name its address with --url, or add --local where a command has it.'
  return new Stop('unreachable', message, [problemOf('unreachable', message, hint)])
}

/** How a failed call ends the command; null: a bug. */
const stopOf = (error: TRPCClientError<AppRouter>, address: string): Stop | null => {
  const read = refusalSchema.safeParse(error.data)
  // An answer that is none of ours: nothing listens, or another program does.
  if (!read.success) return isOutOfPatience(error) ? tooLong() : away(address)
  const { httpStatus, problems, hint } = read.data
  if (httpStatus === 500) return null
  return new Stop(
    exitOf(httpStatus, problems),
    error.message,
    problems.length > 0 ? problems : [problemOf('refused', error.message, hint ?? undefined)],
  )
}

/** Works with the server of these options. */
export const withRemote = async <T>(
  options: RemoteOptions,
  world: Pick<World, 'variables' | 'signal'>,
  work: (remote: Remote) => Promise<T>,
): Promise<T> => {
  const address = addressOf(options, world)
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new Stop('usage', `--url ${address}: not an address such as http://127.0.0.1:3000`)
  try {
    return await work(clientOf(address, options.token))
  } catch (error) {
    throw (error instanceof TRPCClientError && stopOf(error, address)) || error
  }
}
