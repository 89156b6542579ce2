// A Playloom server as the command line speaks to it: typed calls, and its refusals as ends of the command.
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { z } from 'zod'
import type { Problem } from '../../blocks/kit/problem'
import type { AppRouter } from '../api/router'
import type { Manners, World } from './command'
import { problemOf, Stop } from './stop'

export interface RemoteOptions extends Manners {
  readonly url?: string
  readonly token?: string
}

/** Its page's address; the usual port of this machine where none is named. */
export const addressOf = ({ url }: RemoteOptions, { variables }: Pick<World, 'variables'>): string =>
  (url ?? `http://127.0.0.1:${variables.PORT || '3000'}`).replace(/\/+$/, '')

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

const refusalSchema = z.object({
  httpStatus: z.number(),
  problems: z.array(z.looseObject({ code: z.string(), message: z.string() })).default([]),
  hint: z.string().nullable().default(null),
})

/** Not about what was given: the server has no room or no time, or does not let this in. */
const isRefusal = (status: number): boolean => [401, 403, 409, 421, 429, 503].includes(status)

const away = (address: string): Stop => {
  const message = `No Playloom server answers at ${address}.`
  const hint = 'Start it with npm start, name its address with --url, or add --local where a command has it.'
  return new Stop('unreachable', message, [problemOf('unreachable', message, hint)])
}

/** How a failed call ends the command; null: a bug. */
const stopOf = (error: TRPCClientError<AppRouter>, address: string): Stop | null => {
  const read = refusalSchema.safeParse(error.data)
  // An answer that is none of ours: nothing listens, or another program does.
  if (!read.success) return away(address)
  const { httpStatus, problems, hint } = read.data
  if (httpStatus === 500) return null
  const told = problems.length > 0 ? (problems as unknown as Problem[]) : undefined // written as Problems by the server
  return new Stop(
    isRefusal(httpStatus) ? 'refused' : 'problems',
    error.message,
    told ?? [problemOf('refused', error.message, hint ?? undefined)],
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
