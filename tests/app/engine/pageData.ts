// Data as a page has them: a dataset as it travels and its column files, made by the real use-cases on a small market.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ColumnPorts } from '../../../app/engine/columns'
import type { RunRequest } from '../../../app/engine/protocol'
import { type Dataset, type DatasetAsk, instrumentsOf } from '../../../blocks/engine/dataset'
import { type Settings, settingsSchema } from '../../../blocks/engine/settings'
import { checkPlay } from '../../../blocks/play/check'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { PlayTree } from '../../../blocks/play/tree'
import { Failure } from '../../../server/core/failure'
import { syntheticMarket } from '../../../server/core/syntheticMarket'
import { createFrameStore } from '../../../server/io/bars/frameStore'
import { nodeHash } from '../../../server/io/hash/nodeHash'
import type { RunPorts } from '../../../server/run/backtest/ask'
import { describeDataset, openColumn } from '../../../server/run/data/dataset'
import { type FramedBars, framedBars } from '../../../server/run/data/framedBars'
import { routeBars } from '../../../server/run/data/routeBars'
import { openWorkshop } from '../../fixtures/data/workshop'

const examples = join(import.meta.dirname, '../../../blocks/examples')

export const treeOf = (text: string): PlayTree => {
  const { tree, problems } = parseDocument(text)
  if (tree === undefined || !('play' in tree)) throw new Error(JSON.stringify(problems))
  return tree
}

/** An example Play on the synthetic market. */
export const example = (name: string, market = 'synthetic:BTCUSDT.P'): PlayTree => ({
  ...treeOf(readFileSync(join(examples, `${name}.yaml`), 'utf8')),
  markets: { main: market },
})

export const usual: Settings = settingsSchema.parse({})

export interface PageData {
  readonly bars: FramedBars
  readonly ports: RunPorts
  readonly request: (tree: PlayTree, more?: Partial<DatasetAsk>) => Promise<RunRequest>
  /** Files that were asked for, in order. */
  readonly fetched: string[]
  readonly source: ColumnPorts
}

export const hashOfBytes = async (bytes: Uint8Array): Promise<string> =>
  createHash('sha256').update(bytes).digest('hex')

export const datasetOf = async (ask: DatasetAsk, bars: FramedBars): Promise<Dataset> => {
  const dataset = await describeDataset(ask, bars)
  if (dataset instanceof Failure) throw dataset
  return JSON.parse(JSON.stringify(dataset))
}

/** Column files as the page gets them, straight from the use-case behind the address. */
export const pageSource = (bars: FramedBars, fetched: string[] = []): ColumnPorts => ({
  sha256: hashOfBytes,
  fetchColumn: async (hash, column, { signal, onBytes }) => {
    const file = await openColumn({ hash, column }, bars)
    if (file instanceof Failure) throw file
    signal.throwIfAborted()
    fetched.push(column)
    const bytes = new Uint8Array(readFileSync(file.path))
    onBytes(bytes.length)
    return bytes.buffer
  },
})

/** A synthetic market of some days, with the cache of column files in a folder of its own. */
export const pageData = (days = 30): PageData => {
  const { store, dataDir } = openWorkshop()
  const bars = framedBars(routeBars({ synthetic: syntheticMarket({ days }) }, store), createFrameStore({ dataDir }))
  const fetched: string[] = []
  const source = pageSource(bars, fetched)
  const request: PageData['request'] = async (tree, more = {}) => {
    const { flat, problems } = checkPlay(tree)
    if (flat === undefined) throw new Error(JSON.stringify(problems))
    const { proxies, instruments, funding_gaps } = usual
    const ask = { ...instrumentsOf([flat]), tf: flat.tf, settings: { proxies, instruments, funding_gaps }, ...more }
    const dataset = await datasetOf(ask, bars)
    const { fromMs, toMs } = dataset
    return { dataset, settings: usual, fromMs, toMs, tree, blocks: {}, sets: {} }
  }
  const ports = { bars, hash: nodeHash, now: () => performance.now() }
  return { bars, ports, request, fetched, source }
}
