// Ports of this machine's loopback.
import { createServer } from 'node:net'

const take = (port) =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: taken } = probe.address()
      probe.close(() => resolve(taken))
    })
  })

/** True when nothing listens there. */
export const isFree = (port) =>
  take(port).then(
    () => true,
    () => false,
  )

/** A port that nothing listens on now: the wanted one, if it is free. */
export const freePort = async (wanted = 0) => (wanted > 0 && (await isFree(wanted)) ? wanted : take(0))
