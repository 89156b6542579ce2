// Parameters of a document: value, range and choices consistent with each other, constraints held, values set from outside.
import { type Literal, parseLiteral, printNumber, printShare } from '../literal'
import type { ConstraintTree, ParamTree, Scalar } from '../tree'
import { nearestAdvice } from './nearest'
import { below, type Place, type Report, setFix } from './report'

type Unit = Literal['kind'] | 'word'
/** A scalar as unit and number; words and flags have no number. */
export interface Measure {
  readonly unit: Unit
  readonly amount: number | null
}

export const measure = (written: Scalar): Measure => {
  const literal = parseLiteral(written)
  switch (literal?.kind) {
    case 'number':
    case 'share':
      return { unit: literal.kind, amount: literal.value }
    case 'span':
      return { unit: 'span', amount: literal.ms }
    case 'bars':
      return { unit: 'bars', amount: literal.bars }
    case 'r':
      return { unit: 'r', amount: literal.r }
    default:
      return { unit: literal?.kind ?? 'word', amount: null }
  }
}

/** The amount written in a unit; a span in minutes. */
const written = (unit: Unit, amount: number): Scalar => {
  if (unit === 'number') return Number(amount.toPrecision(12))
  if (unit === 'share') return printShare(Number(amount.toPrecision(12)))
  const digits = printNumber(Number((unit === 'span' ? amount / 60_000 : amount).toPrecision(12)))
  return `${digits}${unit === 'span' ? 'm' : unit === 'bars' ? 'b' : 'R'}`
}

/** a + b written in their unit; null when they have none in common. */
export const sumOf = (a: Scalar, b: Scalar): Scalar | null => {
  const [one, other] = [measure(a), measure(b)]
  if (one.unit !== other.unit || one.amount === null || other.amount === null) return null
  return written(one.unit, one.amount + other.amount)
}

/** Grids are decimal, doubles are not: a place within this share of a step counts as on the grid. */
const slack = 1e-6

const offGrid = (value: number, min: number, step: number): boolean => {
  const steps = (value - min) / step
  return Math.abs(steps - Math.round(steps)) > slack
}

class ParamRules {
  private readonly place: Place
  private readonly report: Report
  constructor(
    private readonly param: ParamTree,
    private readonly name: string,
    { root, report }: ParamDocument,
  ) {
    this.place = below(root, 'params', name)
    this.report = report
  }

  check(): void {
    const { param, name, place, report } = this
    const range = [param.min, param.max, param.step]
    const given = range.filter((one) => one !== undefined).length
    if (param.choices !== undefined && given > 0)
      report.add('param_form', place, {
        message: `\`${name}\` has a range and choices: one of the two`,
        fixes: [
          { label: 'Keep the choices', edits: ['min', 'max', 'step'].map((key) => ({ path: [...place.path, key] })) },
        ],
      })
    else if (given > 0 && given < 3) this.sayPartial()
    else if (param.choices !== undefined) this.checkChoices(param.choices)
    else if (given === 3) this.checkRange()
    else if (param.scale !== undefined)
      report.add('param_form', place, {
        message: `\`${name}\` has a scale but no range`,
        fixes: [setFix('Remove `scale`', [...place.path, 'scale'])],
      })
  }

  private sayPartial(): void {
    const { name, place, report } = this
    report.add('param_form', place, {
      message: `\`${name}\` needs all of \`min\`, \`max\` and \`step\`, or none of them`,
      fixes: [
        {
          label: 'Make it a constant',
          edits: ['min', 'max', 'step', 'scale'].map((key) => ({ path: [...place.path, key] })),
        },
      ],
    })
  }

  private checkChoices(choices: readonly Scalar[]): void {
    const { param, name, place, report } = this
    const units = new Set([param.value, ...choices].map((one) => measure(one).unit))
    if (units.size > 1) {
      report.add('param_units', place, { message: `value and choices of \`${name}\` are not of one kind` })
      return
    }
    if (!choices.includes(param.value))
      report.add('param_value', below(place, 'value'), {
        message: `\`${param.value}\` is none of the choices of \`${name}\`: ${choices.join(', ')}`,
        fixes: choices.map((one) => setFix(`Write \`${one}\``, below(place, 'value').path, one)),
      })
    if (new Set(choices).size < choices.length)
      report.add('param_form', below(place, 'choices'), {
        message: `\`${name}\` lists a choice twice`,
        fixes: [setFix('Keep each once', below(place, 'choices').path, [...new Set(choices)])],
      })
  }

  private checkRange(): void {
    const { param, name, place, report } = this
    const [value, min, max, step] = [param.value, param.min ?? 0, param.max ?? 0, param.step ?? 0].map(measure)
    if (!value || !min || !max || !step) return
    if (new Set([value.unit, min.unit, max.unit, step.unit]).size > 1 || value.amount === null) {
      report.add('param_units', place, { message: `value, min, max and step of \`${name}\` are not of one unit` })
      return
    }
    const { unit } = value
    const [at, low, high, by] = [value.amount, min.amount ?? 0, max.amount ?? 0, step.amount ?? 0]
    if (!(low < high) || !(by > 0) || by > high - low) {
      const wrong = !(low < high)
        ? '`min` must lie below `max`'
        : by > 0
          ? '`step` is wider than the range'
          : '`step` must be above 0'
      report.add('param_form', place, {
        message: `${wrong} in \`${name}\``,
        fixes:
          low < high
            ? [setFix('One step over the whole range', below(place, 'step').path, written(unit, high - low))]
            : low > high
              ? this.swap()
              : [],
      })
      return
    }
    if (param.scale === 'log' && low <= 0)
      report.add('param_form', below(place, 'scale'), {
        message: `a log scale of \`${name}\` needs \`min\` above 0`,
        fixes: [setFix('Remove `scale`', below(place, 'scale').path)],
      })
    if (at < low || at > high)
      this.sayValue(
        `lies outside ${param.min} to ${param.max}`,
        written(unit, at < low ? low : low + by * Math.floor((high - low) / by + slack)),
      )
    else if (offGrid(at, low, by))
      this.sayValue(
        `lies between the steps of ${param.step} from ${param.min}`,
        written(unit, nearest(at, [low, high], by)),
      )
  }

  private swap() {
    const { param, place } = this
    return [
      {
        label: 'Swap `min` and `max`',
        edits: [
          { path: below(place, 'min').path, value: param.max },
          { path: below(place, 'max').path, value: param.min },
        ],
      },
    ]
  }

  private sayValue(what: string, instead: Scalar): void {
    const at = below(this.place, 'value')
    this.report.add('param_value', at, {
      message: `\`${this.param.value}\` of \`${this.name}\` ${what}`,
      fixes: [setFix(`Write \`${instead}\``, at.path, instead)],
    })
  }
}

const nearest = (at: number, [low, high]: readonly [number, number], by: number): number => {
  const snapped = low + by * Math.round((at - low) / by)
  return snapped > high ? snapped - by : snapped
}

export interface ParamDocument {
  readonly params: Readonly<Record<string, ParamTree>> | undefined
  readonly constraints: readonly ConstraintTree[] | undefined
  /** Path of the document that holds them. */
  readonly root: Place
  /** Values as they are used (set from outside, or by an instance). */
  readonly bound: ReadonlyMap<string, { readonly written: Scalar }>
  readonly report: Report
}

export const checkParams = (document: ParamDocument): void => {
  for (const [name, param] of Object.entries(document.params ?? {})) new ParamRules(param, name, document).check()
  for (const [i, constraint] of (document.constraints ?? []).entries()) checkConstraint(constraint, i, document)
}

const checkConstraint = (constraint: ConstraintTree, i: number, { bound, root, report }: ParamDocument): void => {
  const less = 'less' in constraint
  const words = less ? constraint.less : constraint.at_most
  const place = below(root, 'constraints', i)
  const key = less ? 'less' : 'at_most'
  for (const [k, word] of words.entries()) {
    const name = word.slice(1)
    if (bound.has(name)) continue
    report.add('constraint_params', below(place, key, k), {
      message: `there is no parameter \`${name}\``,
      ...nearestAdvice(
        word,
        [...bound.keys()].map((one) => `$${one}`),
        below(place, key, k),
      ),
    })
    return
  }
  const [a, b] = words.map((word) => measure(bound.get(word.slice(1))?.written ?? 0))
  if (a === undefined || b === undefined) return
  if (a.unit !== b.unit || a.amount === null || b.amount === null) {
    report.add('constraint_params', place, {
      message: `\`${words[0]}\` and \`${words[1]}\` cannot be compared: they are not of one unit`,
      fixes: [setFix('Remove the constraint', place.path)],
    })
    return
  }
  if (less ? a.amount < b.amount : a.amount <= b.amount) return
  const values = words.map((word) => bound.get(word.slice(1))?.written)
  report.add('constraint_broken', place, {
    message: `\`${words[0]}\` (${values[0]}) must be ${less ? 'less than' : 'at most'} \`${words[1]}\` (${values[1]})`,
  })
}

/** A value given from outside (an instance of a Block, `--set`) against the range or choices of the parameter. */
export const outsideOf = (value: Scalar, param: ParamTree, grid: boolean): string | null => {
  const given = measure(value)
  const own = measure(param.value)
  if (param.choices !== undefined)
    return param.choices.includes(value) ? null : `\`${value}\` is none of ${param.choices.join(', ')}`
  if (given.unit !== own.unit && param.min !== undefined) return `\`${value}\` is not of the unit of \`${param.value}\``
  if (param.min === undefined || param.max === undefined || given.amount === null) return null
  const [low, high] = [measure(param.min).amount ?? 0, measure(param.max).amount ?? 0]
  if (given.amount < low || given.amount > high) return `\`${value}\` lies outside ${param.min} to ${param.max}`
  const step = param.step === undefined ? null : measure(param.step).amount
  if (grid && step !== null && step > 0 && offGrid(given.amount, low, step))
    return `\`${value}\` lies between the steps of ${param.step} from ${param.min}`
  return null
}

/** Parameters that nothing reads; a constraint alone is no use. */
export const checkUnused = (document: ParamDocument, used: ReadonlySet<string>): void => {
  for (const name of Object.keys(document.params ?? {})) {
    if (used.has(name)) continue
    const word = `$${name}`
    const kept = (document.constraints ?? []).filter((one) => !('less' in one ? one.less : one.at_most).includes(word))
    const { root, report } = document
    report.add('param_unused', below(root, 'params', name), {
      message: `nothing uses the parameter \`${name}\``,
      fixes: [
        {
          label: 'Remove it',
          edits: [
            { path: [...root.path, 'params', name] },
            ...(kept.length === (document.constraints ?? []).length
              ? []
              : [
                  kept.length === 0
                    ? { path: [...root.path, 'constraints'] }
                    : { path: [...root.path, 'constraints'], value: kept },
                ]),
          ],
        },
      ],
    })
  }
}
