// The risk section in base units, and what is not sane about it.
import type { Risk } from '../flat'
import { parseLiteral, printNumber } from '../literal'
import type { RiskTree, Scalar } from '../tree'
import { type Place, type Report, setFix } from './report'
import { isWrong, readLifetime, readRShare } from './values'

/** Above these a Play is legal but hardly meant. */
const boldRisk = 0.1
const maxLeverage = 125

class RiskReader {
  constructor(private readonly report: Report) {}

  private place(...keys: string[]): Place {
    return { path: ['risk', ...keys] }
  }

  share(written: Scalar, keys: string[], most: number): number {
    const literal = parseLiteral(written)
    const place = this.place(...keys)
    if (literal?.kind !== 'share') {
      this.report.add('wrong_unit', place, {
        message: `takes a percentage (1%), not \`${written}\``,
        fixes:
          literal?.kind === 'number' && literal.value > 0
            ? [setFix(`Write ${printNumber(literal.value)}%`, place.path, `${printNumber(literal.value)}%`)]
            : [],
      })
      return 0
    }
    if (literal.value > 0 && literal.value <= most) return literal.value
    this.report.add('risk_limits', place, {
      message: `\`${literal.text}\` lies outside more than 0% to ${most * 100}%`,
    })
    return 0
  }

  whole(value: number | undefined, keys: string[], most: number): number | undefined {
    if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= most)) return value
    const place = this.place(...keys)
    const near = Math.min(most, Math.max(1, Math.round(value) || 1))
    this.report.add('risk_limits', place, {
      message: `takes a whole number from 1 to ${most}, not \`${value}\``,
      fixes: [setFix(`Write ${near}`, place.path, near)],
    })
    return undefined
  }

  size(size: RiskTree['size'], leverage: number): Risk['size'] {
    if ('risk' in size) {
      const risk = this.share(size.risk, ['size', 'risk'], 1)
      if (risk > boldRisk)
        this.report.add('risk_bold', this.place('size', 'risk'), {
          message: `\`${size.risk}\` of the equity is lost at every stop`,
          hint: 'Field practice is 0.25% to 2% a trade.',
          fixes: [setFix('Write 1%', ['risk', 'size', 'risk'], '1%')],
        })
      return { risk }
    }
    if ('notional' in size) {
      const notional = this.share(size.notional, ['size', 'notional'], maxLeverage)
      if (notional > leverage)
        this.report.add('risk_capped', this.place('size', 'notional'), {
          message: `\`${size.notional}\` of the equity can never be held at leverage ${leverage}: every entry would be reduced`,
          fixes: [
            setFix(
              `Write ${printNumber(leverage * 100)}%`,
              ['risk', 'size', 'notional'],
              `${printNumber(leverage * 100)}%`,
            ),
          ],
        })
      return { notional }
    }
    if (!(typeof size.quote === 'number' && size.quote > 0))
      this.report.add('risk_limits', this.place('size', 'quote'), { message: 'takes an amount above 0' })
    return { quote: size.quote }
  }

  leverage(tree: RiskTree): number {
    const leverage = tree.leverage?.max ?? 1
    if (leverage >= 1 && leverage <= maxLeverage) return leverage
    const near = leverage > maxLeverage ? maxLeverage : 1
    this.report.add('risk_limits', this.place('leverage', 'max'), {
      message: `takes a number from 1 to ${maxLeverage}, not \`${leverage}\``,
      fixes: [setFix(`Write ${near}`, ['risk', 'leverage', 'max'], near)],
    })
    return 1
  }

  cooldown(tree: RiskTree): Risk['cooldown'] {
    if (tree.cooldown === undefined) return null
    const { after } = tree.cooldown
    const span = readLifetime(tree.cooldown.for)
    if (!isWrong(span)) return { after, for: span.value }
    const place = this.place('cooldown', 'for')
    this.report.add('wrong_unit', place, {
      message: span.message,
      fixes: (span.instead ?? []).map((one) => setFix(`Write ${one}`, place.path, one)),
    })
    return null
  }

  scaleIn(tree: RiskTree): Risk['scaleIn'] {
    if (tree.scale_in === undefined) return null
    const adds = this.whole(tree.scale_in.adds, ['scale_in', 'adds'], 20) ?? 1
    const from = readRShare(tree.scale_in.from)
    if (!isWrong(from)) return { adds, from: from.value }
    const place = this.place('scale_in', 'from')
    this.report.add('wrong_unit', place, {
      message: from.message,
      fixes: (from.instead ?? []).map((one) => setFix(`Write ${one}`, place.path, one)),
    })
    return null
  }
}

export const readRisk = (tree: RiskTree, report: Report): Risk => {
  const reader = new RiskReader(report)
  const leverage = reader.leverage(tree)
  const { trades_per_day, daily_loss, losses_in_row, open_positions } = tree.limits ?? {}
  const tradesPerDay = reader.whole(trades_per_day, ['limits', 'trades_per_day'], 1440)
  const dailyLoss = daily_loss === undefined ? undefined : reader.share(daily_loss, ['limits', 'daily_loss'], 1)
  const lossesInRow = reader.whole(losses_in_row, ['limits', 'losses_in_row'], 1000)
  const openPositions = reader.whole(open_positions, ['limits', 'open_positions'], 1000)
  return {
    size: reader.size(tree.size, leverage),
    leverage,
    cooldown: reader.cooldown(tree),
    limits: {
      ...(tradesPerDay === undefined ? {} : { tradesPerDay }),
      ...(dailyLoss === undefined ? {} : { dailyLoss }),
      ...(lossesInRow === undefined ? {} : { lossesInRow }),
      ...(openPositions === undefined ? {} : { openPositions }),
    },
    scaleIn: reader.scaleIn(tree),
  }
}
