// Starts the services of a table in order, starts again what ends by itself, and stops all of them in reverse.
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from './process.mjs'

/**
 * @typedef {object} Running
 * @property {string} word what to say of it
 * @property {string} identity of its process
 * @property {Record<string, string>} [env] what those after it are told
 * @property {() => Promise<unknown>} stop
 */
/** @typedef {{ off: string }} Off why it does not run, and what to do */
/**
 * @typedef {object} Service
 * @property {string} name
 * @property {string[]} needs services without which it does not start
 * @property {(env: Record<string, string>, begun: Begun) => Promise<Running | Off>} start
 */
/**
 * @typedef {object} Begun
 * @property {AbortSignal} signal everything is to stop
 * @property {(identity: string | null) => void} note to be called as soon as there is a process, before it is ready
 */

/** Waits between starts of a service that ends again and again, ms. */
const pauses = [200, 1000, 3000, 10_000, 30_000]
/** One that served that long did not fall at its start: it is started again as if for the first time, ms. */
const steadyMs = 5000
/** How often processes are looked at, ms: some of them are not our children. */
const lookMs = 250

export class Supervisor {
  /** @type {Map<string, Running>} */
  running = new Map()
  /** Processes that are not ready yet. @type {Map<string, { identity: string }>} */
  beginning = new Map()
  /** @type {Map<string, string>} */
  off = new Map()
  stopping = new AbortController()
  watching = []

  /**
   * @param {readonly Service[]} services those that are needed come first
   * @param {{ env: Record<string, string>, say: (name: string, ms: number, word: string) => void, changed?: () => void }} options
   */
  constructor(services, { env, say, changed = () => {} }) {
    this.services = services
    this.env = env
    this.say = say
    this.changed = changed
  }

  /** Every process that is ours, ready or not. */
  get processes() {
    return new Map([...this.beginning, ...this.running])
  }

  /** Starts all; throws what a service throws, with those before it still running. */
  async start() {
    for (const service of this.services) {
      await this.startOne(service)
      if (this.running.has(service.name)) this.watching.push(this.watch(service))
    }
  }

  async startOne(service) {
    const lacking = service.needs.find((name) => !this.running.has(name))
    const begun = performance.now()
    const state =
      lacking === undefined
        ? await service.start(this.env, this.begun(service.name)).finally(() => this.beginning.delete(service.name))
        : { off: `needs ${lacking}, which does not run` }
    const ms = performance.now() - begun
    if ('off' in state) {
      this.off.set(service.name, state.off)
      this.say(service.name, ms, `off: ${state.off}`)
    } else {
      this.off.delete(service.name)
      this.running.set(service.name, state)
      Object.assign(this.env, state.env)
      this.say(service.name, ms, state.word)
    }
    this.changed()
  }

  /** A start that is killed here leaves word of what it began. */
  begun(name) {
    const note = (identity) => {
      if (identity === null) return
      this.beginning.set(name, { identity })
      this.changed()
    }
    return { signal: this.stopping.signal, note }
  }

  async watch(service) {
    const { signal } = this.stopping
    let startedAt = performance.now()
    let falls = 0
    while (!signal.aborted) {
      await sleep(lookMs, undefined, { signal }).catch(() => {})
      const one = this.running.get(service.name)
      if (signal.aborted || (one !== undefined && isRunning(one.identity))) continue
      if (one !== undefined && performance.now() - startedAt > steadyMs) falls = 0
      this.running.delete(service.name)
      if (one !== undefined) this.say(service.name, 0, 'ended by itself: starting it again')
      await sleep(pauses[Math.min(falls, pauses.length - 1)], undefined, { signal }).catch(() => {})
      falls += 1
      if (signal.aborted) return
      startedAt = performance.now()
      await this.startOne(service).catch((error) => this.say(service.name, 0, `does not start: ${error.message}`))
    }
  }

  /** Stops all in reverse order; one that does not stop is named. */
  async stop() {
    this.stopping.abort()
    await Promise.all(this.watching)
    for (const { name } of [...this.services].reverse()) {
      const one = this.running.get(name)
      if (one === undefined) continue
      await one.stop()
      if (isRunning(one.identity))
        this.say(name, 0, `does not stop: end process ${one.identity.split('@')[0]} yourself`)
      this.running.delete(name)
    }
    this.changed()
  }
}
