// Nearest-name suggestions in the form that the report takes.
import { suggest } from '../text/suggest'
import { type Advice, type Place, setFix } from './report'

export const didYouMean = (word: string, names: Iterable<string>): string | undefined => suggest(word, names)

/** Hint and fix for a wrong word at `place`. */
export const nearestAdvice = (word: string, names: Iterable<string>, place: Place): Advice => {
  const near = didYouMean(word, names)
  if (near === undefined) return {}
  return { hint: `Did you mean \`${near}\`?`, fixes: [setFix(`Change to \`${near}\``, place.path, near)] }
}
