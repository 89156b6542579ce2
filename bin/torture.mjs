// `npm run torture`: the laws again with many more random cases (tests/fixtures/effort.ts) and ten times as many kills;
// for a night, not for a commit. `npm run torture laws` or `npm run torture kills` runs the one alone.
import './node.mjs'
import { generate } from './generate.mjs'
import { install } from './install.mjs'
import { runPackage } from './run.mjs'

const nightMs = 14_400_000
const parts = {
  laws: ['--project=laws'],
  kills: ['--project=kills'],
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !(name in parts))
if (unknown !== undefined) {
  console.error(`There is no \`${unknown}\` to torture: ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}

await install()
await generate()
if (asked.length === 0 || asked.includes('kills')) await (await import('./web.mjs')).buildWeb()
for (const [name, chosen] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const args = ['run', ...chosen, `--testTimeout=${nightMs}`, '--reporter=verbose']
  const { code } = await runPackage('vitest/vitest.mjs', args, { env: { PLAYLOOM_TORTURE: '1' } })
  if (code !== 0) process.exitCode = code
}
