// Run settings of the command line: a YAML or JSON file, single options over it, every fault with its place.
import { LineCounter, parseDocument as parseYaml } from 'yaml'
import type { z } from 'zod'
import { type Settings, settingsSchema } from '../../blocks/engine/settings'
import type { Problem } from '../../blocks/kit/problem'
import { readText } from './files'
import { Stop, usage } from './stop'

/** As the file and the options write it, before defaults. */
type Draft = Record<string, unknown>

export interface SettingsOptions {
  readonly settings?: string
  readonly equity?: number
  readonly feeBps?: number
  readonly makerBps?: number
  readonly takerBps?: number
  readonly slippageBps?: number
  readonly latencyMs?: number
  readonly margin?: string
  readonly fundingGaps?: string
}

const maxBytes = 64 * 1024
const decimal = /^\d+(\.\d+)?$/

/** A plain decimal of an option. */
export const numberOption =
  (option: string) =>
  (text: string): number => {
    if (!decimal.test(text)) throw usage(`${option} ${text}: not a number`, 'Write a plain decimal such as 2.5.')
    return Number(text)
  }

/** A decimal of basis points as a fraction: the double nearest to the decimal with its point moved four places. */
export const bpsOption =
  (option: string) =>
  (text: string): number => {
    if (!decimal.test(text))
      throw usage(`${option} ${text}: not a number of basis points`, 'Write a plain decimal: 5 is 0.05 %.')
    return Number(`${text}e-4`)
  }

const isRecord = (x: unknown): x is Draft => typeof x === 'object' && x !== null && !Array.isArray(x)

const faultsOf = (file: string, issues: readonly z.core.$ZodIssue[]): readonly Problem[] =>
  issues.map((issue) => {
    const path = issue.path.filter((part) => typeof part !== 'symbol')
    const place = path.length === 0 ? 'the settings' : `\`${path.join('.')}\``
    return {
      code: 'settings',
      severity: 'error',
      where: { file, path },
      message: `${place}: ${issue.message}`,
      fixes: [],
    }
  })

const fault = (file: string, message: string, line?: number): Stop =>
  new Stop('problems', message, [
    {
      code: 'settings',
      severity: 'error',
      where: { file, ...(line === undefined ? {} : { line }) },
      message,
      fixes: [],
    },
  ])

/** The plain value of the text. Aliases are refused: they could grow a small file without bound. */
const plainOf = (text: string, file: string): unknown => {
  const lines = new LineCounter()
  try {
    const document = parseYaml(text, {
      lineCounter: lines,
      version: '1.2',
      schema: 'core',
      uniqueKeys: true,
      stringKeys: true,
    })
    const [error] = document.errors
    if (error === undefined) return document.toJS({ maxAliasCount: 0 })
    const message = error.message.split('\n')[0] ?? 'not YAML'
    throw fault(file, message.replace(/ at line .*$/, ''), lines.linePos(error.pos[0]).line)
  } catch (error) {
    if (error instanceof Stop) throw error
    // The parser throws on aliases and on nesting deeper than the stack: both are the file's fault.
    throw fault(file, `${file} cannot be read as settings: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const readFile = async (file: string): Promise<Draft> => {
  const value = plainOf(await readText(file, maxBytes), file)
  if (value === null) return {}
  if (!isRecord(value))
    throw fault(file, `${file} holds no settings: a map of names such as \`equity: 10000\` is expected`)
  return value
}

const given = (fields: Draft): Draft =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** The file's settings with the options over them, defaults not yet filled. */
const merged = (file: Draft, options: SettingsOptions): Draft => {
  const fees = given({ maker: options.makerBps ?? options.feeBps, taker: options.takerBps ?? options.feeBps })
  const own = isRecord(file.fees) ? file.fees : {}
  return {
    ...file,
    ...given({
      equity: options.equity,
      latency_ms: options.latencyMs,
      margin: options.margin,
      funding_gaps: options.fundingGaps,
      slippage: options.slippageBps === undefined ? undefined : { model: 'fixed', bps: options.slippageBps },
    }),
    ...(Object.keys(fees).length > 0 ? { fees: { ...own, ...fees } } : {}),
  }
}

/** Settings with defaults filled. Faults end the command with every place named. */
export const settingsOf = async (options: SettingsOptions): Promise<Settings> => {
  const file = options.settings === undefined ? {} : await readFile(options.settings)
  const parsed = settingsSchema.safeParse(merged(file, options))
  if (parsed.success) return parsed.data
  const place = options.settings ?? 'options'
  throw new Stop('problems', 'The run settings are wrong.', faultsOf(place, parsed.error.issues))
}
