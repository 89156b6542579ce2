// The ports of market data for one command.
import { type DataPorts, openData } from '../wire'
import type { Surroundings } from './command'

/** Opens the ports for one piece of work and closes them, whatever happens. */
export const withData = async <T>({ env }: Surroundings, work: (ports: DataPorts) => Promise<T>): Promise<T> => {
  const ports = await openData(env)
  try {
    return await work(ports)
  } finally {
    ports.close()
  }
}
