// A result is a look at its data, whoever asked for it and wherever it was computed.
import type { Report } from '../../blocks/engine/report/document'
import type { PlayTree } from '../../blocks/play/tree'

/** A row of the ledger. */
export const trialOf = (report: Report, by: { readonly lineage: string; readonly actor: string }) => {
  const { logicHash, settingsHash, data, range, metrics, trades } = report
  const { fromMs, toMs } = range
  const look = { logicHash, settingsHash, data, fromMs, toMs, score: metrics.sharpe.value, trades: trades.length }
  return { ...look, ...by, origin: 'human' as const }
}

/** Of texts that are versions of no kept Play: the names that they give themselves. No id of a Play has a space. */
export const lineageOf = (documents: readonly Pick<PlayTree, 'play'>[]): string =>
  `document ${documents.map(({ play }) => play).join(' + ')}`
