// `npm test` (every lane) and `npm run check` (the quick ones): ends with one line `N passed, N failed`, true or not at all.
import './node.mjs'
import { lanes } from './lanes.mjs'

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`.padStart(8)
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

const runLane = async (lane) => {
  try {
    return await lane.run()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1, skipped: 0 }
  }
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

for (const lane of chosen) {
  console.log(`-- ${lane.name}`)
  const started = performance.now()
  const count = await runLane(lane)
  for (const key of Object.keys(total)) total[key] += count[key]
  times.push(
    `${lane.name.padEnd(10)}${seconds(performance.now() - started)}   ${words(count).replace(', 0 failed', '')}`,
  )
  console.log(`   ${times.at(-1)}`)
  if (lane.basis && count.failed > 0) break
}

console.log(`\n${times.join('\n')}\n`)
finished = true
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
console.log(words(total))
