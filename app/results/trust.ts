// What must be known of a result before its profit means anything: only what this run itself can tell. Pure.
import type { Report } from '../../blocks/engine/report/document'
import type { Ambiguity } from '../../blocks/engine/report/input'
import type { VerdictKind } from '../ui/Verdict'
import { count, counted, day, marketName, percent, signedMoney } from './format'

export interface TrustCell {
  readonly label: string
  readonly value: string
  readonly verdict: Extract<VerdictKind, 'pass' | 'fail' | 'unclear' | 'wait'>
  /** What it says and what would change it. */
  readonly about: string
}

/** The part of a report that trust is read from. */
export interface TrustFacts {
  readonly metrics: Pick<Report['metrics'], 'netProfitUsdt' | 'costsOfGrossPct'>
  readonly provenance: Pick<Report['provenance'], 'synthetic' | 'instruments' | 'lockboxMs'>
  readonly range: Report['range']
  readonly ambiguity: Ambiguity
}

const dataCell = ({ provenance }: TrustFacts): TrustCell =>
  provenance.synthetic
    ? {
        label: 'Data',
        value: 'SYNTHETIC',
        verdict: 'fail',
        about: 'The bars are made up. They serve to try the program; nothing here says anything about a market.',
      }
    : { label: 'Data', value: 'real', verdict: 'pass', about: 'All bars are of a venue.' }

const proxyCell = ({ provenance }: TrustFacts): TrustCell => {
  const lent = provenance.instruments.filter(({ instrument, barsOf }) => instrument !== barsOf)
  const [first] = lent
  if (first === undefined)
    return { label: 'Prices', value: 'own', verdict: 'pass', about: 'Signals and fills use the market’s own bars.' }
  const names = lent.map(({ instrument, barsOf }) => `${marketName(instrument)} on bars of ${barsOf}`).join(', ')
  return {
    label: 'Prices',
    value: lent.length === 1 ? `of ${marketName(first.barsOf)}` : counted(lent.length, 'proxy', 'proxies'),
    verdict: 'unclear',
    about: `Bars of another market stand in: ${names}. Import bars of the market itself to be sure.`,
  }
}

const holesCell = ({ range }: TrustFacts): TrustCell => {
  const share = percent((100 * range.holes) / Math.max(1, range.holes + range.fillBars), 2)
  return {
    label: 'Data gaps',
    value: count(range.holes),
    verdict: range.holes === 0 ? 'pass' : 'unclear',
    about:
      range.holes === 0
        ? `None of ${count(range.fillBars)} bars is missing.`
        : `${count(range.holes)} bars are missing (${share}). Nothing is traded in a gap, and what happened there is not known.`,
  }
}

const ambiguityCell = ({ metrics }: TrustFacts, ambiguity: Ambiguity): TrustCell => {
  const { exits, netPessimisticUsdt: least, netOptimisticUsdt: most } = ambiguity
  if (exits === 0)
    return {
      label: 'Fill order',
      value: 'clear',
      verdict: 'pass',
      about: 'No bar touched a stop and a target at once: every exit could fill in one way only.',
    }
  if (most === null)
    return {
      label: 'Fill order',
      value: `${count(exits)} open`,
      verdict: 'wait',
      about: `${counted(exits, 'exit')} could have gone either way inside one bar. The run with the other order is on its way; shown is the stop first.`,
    }
  const net = metrics.netProfitUsdt.value ?? 0
  const turns = Math.sign(least) !== Math.sign(most)
  // A tenth of the result: below it the order of fills decides nothing that a reader would decide differently.
  const small = Math.abs(most - least) <= 0.1 * Math.abs(net)
  return {
    label: 'Fill order',
    value: `${count(exits)} open`,
    verdict: turns ? 'fail' : small ? 'pass' : 'unclear',
    about: `${counted(exits, 'exit')} could have gone either way inside one bar. Net is between ${signedMoney(least)} (shown) and ${signedMoney(most)} USDT.`,
  }
}

/** Costs that eat more than half leave nothing for a worse fill than the model's. */
const costLimitPct = 50

const costCell = ({ metrics }: TrustFacts): TrustCell => {
  const { value } = metrics.costsOfGrossPct
  if (value === null)
    return {
      label: 'Costs',
      value: 'no profit',
      verdict: 'fail',
      about: 'There was no profit before costs: fees, slippage and funding only made it worse.',
    }
  return {
    label: 'Costs of gross',
    value: percent(value, 0),
    verdict: value <= costLimitPct ? 'pass' : value < 100 ? 'unclear' : 'fail',
    about:
      value >= 100
        ? 'Fees, slippage and funding ate all that was earned before them.'
        : `Fees, slippage and funding took this share of the profit before costs; above ${costLimitPct} % a slightly worse fill leaves nothing.`,
  }
}

const unseenCell = ({ provenance, range }: TrustFacts): TrustCell => {
  const { lockboxMs } = provenance
  const label = 'Unseen data'
  if (lockboxMs === null)
    return { label, value: 'unknown', verdict: 'unclear', about: 'It is not known which data were kept unseen.' }
  if (range.toMs > lockboxMs)
    return {
      label,
      value: 'used',
      verdict: 'fail',
      about: `The run goes past ${day(lockboxMs)}, where the data kept for the final test begin. They cannot prove anything any more.`,
    }
  return {
    label,
    value: 'kept',
    verdict: 'wait',
    about: `Results stop at ${day(range.toMs)}. What comes after ${day(lockboxMs)} is kept for the final test, which has not been made.`,
  }
}

/** In the order in which they are shown. `band`: what has become of the report's ambiguity since. */
export const trustCells = (report: TrustFacts, band: Ambiguity | null = null): readonly TrustCell[] => [
  dataCell(report),
  proxyCell(report),
  unseenCell(report),
  holesCell(report),
  ambiguityCell(report, band ?? report.ambiguity),
  costCell(report),
]

/** Profit stays grey until every cell is earned; without the final test it never is. */
export const isEarned = (cells: readonly TrustCell[]): boolean => cells.every(({ verdict }) => verdict === 'pass')
