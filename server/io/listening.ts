// Whether a server takes connections at an address.
import { connect } from 'node:net'

const patienceMs = 2000

/** `host:port`; an address that is none is one where nothing listens. */
export const isListening = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const at = address.lastIndexOf(':')
    const port = Number(address.slice(at + 1))
    if (at < 1 || !Number.isInteger(port) || port < 1 || port > 65_535) return resolve(false)
    const line = connect({ host: address.slice(0, at), port, timeout: patienceMs })
    const end = (listening: boolean) => (): void => {
      line.destroy()
      resolve(listening)
    }
    line.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
