// `npm test` (every lane) and `npm run check` (the quick ones): ends with one line `N passed, N failed`, true or not at all.
import './node.mjs'
import { lanes } from './lanes.mjs'
import { runSideBySide } from './sideBySide.mjs'

/** One that computes beside one that waits for servers keeps two cores busy. */
const seats = 2
const lineOf = (name, started, text) =>
  `${name.padEnd(10)}${`${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(8)}   ${text}`
const total = { passed: 0, failed: 0, skipped: 0 }
const times = []
let finished = false

const words = (count) =>
  `${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`

// Whatever ends this process early, its last line and its exit code must not look like success.
process.once('exit', (code) => {
  if (!finished) console.log(words({ ...total, failed: total.failed + 1 }))
  if (code === 0 && (!finished || total.failed > 0)) process.exitCode = 1
})
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))

/** What a lane says is kept until its end, so that two never speak at once. */
const counted = async (lane) => {
  const said = []
  try {
    return { said, count: await lane.run((text) => said.push(text)) }
  } catch (error) {
    said.push(error instanceof Error ? error.message : error)
    return { said, count: { passed: 0, failed: 1, skipped: 0 } }
  }
}

/** Of each lane that runs now, which others ran meanwhile: its time tells of them too. */
const beside = new Map()

/** Resolves with whether it passed. */
const runLane = async (lane) => {
  console.log(`-- ${lane.name}`)
  for (const others of beside.values()) others.add(lane.name)
  beside.set(lane.name, new Set(beside.keys()))
  const started = performance.now()
  const { said, count } = await counted(lane)
  const others = [...(beside.get(lane.name) ?? [])]
  beside.delete(lane.name)
  for (const key of Object.keys(total)) total[key] += count[key]
  const company = others.length > 0 ? `   beside ${others.join(', ')}` : ''
  times.push(lineOf(lane.name, started, `${words(count).replace(', 0 failed', '')}${company}`))
  for (const text of said) console.log(text)
  console.log(`   ${times.at(-1)}`)
  return count.failed === 0
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => name !== '--check' && !lanes.some((lane) => lane.name === name))
if (unknown !== undefined) {
  finished = true
  console.log(`There is no lane \`${unknown}\`. Lanes: ${lanes.map((lane) => lane.name).join(', ')}.`)
  process.exit(2)
}
const chosen = asked.includes('--check')
  ? lanes.filter((lane) => lane.check)
  : lanes.filter((lane) => asked.length === 0 || lane.basis || asked.includes(lane.name))

const started = performance.now()
await runSideBySide(chosen, seats, runLane)
times.push(lineOf('together', started, words(total)))

console.log(`\n${times.join('\n')}\n`)
finished = true
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
console.log(words(total))
