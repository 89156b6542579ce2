// What syncing asks the server, with the two ways in which it fails told apart: not now, and never like this.
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import type { AppRouter } from '../../server/api/router'
import { Away } from './away'
import type { Content } from './content'
import type { Head } from './decide'
import type { Look } from './looks'

export interface ServerHead extends Head {
  readonly id: string
  readonly title: string
  readonly changedMs: number
}

/** What another browser saved. */
export interface Draft extends Content {
  readonly revision: number
  readonly savedMs: number
  readonly origin: string
}

export type SaveAnswer =
  | { readonly kind: 'saved'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly theirs: Draft }
  | { readonly kind: 'gone' }

export interface SyncServer {
  /** Whether it keeps anything at all. */
  readonly keeps: () => Promise<boolean>
  /** Of these Plays, or of all, deleted ones too. */
  readonly heads: (ids?: readonly string[]) => Promise<readonly ServerHead[]>
  readonly draft: (id: string) => Promise<Draft | null>
  readonly save: (id: string, seen: number, content: Content) => Promise<SaveAnswer>
  readonly remove: (id: string) => Promise<void>
  readonly restore: (id: string) => Promise<void>
  /** Looks at data, for the ledger. */
  readonly addLooks: (looks: Look[]) => Promise<number>
}

/** A server that says nothing for this long is away, ms. */
const patienceMs = 20_000

interface Told {
  readonly httpStatus?: number
  readonly retry?: boolean
}

/** Refused at the door, before it was read: too large, or not from a page of this server. */
class Turned extends Error {}

interface DoorAnswer {
  readonly response?: { readonly status?: number }
  readonly responseJSON?: { readonly problem?: unknown } | null
}

/** What the door says, which speaks another language than the calls behind it; null: it was not the door. */
const atDoor = ({ meta }: { readonly meta: unknown }): string | null => {
  const { response, responseJSON } = (meta ?? {}) as DoorAnswer
  const status = response?.status ?? 0
  const problem = status >= 400 && status < 500 && status !== 429 ? responseJSON?.problem : null
  return typeof problem === 'string' ? problem : null
}

const told = (error: unknown): Error => {
  if (!(error instanceof TRPCClientError)) return error instanceof Error ? error : new Error(String(error))
  const problem = atDoor(error)
  if (problem !== null) return new Turned(problem, { cause: error })
  const data = error.data as Told | null | undefined
  // No answer of ours at all, or one that says so. A bug of the server is none of the Play's: tried again, seldom.
  if (data?.httpStatus === undefined || data.retry === true || data.httpStatus >= 500 || data.httpStatus === 429)
    return new Away(error.message, { cause: error })
  return error
}

/** The answer of a call that waits no longer than a person would; `Away` where none came. */
export const asked = async <T>(call: (options: { signal: AbortSignal }) => Promise<T>): Promise<T> => {
  try {
    return await call({ signal: AbortSignal.timeout(patienceMs) })
  } catch (error) {
    throw told(error)
  }
}

/** The server that served this page. `origin`: who saves, as others will read it. */
export const syncServer = (origin: () => string): SyncServer => {
  const { play, system, trial } = createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: '/api/trpc', methodOverride: 'POST', maxItems: 20 })],
  })
  const draftOf = (one: Omit<Draft, 'sidecar'> & { readonly sidecar: object }): Draft => ({
    ...one,
    sidecar: one.sidecar as Record<string, unknown>,
  })
  return {
    keeps: () => asked((options) => system.keeps.query(undefined, options)),
    heads: (ids) => asked((options) => play.heads.query(ids === undefined ? undefined : { ids: [...ids] }, options)),
    draft: async (id) => {
      const draft = await asked((options) => play.draft.query({ id }, options))
      return draft && draftOf(draft)
    },
    save: async (id, seen, content) => {
      const save = { playId: id, seen, origin: origin(), ...content }
      const answer = await asked((options) => play.save.mutate(save, options))
      return answer.kind === 'conflict' ? { kind: 'conflict', theirs: draftOf(answer.theirs) } : answer
    },
    remove: (id) => asked((options) => play.remove.mutate({ id }, options)),
    restore: (id) => asked((options) => play.restore.mutate({ id }, options)),
    addLooks: (looks) =>
      asked((options) => trial.add.mutate(looks, options)).catch((error: unknown) => {
        // The door says nothing of a look: it stays, and is told another time.
        throw error instanceof Turned ? new Away(error.message, { cause: error }) : error
      }),
  }
}
