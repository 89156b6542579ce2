// The hot port on Redis: what is looked at while it happens. Nothing depends on it: a lost Redis loses no truth.
import Redis from 'ioredis'
import type { HotPort } from '../../run/stores'

/** An answer that takes longer is none: whoever asks has another way, ms. */
const commandTimeout = 1000
/** A lost line is made again after that time, ms. */
const againMs = 500
/** Ours among whatever else lives on a Redis that somebody names. */
const keyPrefix = 'playloom:'

const open = (url: string): Redis => {
  const client = new Redis(url, {
    commandTimeout,
    connectTimeout: 2000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => againMs,
  })
  // Each call tells what it lacks; a line that is down is no event of its own.
  client.on('error', () => {})
  return client
}

/** Never throws: what cannot be done is answered with null or false. */
const tried = async <T>(work: () => Promise<T>): Promise<T | null> => {
  try {
    return await work()
  } catch {
    return null
  }
}

interface Ear {
  readonly channel: string
  readonly heard: (text: string | null) => void
}

export const createRedisHot = (url: string): HotPort => {
  const client = open(url)
  const ears = new Set<Ear>()
  let listening: Redis | null = null

  /** One line for all who listen. It subscribes again by itself; what was told meanwhile is missed, and said so. */
  const line = (): Redis => {
    if (listening !== null) return listening
    const made = new Redis(url, { connectTimeout: 2000, retryStrategy: () => againMs, maxRetriesPerRequest: null })
    made.on('error', () => {})
    made.on('message', (name: string, text: string) => {
      for (const { channel, heard } of ears) if (name === keyPrefix + channel) heard(text)
    })
    made.on('ready', () => {
      for (const { heard } of ears) heard(null)
    })
    listening = made
    return made
  }

  return {
    keep: async (key, text, lifeMs) => (await tried(() => client.set(keyPrefix + key, text, 'PX', lifeMs))) === 'OK',
    get: (key) => tried(() => client.get(keyPrefix + key)),
    tell: async (channel, text) => (await tried(() => client.publish(keyPrefix + channel, text))) !== null,
    listen: (channel, heard) => {
      const ear = { channel, heard }
      ears.add(ear)
      void tried(() => line().subscribe(keyPrefix + channel))
      return () => {
        ears.delete(ear)
      }
    },
    health: () =>
      tried(async () => {
        const from = performance.now()
        const told = await client.info('server')
        return { version: /redis_version:(\S+)/.exec(told)?.[1] ?? 'of unknown version', ms: performance.now() - from }
      }),
    close: () => {
      ears.clear()
      client.disconnect()
      listening?.disconnect()
    },
  }
}
