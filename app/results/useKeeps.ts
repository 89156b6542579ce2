// Whether the server of this page keeps Plays, runs and trials, or only computes.
'use client'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../ApiProvider'

export const useKeeps = (): boolean => useQuery(useApi().system.keeps.queryOptions()).data ?? false
