// `npm run torture`: the laws again with many more random cases (tests/fixtures/effort.ts); for a night, not for a commit.
import './node.mjs'
import { generate } from './generate.mjs'
import { install } from './install.mjs'
import { runPackage } from './run.mjs'

await install()
await generate()
const args = ['run', '--project=laws', '--testTimeout=14400000', '--reporter=verbose']
const { code } = await runPackage('vitest/vitest.mjs', args, { env: { PLAYLOOM_TORTURE: '1' } })
process.exitCode = code
