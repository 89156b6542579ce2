// Runs the open Play after every change: checks it, finds its data, runs it, and tells the panels what came of it.
import type { Dataset, DatasetAsk } from '../../blocks/engine/dataset'
import { instrumentsOf } from '../../blocks/engine/dataset'
import type { Settings } from '../../blocks/engine/settings'
import type { Problem } from '../../blocks/kit/problem'
import { isTimeframe } from '../../blocks/kit/timeframe'
import { checkPlay } from '../../blocks/play/check'
import type { Flat } from '../../blocks/play/flat'
import { lookupIn, type OwnBlocks } from '../../blocks/play/own'
import type { PlayTree } from '../../blocks/play/tree'
import type { DocumentStore, PlayDocument } from '../document/store'
import type { Engine } from '../engine/engine'
import type { RunOutcome, RunRequest } from '../engine/protocol'
import { type EngineServer, pageServer, ServerRefusal } from '../engine/server'
import { ownUnder, useLibrary } from '../library/library'
import { useRun } from './run'
import { choicesOf, onChoices, type RunChoices } from './settings'

/** What running an open Play asks of an engine. */
export type RunEngine = Pick<Engine, 'run' | 'band' | 'status' | 'onStatus'>

export interface Autorun {
  readonly store: DocumentStore
  readonly engine: RunEngine
  readonly server?: EngineServer
}

const listed = (market: string | readonly string[]): readonly string[] =>
  typeof market === 'string' ? [market] : market

/** Markets as the document names them, for a Play that does not stand the check yet: its chart is there all the same. */
const written = ({ markets }: PlayTree): Pick<DatasetAsk, 'traded' | 'read'> =>
  instrumentsOf([{ markets: Object.fromEntries(Object.entries(markets).map(([name, ids]) => [name, listed(ids)])) }])

const askOf = (tree: PlayTree, flat: Flat | undefined, { settings, fromMs, toMs }: RunChoices): DatasetAsk => {
  const { proxies, instruments, funding_gaps } = settings
  return {
    ...(flat === undefined ? written(tree) : instrumentsOf([flat])),
    tf: isTimeframe(tree.tf) ? tree.tf : '1h',
    ...(fromMs === null ? {} : { fromMs }),
    ...(toMs === null ? {} : { toMs }),
    settings: { proxies, instruments, funding_gaps },
  }
}

const perp = '.P'

/** Spot bars that are stored, for perpetuals that have none of their own and no lender yet. */
const lenders = (ask: DatasetAsk, stored: ReadonlySet<string>): Record<string, string> =>
  Object.fromEntries(
    [...ask.traded, ...ask.read].flatMap((id) => {
      const spot = id.slice(0, -perp.length)
      const wants = id.endsWith(perp) && !stored.has(id) && ask.settings.proxies[id] === undefined
      return wants && stored.has(spot) ? [[id, spot]] : []
    }),
  )

interface Found {
  readonly dataset: Dataset
  readonly proxies: Settings['proxies']
}

/** A perpetual that may want to borrow bars: made-up markets have all of their own. */
const mayBorrow = (ask: DatasetAsk): boolean =>
  [...ask.traded, ...ask.read].some(
    (id) => id.endsWith(perp) && !id.startsWith('synthetic:') && ask.settings.proxies[id] === undefined,
  )

/** The dataset of an ask; where perpetual bars are missing and spot bars are there, these are lent and the run says so. */
const find = async (server: EngineServer, ask: DatasetAsk, signal: AbortSignal): Promise<Found> => {
  const lent = mayBorrow(ask) ? lenders(ask, await server.stored(signal)) : {}
  const proxies = { ...ask.settings.proxies, ...lent }
  return { dataset: await server.dataset({ ...ask, settings: { ...ask.settings, proxies } }, signal), proxies }
}

const errorsFirst = (problems: readonly Problem[]): Problem[] =>
  [...problems].sort((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'))

/** Marks for the bench: from the edit to the figures on the screen. */
const mark = (name: 'edit' | 'metrics', revision: number): void => {
  performance.mark(name, { detail: revision })
}

const namesOf = (blocks: OwnBlocks): string => Object.keys(blocks).sort().join()

class Runner {
  private readonly store: DocumentStore
  private readonly engine: RunEngine
  private readonly server: EngineServer
  private readonly stops: (() => void)[]
  private document: string
  private tree: PlayTree | null = null
  private choices: RunChoices | null = null
  /** Names of the own Blocks that the Play was checked with. */
  private blocks = ''
  private timer: ReturnType<typeof setTimeout> | null = null
  private asked: { readonly key: string; readonly controller: AbortController; found: Found | null } | null = null
  private turn = 0
  private stopped = false

  constructor({ store, engine, server = pageServer() }: Autorun) {
    this.store = store
    this.engine = engine
    this.server = server
    this.document = store.getState().document.id
    this.stops = [
      store.subscribe(() => this.soon()),
      onChoices(() => this.soon()),
      useLibrary.subscribe(() => this.soon()),
      engine.onStatus((status) => {
        useRun.setState({ status })
        // Whatever kept the band from being told before, a worker that died among it, is over.
        if (status.kind === 'idle') void this.askBand()
      }),
    ]
    this.forget()
    this.soon()
  }

  stop(): void {
    this.stopped = true
    for (const stop of this.stops) stop()
    if (this.timer !== null) clearTimeout(this.timer)
    this.asked?.controller.abort()
    this.turn += 1
  }

  private forget(): void {
    const { dataset: _, ...none } = useRun.getInitialState()
    useRun.setState({ ...none, status: this.engine.status() })
  }

  /** Edits of one moment are one. */
  private soon(): void {
    const { document } = this.store.getState()
    if (this.isDone(document) || this.timer !== null) return
    mark('edit', this.store.getState().revision)
    this.timer = setTimeout(() => {
      this.timer = null
      void this.go()
    }, 0)
  }

  /** A Block that was missing may have come meanwhile. */
  private isDone({ id, tree }: PlayDocument): boolean {
    return tree === this.tree && choicesOf(id) === this.choices && namesOf(ownUnder(tree)) === this.blocks
  }

  private async go(): Promise<void> {
    const { document, revision, history } = this.store.getState()
    const choices = choicesOf(document.id)
    const { tree, id } = document
    if (this.isDone(document)) return
    const blocks = ownUnder(tree)
    if (id !== this.document) this.forget()
    this.document = id
    this.tree = tree
    this.choices = choices
    this.blocks = namesOf(blocks)
    this.turn += 1
    const mine = this.turn
    const { flat, problems } = checkPlay(tree, { set: choices.sets, blocks: lookupIn(blocks) })
    useRun.setState(({ result }) => ({ problems: errorsFirst(problems), stale: result !== null }))
    const found = await this.data(askOf(tree, flat, choices))
    if (found === null || mine !== this.turn) return
    const { dataset, proxies } = found
    const { fromMs, toMs } = dataset
    const settings = { ...choices.settings, proxies }
    const label = history.steps[history.at - 1]?.label ?? null
    const outcome = await this.attempt({ tree, blocks, sets: choices.sets, dataset, settings, fromMs, toMs })
    if (outcome === null || this.stopped || id !== this.document) return
    this.take(outcome, { label, current: mine === this.turn })
    if (outcome.kind === 'ran') mark('metrics', revision)
  }

  /** The data that an ask stands for; null when there are none, which is then told, or when another ask came first. */
  private async data(ask: DatasetAsk): Promise<Found | null> {
    const key = JSON.stringify(ask)
    if (this.asked?.key === key && this.asked.found !== null) return this.asked.found
    this.asked?.controller.abort()
    const controller = new AbortController()
    const own: NonNullable<Runner['asked']> = { key, controller, found: null }
    this.asked = own
    useRun.setState({ dataset: null, dataProblem: null })
    try {
      own.found = await find(this.server, ask, controller.signal)
      if (this.asked !== own) return null
      useRun.setState({ dataset: own.found.dataset })
      return own.found
    } catch (error) {
      if (this.asked !== own) return null
      const message = error instanceof Error ? error.message : String(error)
      useRun.setState({ dataProblem: { message, hint: error instanceof ServerRefusal ? error.hint : null } })
      return null
    }
  }

  /** A Play with errors goes to the engine too: its data are loaded, so that the chart shows them. */
  private async attempt(request: RunRequest): Promise<RunOutcome | null> {
    try {
      return await this.engine.run(request)
    } catch {
      // The status tells why. The data may have changed in the store: the next run asks for them anew.
      this.asked = null
      return null
    }
  }

  private take(outcome: RunOutcome, { label, current }: { label: string | null; current: boolean }): void {
    if (outcome.kind === 'superseded') return
    if (outcome.kind === 'refused') {
      if (current) useRun.setState({ problems: errorsFirst(outcome.problems) })
      return
    }
    const { result } = outcome
    useRun.setState((state) => ({ result, band: null, previous: state.result, label, stale: !current }))
    void this.askBand()
  }

  /** First figures come without the other end of the ambiguity band. */
  private async askBand(): Promise<void> {
    const { result, band } = useRun.getState()
    if (result === null || band !== null || result.report.ambiguity.netOptimisticUsdt !== null) return
    const made = await this.engine.band(result.report)
    if (made !== null && useRun.getState().result === result) useRun.setState({ band: made })
  }
}

/** Keeps the newest run that of the open Play. Gives back how to stop. */
export const startAutorun = (autorun: Autorun): (() => void) => {
  const runner = new Runner(autorun)
  return () => runner.stop()
}

const made = ['BTCUSDT', 'ETHUSDT', 'SUIUSDT']

const syntheticOf = (instrument: string): string => {
  const symbol = instrument.slice(instrument.indexOf(':') + 1)
  const base = symbol.endsWith(perp) ? symbol.slice(0, -perp.length) : symbol
  return `synthetic:${made.includes(base) ? base : made[0]}${symbol.endsWith(perp) ? perp : ''}`
}

/** Every market becomes the made-up one that is nearest to it: no files are needed to try a Play. */
export const takeSyntheticMarket = (store: DocumentStore): void =>
  store.getState().edit('Use the synthetic market', ({ tree }) => {
    for (const [name, market] of Object.entries(tree.markets)) {
      const ids = [...new Set(listed(market).map(syntheticOf))]
      tree.markets[name] = ids.length === 1 && ids[0] !== undefined ? ids[0] : ids
    }
  })
