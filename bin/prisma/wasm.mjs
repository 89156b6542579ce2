// Prisma's schema engine as WebAssembly on the `pg` driver: migrations without a downloaded program.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** Type "char" of PostgreSQL's own tables, which the adapter does not know, and the text that it takes instead. */
const charOid = 18
const textOid = 25

/** By the rows of a result: places of its columns of type "char". */
const charColumns = new WeakMap()

const asText = (result) => {
  const places = []
  for (const [i, field] of (result?.fields ?? []).entries()) {
    if (field.dataTypeID !== charOid) continue
    field.dataTypeID = textOid
    places.push(i)
  }
  if (places.length > 0) charColumns.set(result.rows, places)
  return result
}

class Client extends pg.Client {
  query(...args) {
    const told = args.at(-1)
    if (typeof told === 'function') args[args.length - 1] = (error, result) => told(error, asText(result))
    const pending = super.query(...args)
    return typeof pending?.then === 'function' ? pending.then(asText) : pending
  }
}

/** The engine insists on characters where PostgreSQL has them. */
const withCharacters = (adapter) => {
  const ask = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    const answer = await ask(query)
    for (const i of charColumns.get(answer.rows) ?? []) answer.columnTypes[i] = ColumnTypeEnum.Character
    return answer
  }
  return adapter
}

/** The adapter cuts a script at every semicolon, also inside the body of a function. */
const withWholeScripts = (adapter) => {
  adapter.executeScript = async (sql) => {
    try {
      await adapter.underlyingDriver().query(sql)
    } catch (error) {
      adapter.onError(error)
    }
  }
  return adapter
}

/** The same server, another database. */
export const urlOf = (url, database) => {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

class Factory extends PrismaPg {
  constructor(url) {
    // Without it timestamps are read with the offset of the session's own zone.
    super({ connectionString: url, Client, options: '-c TimeZone=UTC' })
    this.url = url
    this.opened = []
  }

  async connect() {
    const adapter = withCharacters(withWholeScripts(await super.connect()))
    this.opened.push(adapter)
    return adapter
  }

  /** The engine keeps its connection, and with it its lock, until somebody closes it. */
  async close() {
    await Promise.all(this.opened.splice(0).map((adapter) => adapter.dispose()))
  }

  /** A database for comparing; it is dropped after its connection is closed, not before. */
  async connectToShadowDb() {
    const admin = await this.connect()
    const name = `prisma_shadow_${randomUUID()}`
    await admin.executeScript(`CREATE DATABASE "${name}"`)
    const shadow = await new Factory(urlOf(this.url, name)).connect()
    const close = shadow.dispose.bind(shadow)
    shadow.dispose = async () => {
      await close()
      await admin.executeScript(`DROP DATABASE "${name}"`)
      await admin.dispose()
    }
    return shadow
  }
}

const instantiate = async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const glue = await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href)
  const bytes = readFileSync(join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue
}

let glueOnce
/** The bindings hold one instance for the whole process: a second one would break the first. */
const loadGlue = () => {
  glueOnce ??= instantiate()
  return glueOnce
}

/** What the engine said when it panicked. */
export const panic = {
  text: '',
  set_message(text) {
    this.text = text
  },
  get() {
    return this.text
  },
}

/**
 * @param {string | undefined} url of the database; it is reached at the first call
 * @param {ReadonlyArray<readonly [path: string, text: string]>} models
 */
export const openEngine = async (url, models) => {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = panic
  const glue = await loadGlue()
  const factory = new Factory(url)
  // An empty list panics the engine.
  const datamodels = models.length > 0 ? models : undefined
  const engine = await glue.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory))
  return { engine, close: () => factory.close() }
}
