// What the store of a browser complains of, in plain words: what happened and what helps.

const full = 'The storage of this browser is full. Delete Plays that you no longer need, or free space on the disk.'
const shut = 'This browser lets the page store nothing, as in a private window or where site data are blocked.'
const closed =
  'The store of Plays was closed, perhaps by a newer version of this page in another tab. Load the page again.'

const words: Readonly<Record<string, string>> = {
  QuotaExceededError: full,
  SecurityError: shut,
  NotAllowedError: shut,
  InvalidStateError: closed,
  AbortError: 'The browser gave up writing to its storage. Try again.',
  UnknownError: 'The storage of this browser does not answer. The disk may be full or failing.',
  VersionError: 'The Plays here were stored by a newer version of this page. Load the page again.',
}

export const troubleText = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const known = Object.hasOwn(words, error.name) ? words[error.name] : undefined
  // Where site data are blocked some browsers have no database at all.
  if (known === undefined && error instanceof TypeError && /indexedDB|undefined|null/.test(error.message)) return shut
  return known ?? error.message
}

/** Work whose failure is told in plain words. */
export const plainly =
  <Args extends readonly unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
  async (...args: Args): Promise<Result> => {
    try {
      return await work(...args)
    } catch (error) {
      throw new Error(troubleText(error), { cause: error })
    }
  }
