// The one module that speaks to the engine's worker. Superseded calls are dropped, a dead worker is replaced.
import type { Report } from '../../blocks/engine/report/document'
import { budgetBytes, needOf } from './columns'
import type { Engine } from './engine'
import type { EngineStatus, RunOutcome, RunRequest, RunResult, WhyAnswer } from './protocol'
import { differencesOf } from './verify'
import { type AnswerOf, type AskOf, type CallName, type FromWorker, Told, type ToWorker } from './wire'

/** A dedicated worker, as far as it is used. */
export interface WorkerThread {
  onmessage: ((event: { readonly data: FromWorker }) => void) | null
  onerror: ((event: { readonly message?: string }) => void) | null
  postMessage(message: ToWorker): void
  terminate(): void
}

export interface EngineHosts {
  readonly startWorker: () => WorkerThread
  /** The same run on the server. Rejects with an Error whose message is a sentence. */
  readonly runOnServer: (request: RunRequest, signal: AbortSignal) => Promise<Report>
  /** Unix ms. */
  readonly now: () => number
  readonly budget?: number
}

interface Waiting {
  readonly name: CallName
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

type Question = Exclude<CallName, 'run'>

/** Questions of one kind: one is being answered, and the newest of those that came meanwhile waits. */
interface Lane {
  busy: boolean
  next: { readonly ask: unknown; readonly resolve: (answer: unknown) => void } | null
}

const restarted: EngineStatus = {
  kind: 'restarted',
  message: 'The engine stopped and was started anew. Your Play is as it was.',
}
const bugWords = 'The engine stopped on a fault of its own and could not go on with this Play. Undo the last step.'

class EngineClient implements Engine {
  private worker: WorkerThread
  private state: EngineStatus = { kind: 'idle' }
  private readonly listeners = new Set<(status: EngineStatus) => void>()
  private readonly waiting = new Map<number, Waiting>()
  private readonly lanes = new Map<string, Lane>()
  private readonly reasons = new Map<string, Promise<WhyAnswer | null>>()
  private calls = 0
  private runs = 0
  /** `here`: the worker has it and can be asked about it. */
  private ended: { readonly request: RunRequest; readonly result: RunResult; readonly here: boolean } | null = null
  private serverRun: AbortController | null = null
  /** Request after which the worker died last: one that kills it twice is not tried again. */
  private fatal: RunRequest | null = null
  private closed = false

  constructor(private readonly hosts: EngineHosts) {
    this.worker = this.start()
  }

  // The worker -------------------------------------------------------------------------------------------------------

  private start(): WorkerThread {
    const worker = this.hosts.startWorker()
    worker.onmessage = ({ data }) => {
      if (worker === this.worker) this.hear(data)
    }
    worker.onerror = ({ message }) => {
      if (worker === this.worker) this.died(message ?? 'no word of why')
    }
    return worker
  }

  private hear(message: FromWorker): void {
    if (message.kind === 'status') {
      this.set(message.status)
      return
    }
    const waiting = this.waiting.get(message.id)
    this.waiting.delete(message.id)
    if (waiting === undefined) return
    if (message.kind === 'answer') waiting.resolve(message.answer)
    else if (message.expected || waiting.name !== 'run') waiting.reject(new Told(message.message))
    else waiting.reject(new Error(message.message))
  }

  /** Every call that waits ends: runs with an error that is no Told one, questions with null. */
  private died(why: string): void {
    if (this.closed) return
    const all = [...this.waiting.values()]
    this.waiting.clear()
    this.restart()
    for (const { name, resolve, reject } of all) {
      if (name === 'run') reject(new Error(why))
      else resolve(null)
    }
    if (all.some(({ name }) => name === 'run')) return
    this.set(restarted)
    this.restore()
  }

  /** A fresh worker is made ready for questions on the last run. */
  private restore(): void {
    if (this.ended?.here) this.send('run', this.ended.request).catch(() => {})
  }

  private send<N extends CallName>(name: N, ask: AskOf<N>): Promise<AnswerOf<N>> {
    return new Promise((resolve, reject) => {
      this.calls += 1
      // The worker answers a call by the name that it was asked by.
      this.waiting.set(this.calls, { name, resolve: resolve as (answer: unknown) => void, reject })
      this.worker.postMessage({ kind: 'call', id: this.calls, name, ask })
    })
  }

  // Runs -------------------------------------------------------------------------------------------------------------

  readonly run = async (request: RunRequest): Promise<RunOutcome> => {
    this.runs += 1
    const mine = this.runs
    this.serverRun?.abort()
    const bytes = needOf(request.dataset)
    const budget = this.hosts.budget ?? budgetBytes
    try {
      const here = bytes <= budget
      const outcome = here ? await this.runHere(request) : await this.runThere(request, { bytes, budget })
      if (outcome.kind === 'ran') this.ended = { request, result: outcome.result, here }
      return outcome
    } catch (error) {
      if (mine !== this.runs) return { kind: 'superseded' }
      const message = error instanceof Told ? error.message : bugWords
      this.set({ kind: 'failed', message, hint: null })
      throw new Error(message, { cause: error })
    }
  }

  private async runHere(request: RunRequest): Promise<RunOutcome> {
    try {
      return await this.send('run', request)
    } catch (error) {
      if (error instanceof Told || this.fatal === request) throw error
      this.fatal = request
      return await this.again(request)
    }
  }

  /** After a crash: a new worker, the same request. */
  private async again(request: RunRequest): Promise<RunOutcome> {
    // A fault that the worker caught itself may have left it torn.
    this.restart()
    this.set(restarted)
    return await this.send('run', request)
  }

  private async runThere(request: RunRequest, size: { bytes: number; budget: number }): Promise<RunOutcome> {
    const controller = new AbortController()
    this.serverRun = controller
    this.set({ kind: 'running', sinceMs: this.hosts.now() })
    try {
      const report = await this.hosts.runOnServer(request, controller.signal)
      if (controller.signal.aborted) return { kind: 'superseded' }
      this.set({ kind: 'too_much_data', ...size })
      const { compile, columns, simulate } = report.timingMs
      return {
        kind: 'ran',
        result: { report, problems: [], engineMs: compile + columns + simulate + report.timingMs.report },
      }
    } catch (error) {
      if (controller.signal.aborted) return { kind: 'superseded' }
      throw error
    }
  }

  /** Ends the worker; what waited is given up. */
  private restart(): void {
    this.worker.terminate()
    this.worker = this.start()
    for (const { name, resolve } of this.waiting.values()) resolve(name === 'run' ? { kind: 'superseded' } : null)
    this.waiting.clear()
  }

  readonly cancel = (): void => {
    this.runs += 1
    this.serverRun?.abort()
    if (this.state.kind === 'loading') this.worker.postMessage({ kind: 'cancel' })
    else if (this.state.kind === 'running') {
      // A worker that computes hears nothing: it is replaced, and made ready for questions on the last run again.
      this.restart()
      this.restore()
    }
    this.set({ kind: 'idle' })
  }

  // Questions --------------------------------------------------------------------------------------------------------

  private ask<N extends Question>(name: N, ask: AskOf<N>, lane: string = name): Promise<AnswerOf<N> | null> {
    if (this.ended !== null && !this.ended.here) return Promise.resolve(null)
    const own = this.lanes.get(lane) ?? { busy: false, next: null }
    this.lanes.set(lane, own)
    return new Promise((resolve) => {
      own.next?.resolve(null)
      own.next = { ask, resolve: resolve as (answer: unknown) => void }
      if (!own.busy) void this.drain(name, own, lane)
    })
  }

  private async drain(name: Question, lane: Lane, key: string): Promise<void> {
    lane.busy = true
    for (let next = lane.next; next !== null; next = lane.next) {
      lane.next = null
      try {
        next.resolve(await this.send(name, next.ask as AskOf<typeof name>))
      } catch {
        next.resolve(null)
      }
    }
    lane.busy = false
    this.lanes.delete(key)
  }

  readonly band: Engine['band'] = ({ playHash, settingsHash, tradesHash, equityHash }) =>
    this.ask('band', { playHash, settingsHash, tradesHash, equityHash })
  readonly candles: Engine['candles'] = (ask) => this.ask('candles', ask, `candles ${ask.instrument}`)
  readonly series: Engine['series'] = (ask) =>
    this.ask('series', ask, `series ${ask.instrument} ${ask.node}.${ask.output}`)
  readonly sparks: Engine['sparks'] = (ask) => this.ask('sparks', ask)
  readonly pivots: Engine['pivots'] = (ask) => this.ask('pivots', ask)
  readonly at: Engine['at'] = (ms) => this.ask('at', { ms })
  /** Several panels ask about the same bar or trade at once: they share the answer, and none overtakes another. */
  readonly why: Engine['why'] = (ask) => {
    const lane = `why ${ask.instrument} ${ask.ms} ${ask.trade ?? ''}`
    const begun = this.reasons.get(lane)
    if (begun !== undefined) return begun
    const answer = this.ask('why', ask, lane).finally(() => this.reasons.delete(lane))
    this.reasons.set(lane, answer)
    return answer
  }
  readonly funnel: Engine['funnel'] = (instrument) =>
    this.ask('funnel', { instrument: instrument ?? null }, `funnel ${instrument ?? ''}`)
  /** Panels ask about different trades at once: each has its own lane. */
  readonly levels: Engine['levels'] = (trade) => this.ask('levels', { trade }, `levels ${trade}`)
  readonly nearMisses: Engine['nearMisses'] = (ask) => this.ask('nearMisses', ask, `misses ${ask.instrument}`)
  readonly tryOut: Engine['tryOut'] = (request) => this.ask('tryOut', request)

  readonly verify: Engine['verify'] = async (
    runThere = (request) => this.hosts.runOnServer(request, new AbortController().signal),
  ) => {
    if (this.ended === null) throw new Error('There is no run to verify yet.')
    const { request, result } = this.ended
    const startedAt = this.hosts.now()
    const there = await runThere(request)
    const differences = differencesOf(result.report, there)
    const both = { here: result.report, there }
    return { identical: differences.length === 0, differences, serverMs: this.hosts.now() - startedAt, ...both }
  }

  // Status -----------------------------------------------------------------------------------------------------------

  private set(status: EngineStatus): void {
    this.state = status
    for (const listener of this.listeners) listener(status)
  }

  readonly status = (): EngineStatus => this.state
  readonly onStatus: Engine['onStatus'] = (listener) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
  readonly latest = (): RunResult | null => this.ended?.result ?? null

  readonly close = (): void => {
    this.closed = true
    this.serverRun?.abort()
    this.worker.terminate()
    for (const { name, resolve } of this.waiting.values()) resolve(name === 'run' ? { kind: 'superseded' } : null)
    this.waiting.clear()
    this.listeners.clear()
  }
}

export const createEngine = (hosts: EngineHosts): Engine => new EngineClient(hosts)
