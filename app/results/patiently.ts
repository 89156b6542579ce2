// Questions that the engine cannot answer at this moment are asked again: it may be starting anew, or another came first.
import type { Engine } from '../engine/engine'

const tries = 4
const pauseMs = 80

const isBusy = (engine: Engine): boolean => ['loading', 'running', 'restarted'].includes(engine.status().kind)

/** Null: nobody wants it any more, or an engine at rest has no answer. While it works no try counts. */
export const patiently = async <T>(
  engine: Engine,
  wanted: () => boolean,
  ask: () => Promise<T | null>,
): Promise<T | null> => {
  for (let tried = 0; tried < tries && wanted(); ) {
    const answer = await ask()
    if (answer !== null) return answer
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    if (!isBusy(engine)) tried += 1
  }
  return null
}
