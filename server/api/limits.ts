// How often one actor may call: far above what pages in many tabs ask, an end for a script that runs away.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Failure } from '../core/failure'

/** What a call costs the server. */
export type Weight = 'read' | 'write' | 'heavy'

/** Calls in a stretch of time. A heavy one keeps a core or a venue busy for seconds. */
export const allowances: Readonly<Record<Weight, { readonly calls: number; readonly seconds: number }>> = {
  read: { calls: 1200, seconds: 10 },
  write: { calls: 600, seconds: 10 },
  heavy: { calls: 60, seconds: 10 },
}

export interface Limits {
  /** Null: go on. */
  readonly spend: (actor: string, weight: Weight) => Promise<Failure | null>
}

const waiting = (weight: Weight, ms: number): Failure => {
  const { calls, seconds } = allowances[weight]
  const kind = weight === 'heavy' ? 'runs and downloads' : weight === 'write' ? 'changes' : 'questions'
  return new Failure('too_many_calls', `more than ${calls} ${kind} came within ${seconds} s; this one was not done`, {
    hint: `wait ${Math.ceil(ms / 1000)} s, then send it again`,
  })
}

/** Of this process. */
export const createLimits = (): Limits => {
  const of = (weight: Weight): RateLimiterMemory => {
    const { calls, seconds } = allowances[weight]
    return new RateLimiterMemory({ keyPrefix: weight, points: calls, duration: seconds })
  }
  const limiters: Readonly<Record<Weight, RateLimiterMemory>> = {
    read: of('read'),
    write: of('write'),
    heavy: of('heavy'),
  }
  return {
    spend: async (actor, weight) => {
      try {
        await limiters[weight].consume(actor)
        return null
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return waiting(weight, refused.msBeforeNext)
        throw refused
      }
    },
  }
}
