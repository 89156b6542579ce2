// The page's line to the server: typed procedures (tRPC) with their cache (TanStack Query).
'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { type ReactNode, useState } from 'react'
import type { AppRouter } from '../server/api/router'

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

/** Query and mutation options by procedure: `useQuery(useApi().data.list.queryOptions())`. */
export const useApi = useTRPC
/** Plain calls for code outside of React's rendering. */
export const useApiClient = useTRPCClient

const createQueries = () =>
  new QueryClient({
    // The server is on this machine: a refusal is an answer, and asking again on focus brings nothing new.
    defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 30_000 } },
  })

const createClient = () =>
  createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url: '/api/trpc' }),
        false: httpBatchLink({ url: '/api/trpc', methodOverride: 'POST', maxItems: 20 }),
      }),
    ],
  })

export const ApiProvider = ({ children }: { children: ReactNode }) => {
  const [queries] = useState(createQueries)
  const [client] = useState(createClient)
  return (
    <QueryClientProvider client={queries}>
      <TRPCProvider trpcClient={client} queryClient={queries}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}
