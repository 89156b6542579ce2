// One of the two ways in which a call to the server fails.

/** The server is away, or cannot do it now: the same call may succeed later. */
export class Away extends Error {
  override readonly name = 'Away'
}
