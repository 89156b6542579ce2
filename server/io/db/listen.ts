// News of PostgreSQL by LISTEN: heard on a connection of its own, which is made again when it is lost.
import pg from 'pg'

/** Waits before a lost connection is made again, ms. */
const againMs = 1000

/** Calls back with each payload; with null when the connection was made (again): something may have been missed. */
export const listenTo = async (
  { url, channel }: { readonly url: string; readonly channel: string },
  heard: (payload: string | null) => void,
): Promise<() => Promise<void>> => {
  let closed = false
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  const connect = async (): Promise<void> => {
    const made = new pg.Client({ connectionString: url, application_name: channel })
    made.on('error', () => {})
    made.on('notification', ({ payload }) => heard(payload ?? null))
    made.once('end', () => {
      if (client === made) retry()
    })
    await made.connect()
    await made.query(`LISTEN ${channel}`)
    client = made
    heard(null)
    if (closed) await made.end()
  }
  const retry = (): void => {
    client = null
    if (!closed) timer = setTimeout(() => void connect().catch(retry), againMs)
  }
  await connect().catch(retry)
  return async () => {
    closed = true
    clearTimeout(timer)
    const last = client
    client = null
    await last?.end()
  }
}
