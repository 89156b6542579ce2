// `npm start`: installs, builds and serves the page on this machine; one line a step. Ctrl-C stops what it started.
import './node.mjs'
import { resolve } from 'node:path'
import { generate } from './generate.mjs'
import { install } from './install.mjs'
import { root } from './run.mjs'
import { buildWeb } from './web.mjs'

const say = (name, ms, word) =>
  console.log(`  ${name.padEnd(16)}${`${(ms / 1000).toFixed(1)} s`.padStart(7)}   ${word}`)

/** Runs a step and says how it ended; `work` returns a word about it. */
const step = async (name, work) => {
  const begun = performance.now()
  const live = process.stdout.isTTY === true
  if (live) process.stdout.write(`  ${name} ...`)
  const word = await work().finally(() => {
    if (live) process.stdout.write('\r\u001b[2K')
  })
  say(name, performance.now() - begun, word)
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
  // Opens what the server keeps before the trader waits for it.
  await ask(url, 'system.health', {})
  const { series } = await ask(url, 'system.about', {})
  if (series > 0) return `${series} stored series`
  const settings = { proxies: {}, instruments: {}, funding_gaps: 'refuse' }
  await ask(url, 'data.dataset', { traded: [practice], read: [], tf: '1h', settings })
  return `none stored yet: the practice market ${practice} is ready`
}

const prepare = async (signal) => {
  await step('packages', async () => ((await install({ signal })) ? 'installed' : 'all there'))
  await step('sources', async () => ((await generate()) ? 'written' : 'up to date'))
  await step('command line', async () => ((await (await import('./build.mjs')).build()) ? 'built' : 'up to date'))
  await step('page', async () => ((await buildWeb({ signal })) ? 'built' : 'up to date'))
}

const main = async (signal) => {
  const port = portOf(process.env.PORT || '3000')
  const url = `http://127.0.0.1:${port}`
  const stateDir = resolve(root, process.env.STATE_DIR || '.state')
  const dataDir = resolve(root, process.env.DATA_DIR || '.data')
  // Loaded late: the packages that they stand on may not be there yet.
  const { takeFolder } = await import('./services/lock.mjs')
  const lock = takeFolder({ stateDir, url })
  stopLast(lock.release)
  await prepare(signal)
  const { openServices } = await import('./services/open.mjs')
  const supervisor = await openServices({ stateDir, dataDir, port, say })
  stopLast(() => supervisor.stop())
  await supervisor.start()
  return url
}

/** What is to be undone when this process ends, last one first. */
const undo = []
const stopLast = (work) => undo.unshift(work)
const stopping = new AbortController()
/** Ends whatever runs, then this process; asked a second time it waits for nothing. */
const leave = async (code) => {
  if (stopping.signal.aborted) process.exit(code)
  stopping.abort()
  for (const work of undo) await work()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void leave(0))

try {
  const url = await main(stopping.signal)
  await step('data', () => readyData(url)).catch((error) => console.error(`  data: ${error.message}`))
  console.log(`\nOpen ${url}   (Ctrl-C stops it)`)
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(error instanceof Error ? error.message : String(error))
    await leave(1)
  }
}
