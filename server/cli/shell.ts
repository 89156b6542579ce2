// What a command says: one answer on stdout (text, or exactly one JSON document), words and progress on stderr.
import type { Problem } from '../../blocks/kit/problem'
import type { Style } from './render/table'

export interface ShellOptions {
  readonly json: boolean
  readonly quiet: boolean
  /** Of text on stdout. */
  readonly style: Style
  /** Is stderr a terminal: only there a bar may be drawn. */
  readonly terminal: boolean
}

/** Where the text goes; the process's own streams, or a test's. */
export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

export interface Shell extends ShellOptions {
  /** The answer: JSON with `--json`, else the text. Once a command. */
  readonly answer: (document: unknown, text: string) => void
  /** As answer, written piece by piece; the pieces are the text of one document or table. */
  readonly pour: (pieces: Iterable<string>) => void
  /** Words beside the answer; silent with `--quiet`. */
  readonly say: (text: string) => void
  /** Words that no option silences: what went wrong. */
  readonly complain: (text: string) => void
  readonly progress: (step: { readonly label: string; readonly share: number }) => void
}

const showAfterMs = 500
const barWidth = 30

/** A bar on a terminal for whatever takes more than half a second; gone without a trace when other words come. */
const progressBar = (err: (text: string) => void) => {
  let startedMs: number | null = null
  let drawn = false
  const clear = () => {
    if (drawn) err('\r\u001b[2K')
    drawn = false
  }
  return {
    clear,
    step: ({ label, share }: { readonly label: string; readonly share: number }): void => {
      const now = performance.now()
      startedMs ??= now
      if (now - startedMs < showAfterMs) return
      const done = Math.round(Math.min(1, Math.max(0, share)) * barWidth)
      const bar = `${'='.repeat(done)}${' '.repeat(barWidth - done)}`
      err(`\r\u001b[2K[${bar}] ${String(Math.floor(share * 100)).padStart(3)} %  ${label.slice(0, 60)}`)
      drawn = true
    },
  }
}

export const createShell = (options: ShellOptions, { out, err }: Streams): Shell => {
  const bar = progressBar(err)
  const words = (text: string) => {
    bar.clear()
    err(text.endsWith('\n') ? text : `${text}\n`)
  }
  return {
    ...options,
    answer: (document, text) => {
      bar.clear()
      const said = options.json ? JSON.stringify(document) : text
      if (said !== '') out(said.endsWith('\n') ? said : `${said}\n`)
    },
    pour: (pieces) => {
      bar.clear()
      for (const piece of pieces) out(piece)
    },
    say: (text) => {
      if (!options.quiet) words(text)
    },
    complain: words,
    progress: (step) => {
      if (options.terminal && !options.quiet) bar.step(step)
    },
  }
}

const whereOf = ({ where }: Problem): string => {
  const place = [where.file, where.line].filter((part) => part !== undefined).join(':')
  return place === '' && where.node !== undefined ? `node ${where.node}` : place
}

/** One problem for people: place, sentence, what to do, the fixes on offer. */
export const problemText = (problem: Problem): string => {
  const where = whereOf(problem)
  const head = `${where === '' ? '' : `${where}  `}${problem.severity} ${problem.code}`
  return [
    head,
    `  ${problem.message}`,
    ...(problem.hint === undefined ? [] : [`  ${problem.hint}`]),
    ...problem.fixes.map(({ label }) => `  fix: ${label}`),
  ].join('\n')
}

export const problemsText = (problems: readonly Problem[]): string => problems.map(problemText).join('\n')
