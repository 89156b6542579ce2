// A figure that is not there: grey while it is on its way, a dash where none will come as things stand.
'use client'
import { useLate } from '../ui/Progress'
import { Skeleton } from '../ui/Skeleton'
import { useIsAwaited } from './useReport'

export const Blank = () => {
  const awaited = useIsAwaited()
  // Between data and run, and between run and result, there is a moment of rest as well.
  const none = useLate(!awaited)
  return none ? <span className="text-3">{'\u2013'}</span> : <Skeleton className="w-12" />
}
