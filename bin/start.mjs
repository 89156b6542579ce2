// `npm start`: installs, builds and serves the page on this machine; one line a step. Ctrl-C stops what it started.
import './node.mjs'
import { resolve } from 'node:path'
import { writeCatalogue } from './catalogue.mjs'
import { install } from './install.mjs'
import { root } from './run.mjs'
import { buildWeb, isFree, serveWeb } from './web.mjs'

/** Runs a step and says how it ended; `work` returns a word about it. */
const step = async (name, work) => {
  const begun = performance.now()
  const live = process.stdout.isTTY === true
  if (live) process.stdout.write(`  ${name} ...`)
  const word = await work().finally(() => {
    if (live) process.stdout.write('\r\u001b[2K')
  })
  const time = `${((performance.now() - begun) / 1000).toFixed(1)} s`
  console.log(`  ${name.padEnd(16)}${time.padStart(7)}   ${word}`)
}

const portOf = (text) => {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65536) return port
  throw new Error(`PORT=${text} is not a port: a whole number from 1 to 65535.`)
}

const practice = 'synthetic:BTCUSDT.P'

/** Asks the server; an answer that is no success is a sentence. */
const ask = async (url, name, input) => {
  const response = await fetch(`${url}/api/trpc/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify(input),
  })
  const { result, error } = await response.json()
  if (error !== undefined) throw new Error(error.message)
  return result.data
}

/** Without data of his own the trader begins on a made-up market; its columns are made before he waits for them. */
const readyData = async (url) => {
  const { series } = await ask(url, 'system.about', {})
  if (series > 0) return `${series} stored series`
  const settings = { proxies: {}, instruments: {}, funding_gaps: 'refuse' }
  await ask(url, 'data.dataset', { traded: [practice], read: [], tf: '1h', settings })
  return `none stored yet: the practice market ${practice} is ready`
}

const main = async (signal) => {
  const port = portOf(process.env.PORT || '3000')
  await step('packages', async () => ((await install({ signal })) ? 'installed' : 'all there'))
  await step('catalogue', async () => (writeCatalogue() ? 'written' : 'up to date'))
  if (!(await isFree(port)))
    throw new Error(
      `Port ${port} is taken, perhaps by a Playloom that is running. Stop that, or choose another: PORT=${port + 1} npm start`,
    )
  await step('command line', async () => ((await (await import('./build.mjs')).build()) ? 'built' : 'up to date'))
  await step('page', async () => ((await buildWeb({ signal })) ? 'built' : 'up to date'))
  let server
  await step('server', async () => {
    const env = { DATA_DIR: resolve(root, process.env.DATA_DIR || '.data') }
    server = await serveWeb({ port, env, signal })
    return 'listening on this machine alone'
  })
  return server
}

const stopping = new AbortController()
let running
/** Ends whatever runs, then this process; asked a second time it waits for nothing. */
const leave = async (code) => {
  if (stopping.signal.aborted) process.exit(code)
  stopping.abort()
  await running?.stop()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void leave(0))

try {
  running = await main(stopping.signal)
  await step('data', () => readyData(running.url)).catch((error) => console.error(`  data: ${error.message}`))
  console.log(`\nOpen ${running.url}   (Ctrl-C stops it)`)
  await running.ended
  if (!stopping.signal.aborted) throw new Error('The web server ended by itself: see its words above.')
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(error instanceof Error ? error.message : String(error))
    await leave(1)
  }
}
