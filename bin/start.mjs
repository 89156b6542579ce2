// `npm start`: installs, writes the catalogue, builds, then runs the example Play on the synthetic market.
import './node.mjs'
import { writeCatalogue } from './catalogue.mjs'
import { install } from './install.mjs'
import { root, run } from './run.mjs'

const example = 'blocks/examples/ema_pullback.yaml'
const market = 'main=synthetic:BTCUSDT.P'

try {
  await install()
  writeCatalogue()
  const { build } = await import('./build.mjs')
  if (await build()) console.error('Built the command line.')
  const command = ['backtest', example, '--local', '--market', market]
  console.error(`\nnpx playloom ${command.join(' ')}\n`)
  const { code } = await run(process.execPath, ['bin/playloom.mjs', ...command])
  if (code === 0) console.error(`\nNext: \`npx playloom --help\`, and README.md in ${root}`)
  process.exitCode = code
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
