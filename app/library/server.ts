// What the library asks the server: every version of every own Block, and to keep one more.
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import type { AppRouter } from '../../server/api/router'
import { Away } from '../sync/away'
import { asked } from '../sync/server'
import type { OwnBlock } from './own'

export interface LibraryServer {
  /** Whether it keeps anything at all. */
  readonly keeps: () => Promise<boolean>
  readonly list: () => Promise<readonly OwnBlock[]>
  /** Rejects with Away, or with what is wrong. */
  readonly publish: (block: { readonly yaml: string; readonly note: string }) => Promise<OwnBlock>
}

export const libraryServer = (): LibraryServer => {
  const { block, system } = createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: '/api/trpc', methodOverride: 'POST', maxItems: 20 })],
  })
  return {
    keeps: () => asked((options) => system.keeps.query(undefined, options)),
    list: () => asked((options) => block.list.query(undefined, options)),
    publish: (one) => asked((options) => block.publish.mutate(one, options)),
  }
}

interface Told {
  readonly problems?: readonly { readonly message: string }[]
}

/** Why a version was not kept, a sentence each. */
export const whyNotKept = (error: unknown): readonly string[] => {
  if (error instanceof Away)
    return ['The server does not answer, so nothing was kept. Your Play is as it was; try again once it is back.']
  const told = error instanceof TRPCClientError ? (error.data as Told | null | undefined) : null
  const problems = told?.problems?.map(({ message }) => message) ?? []
  return problems.length > 0 ? problems : [error instanceof Error ? error.message : String(error)]
}
