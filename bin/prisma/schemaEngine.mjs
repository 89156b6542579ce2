#!/usr/bin/env node
// What Prisma's command line takes for its schema engine: its JSON-RPC over stdio, answered by the WebAssembly one.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { openEngine, panic, urlOf } from './wasm.mjs'

const args = process.argv.slice(2)
const values = (option) => args.flatMap((arg, i) => (arg === option ? [args[i + 1]] : []))
const { url } = JSON.parse(values('--datasource')[0] ?? '{}')

const connected = async (address, work) => {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const asAdmin = async (sql) => {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  await connected(urlOf(url, 'postgres'), (client) => client.query(`${sql} "${name}"`))
  return name
}

/** One question on the command line; the caller skips the first line of stderr and reads the rest as JSON. */
const answerOnce = async (question) => {
  try {
    if (question === 'can-connect-to-database') await connected(url, () => undefined)
    else await asAdmin(question === 'create-database' ? 'CREATE DATABASE' : 'DROP DATABASE')
    return 0
  } catch ({ code, message }) {
    const fields = { error_code: code === '3D000' ? 'P1003' : 'P1001', message }
    console.error(`\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}`)
    return 1
  }
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
const failure = (message, more = {}) => ({ code: 4466, message, data: { is_panic: false, message, ...more } })

let engine
const open = () => {
  const models = values('--datamodels').map((path) => [path, readFileSync(path, 'utf8')])
  engine ??= openEngine(url, models)
  return engine
}

const printed = new Map()
let lastPrint = 1_000_000
/** The caller prints on our behalf, and says when it has. */
const print = (content) => {
  lastPrint += 1
  const told = new Promise((resolve) => printed.set(lastPrint, resolve))
  send({ id: lastPrint, method: 'print', params: { content } })
  return told
}

const work = async (method, params) => {
  if (method === 'createDatabase') return { databaseName: await asAdmin('CREATE DATABASE') }
  const { engine: opened } = await open()
  const { migrationsList, filters } = params ?? {}
  // Fills a cache without which the next call fails.
  if (method === 'evaluateDataLoss') await opened.devDiagnostic({ migrationsList, filters })
  const result = (await opened[method === 'getDatabaseVersion' ? 'version' : method](params)) ?? null
  if (method !== 'diff' || (result.stdout ?? null) === null) return result
  await print(result.stdout)
  return { exitCode: result.exitCode }
}

let current
const answer = async ({ id, method, params }) => {
  current = id
  try {
    send({ id, result: await work(method, params) })
  } catch (error) {
    send({ id, error: failure(error?.message ?? String(error), { error_code: error?.code, meta: error?.meta }) })
  }
}

// Without it the caller can take a panic for success.
process.on('uncaughtException', ({ message }) => {
  send({ id: current, error: failure(`schema engine panic: ${panic.get()} ${message}`) })
  setTimeout(() => process.exit(1), 100)
})

if (args.includes('--version')) console.log('schema-engine-cli wasm')
else if (args.includes('cli')) process.exitCode = await answerOnce(args[args.indexOf('cli') + 1])
else
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue
    const message = JSON.parse(line)
    if (message.method === undefined) printed.get(message.id)?.()
    else void answer(message)
  }
