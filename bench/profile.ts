// Where the time goes: a process under V8's sampling profiler, its functions by self time.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The parts of a .cpuprofile that are read here. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Lines `share  ms  function` of the functions that took most, largest first. */
export const topFunctions = (
  asked: { readonly script: string; readonly args: readonly string[]; readonly folder: string },
  count = 22,
): string[] => {
  const { script, args, folder } = asked
  execFileSync(process.execPath, ['--cpu-prof', `--cpu-prof-dir=${folder}`, script, ...args], { stdio: 'ignore' })
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'))
  if (file === undefined) throw new Error('the profiler wrote nothing')
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const place = url === '' ? '' : ` ${basename(url)}:${lineNumber + 1}`
      return [id, `${functionName || '(anonymous)'}${place}`]
    }),
  )
  const self = new Map<string, number>()
  let total = 0
  samples.forEach((id, i) => {
    const name = names.get(id) ?? '?'
    const us = timeDeltas[i] ?? 0
    self.set(name, (self.get(name) ?? 0) + us)
    total += us
  })
  return [...self]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(
      ([name, us]) =>
        `${((100 * us) / total).toFixed(1).padStart(6)} %  ${(us / 1e3).toFixed(0).padStart(7)} ms  ${name}`,
    )
}
