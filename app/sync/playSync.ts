// Keeps the open Play and the server's draft of it the same: changes are sent shortly after they are saved here, what
// another browser saved is taken where nothing was changed here, and where both changed somebody is asked.
import type { Base, Storage } from '../document/storage'
import { Away } from './away'
import { type Content, markOf, type Typed, typedOf } from './content'
import { decide, type Here } from './decide'
import { type Ends, keepApart, meet, noBase, type Sent, send, settleDeletion } from './exchange'
import type { Draft, SyncServer } from './server'

export type SyncState =
  /** Nothing heard of the server yet. */
  | { readonly kind: 'unknown' }
  /** The server keeps no Plays: this browser alone does. */
  | { readonly kind: 'alone' }
  | { readonly kind: 'sending' | 'saved' | 'away' | 'gone' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'choose'; readonly theirs: Draft }
  /** Theirs cannot be read by this page: it may be of a newer release. */
  | { readonly kind: 'unread'; readonly theirs: Draft }

export type Answer = 'mine' | 'theirs' | 'both'

/** The Play as it is open here. */
export interface OpenLocal {
  readonly id: string
  readonly typed: () => Typed
  readonly content: () => Content
  /** Everything lies on the disk; false: it does not. */
  readonly flush: () => Promise<boolean>
  /** One step of the history. False: it may not be edited here now. */
  readonly put: (typed: Typed, label: string) => boolean
}

export interface PlaySyncParts extends Ends {
  readonly documents: Ends['documents'] & Pick<Storage, 'adopt' | 'keptOne'>
  readonly server: SyncServer
  readonly local: OpenLocal
  /** One piece of work on this Play at a time, among all tabs. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
  readonly tell: (state: SyncState) => void
  /** An origin for people. */
  readonly nameOf: (origin: string) => string
}

/** Changes within this time travel together, ms. */
export const gatherMs = 1000
/** Tries again after this time, twice as long each time, ms. */
export const [firstWaitMs, longestWaitMs] = [2000, 60_000]

/** What is known at the begin of a round. */
interface Standing {
  readonly base: Base | null
  readonly content: Content
  readonly here: Here
}

export class PlaySync {
  private timer: ReturnType<typeof setTimeout> | null = null
  private running: Promise<void> = Promise.resolve()
  /** The server has to be asked what it has, before anything is sent. */
  private look = true
  private keeps = false
  private choosing: Draft | null = null
  private waitMs = firstWaitMs
  private stopped = false

  constructor(private readonly parts: PlaySyncParts) {}

  /** Something was saved here. */
  readonly changed = (): void => {
    if (this.timer === null) this.plan(gatherMs)
  }

  /** Looks at once whether another browser saved something. */
  readonly check = (): Promise<void> => {
    this.look = true
    return this.now()
  }

  readonly stop = (): void => {
    this.stopped = true
    if (this.timer !== null) clearTimeout(this.timer)
  }

  /** How two versions that both changed become one; nothing of either is lost. */
  readonly answer = (answer: Answer): Promise<void> =>
    this.inTurn(async () => {
      const theirs = this.choosing
      const typed = theirs && typedOf(theirs)
      if (theirs === null || typed === null) return
      if (!(await this.parts.alone(() => this.settle(answer, theirs, typed)))) return
      this.choosing = null
      this.look = true
      this.plan(0)
    })

  /** The Play was deleted on the server, and is wanted all the same. */
  readonly bringBack = (): Promise<void> =>
    this.inTurn(async () => {
      const { local, documents, alone } = this.parts
      await alone(async () => {
        const base = (await documents.base(local.id)) ?? noBase(local.id)
        await documents.setBase({ ...base, deleted: true })
        await documents.restore(local.id)
      })
      this.look = true
      this.plan(0)
    })

  private plan(ms: number): void {
    if (this.stopped) return
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.now(), ms)
  }

  private now(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    return this.inTurn(() => this.round())
  }

  /** One after the other; a failure is told, and tried again where that may help. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    this.running = this.running.then(async () => {
      if (this.stopped) return
      try {
        await work()
        this.waitMs = firstWaitMs
      } catch (error) {
        this.failed(error)
      }
    })
    return this.running
  }

  private failed(error: unknown): void {
    this.look = true
    if (!(error instanceof Away)) {
      this.tell({ kind: 'refused', message: error instanceof Error ? error.message : String(error) })
      return
    }
    this.tell({ kind: 'away' })
    this.plan(this.waitMs)
    this.waitMs = Math.min(2 * this.waitMs, longestWaitMs)
  }

  private tell(state: SyncState): void {
    if (!this.stopped) this.parts.tell(state)
  }

  private async round(): Promise<void> {
    const { documents, local, server, alone } = this.parts
    const kept = await documents.keptOne(local.id)
    // What was not touched yet is stored nowhere, and nobody else need know of it.
    if (kept === null) return
    if (!this.keeps && !(await server.keeps())) {
      this.tell({ kind: 'alone' })
      return
    }
    this.keeps = true
    await alone(async () => {
      const base = await documents.base(local.id)
      const content = local.content()
      const here = { deleted: kept.deletedMs !== null, mark: markOf(content) }
      await this.step({ base, content, here })
    })
  }

  private async step(standing: Standing): Promise<void> {
    const { base, here } = standing
    const plain = !this.look && this.choosing === null && !here.deleted && base !== null && !base.deleted
    // Who was never refused sends at once: should another have saved meanwhile, the answer says so.
    if (plain && here.mark === base.mark) this.tell({ kind: 'saved' })
    else if (plain) await this.send(standing, base.revision)
    else await this.compare(standing)
  }

  private async compare(standing: Standing): Promise<void> {
    const { documents, server, local } = this.parts
    const { base, here } = standing
    this.look = false
    const [head = null] = await server.heads([local.id])
    const step = decide(here, base, head)
    if (step === 'send') return this.send(standing, head?.revision ?? 0)
    if (step === 'take' || step === 'choose') return this.meetTheirs(standing, step)
    this.choosing = null
    if (step === 'nothing') this.tell({ kind: head?.deleted === true ? 'gone' : 'saved' })
    else if (step === 'tellGone' || step === 'removeHere' || head === null) this.tell({ kind: 'gone' })
    else {
      await settleDeletion(step, { id: local.id, base, head }, { documents, server })
      this.again()
    }
  }

  private again(): void {
    this.look = true
    this.plan(0)
  }

  private async send({ base, content }: Standing, seen: number): Promise<void> {
    const { local } = this.parts
    this.tell({ kind: 'sending' })
    // What is sent lies on this disk before: what the server knows, this browser knows after whatever happens.
    await local.flush()
    await this.heard(await send({ id: local.id, content, base, seen }, this.parts))
  }

  private async heard(sent: Sent): Promise<void> {
    if (sent.kind === 'choose') {
      this.choosing = sent.theirs
      this.tell({ kind: typedOf(sent.theirs) === null ? 'unread' : 'choose', theirs: sent.theirs })
      return
    }
    this.choosing = null
    if (sent.kind !== 'agreed') {
      this.again()
      return
    }
    const base = await this.parts.documents.base(this.parts.local.id)
    if (base?.mark === markOf(this.parts.local.content())) this.tell({ kind: 'saved' })
    else this.changed()
  }

  private async meetTheirs({ base, content, here }: Standing, step: 'take' | 'choose'): Promise<void> {
    const { server, local, documents } = this.parts
    const theirs = await server.draft(local.id)
    if (theirs === null) {
      this.again()
      return
    }
    const typed = typedOf(theirs)
    const met = await meet({ id: local.id, content, base }, theirs, documents)
    if (met.kind !== 'choose' || step === 'choose' || typed === null) return this.heard(met)
    // Edited while theirs was on its way: then both changed.
    const free = markOf(local.content()) === here.mark
    const taken = free && (await this.take(theirs, typed, 'Changes from another browser'))
    this.look = true
    this.plan(taken ? 0 : gatherMs)
  }

  /** True: theirs is what is open here now, the state before is one undo away. */
  private async take(theirs: Draft, typed: Typed, label: string): Promise<boolean> {
    const { local, documents } = this.parts
    // Left while theirs was on its way: another tab may write the Play by now, and its edits are newer.
    if (this.stopped || !local.put(typed, label)) return false
    const mark = markOf(local.content())
    // First the disk: were it agreed on before, what lies there would pass for an edit made after it.
    if (!(await local.flush())) return false
    await documents.setBase({ id: local.id, revision: theirs.revision, mark, sent: null, deleted: false })
    return true
  }

  private async settle(answer: Answer, theirs: Draft, typed: Typed): Promise<boolean> {
    // Its turn may have come after the Play was left.
    if (this.stopped) return false
    const { local, documents, nameOf } = this.parts
    const from = nameOf(theirs.origin)
    const mine = local.typed()
    // Text that is no Play yet is no step of the history: where only that differs, it is kept as a Play of its own.
    const apart = markOf({ ...local.content(), loose: null }) === markOf({ ...theirs, loose: null })
    const keep = (one: Typed, of: string): Promise<string> =>
      keepApart(local.id, one, { from: of, adopt: documents.adopt })
    if (answer === 'theirs') {
      if (apart) await keep(mine, 'this browser')
      return this.take(theirs, typed, `Take the version of ${from}`)
    }
    if (answer === 'both' || apart) await keep(typed, from)
    else if (!local.put(typed, `Version of ${from}`) || !local.put(mine, 'Keep mine')) return false
    if (!(await local.flush())) return false
    await documents.setBase({
      id: local.id,
      revision: theirs.revision,
      mark: markOf(theirs),
      sent: null,
      deleted: false,
    })
    return true
  }
}
