// The rings and their arrows (ARCHITECTURE.md): an import may only point inwards. One rule a ring and kind of target.

/** Pure libraries that the inner rings may use; everything else is an adapter's or an edge's business. */
const hashing = ['zod', '@noble/hashes', 'canonicalize']

const kit = '^blocks/kit/'
const logic = '^blocks/logic/'
const catalogue = '^blocks/catalogue\\.ts$'
/** The database client, written by Prisma. */
const generated = '^server/io/db/generated/'
const play = '^blocks/play/'
const engine = '^blocks/engine/'
const blocks = '^blocks/'
const core = '^server/core/'
const run = '^server/run/'
const io = '^server/io/'
const api = '^server/api/'
const cli = '^server/cli/'
const wire = '^server/(wire|wireLog|wireVenues|env)\\.ts$'
/** The shapes of the ports: what an adapter must fit, told by the use-cases. */
const contract = '^server/run/(ports|stores)\\.ts$'
/** An edge maps a Failure to an exit code or a status, so it must know one. */
const failure = '^server/core/failure\\.ts$'
const promotion = '^server/core/promotion'

/** `may`: own code that the ring may import. `npm`: packages, or true for all. `node`: Node's own modules. */
const rings = [
  { name: 'kit', path: kit, may: [kit], npm: hashing, why: 'the innermost ring stands on nothing of ours' },
  {
    name: 'logic',
    path: logic,
    may: [kit],
    npm: [],
    why: 'a logic type is one file over blocks/kit, so that a new one touches nothing else',
  },
  {
    name: 'catalogue',
    path: catalogue,
    may: [kit, logic],
    npm: [],
    why: 'the generated list of logic types and documents',
  },
  {
    name: 'play',
    path: play,
    may: [kit, logic, catalogue, play],
    npm: [...hashing, 'yaml'],
    why: 'the language never knows how it is run',
  },
  {
    name: 'engine',
    path: engine,
    may: [kit, logic, catalogue, play, engine],
    npm: hashing,
    why: 'the engine is the same in browser, server and test',
  },
  {
    name: 'core',
    path: core,
    may: [blocks, core],
    npm: ['zod', 'pure-rand'],
    why: 'decisions about risk, evolution and promotion are pure',
  },
  {
    name: 'run',
    path: run,
    may: [blocks, core, run],
    npm: ['zod', 'yaml', 'pure-rand'],
    why: 'use-cases get their ports as arguments and never build an adapter',
  },
  {
    name: 'contract',
    path: contract,
    may: [blocks, core, contract],
    npm: ['zod'],
    why: 'adapters stand on this file, so it stands on no use-case',
  },
  {
    name: 'io',
    path: io,
    may: [blocks, core, io, contract],
    npm: true,
    node: true,
    why: 'an adapter fills one port and calls no use-case',
  },
  {
    name: 'wire',
    path: wire,
    may: [blocks, core, io, contract, wire],
    npm: ['zod'],
    node: true,
    why: 'the one place where adapters are built and a mode exists',
  },
  {
    name: 'api',
    path: api,
    may: [blocks, core, run, wire, api],
    npm: ['zod', '@trpc/server', 'rate-limiter-flexible'],
    why: 'routers parse, authorise, call run/ and map errors',
  },
  {
    name: 'cli',
    path: cli,
    may: [blocks, failure, run, wire, api, cli],
    npm: ['zod', 'yaml', 'commander', '@trpc/client'],
    node: true,
    why: 'the command line is a thin client',
  },
  {
    name: 'worker',
    path: '^server/worker/',
    may: [blocks, core, run, wire, '^server/worker/'],
    npm: true,
    node: true,
    why: 'a long-lived process calls use-cases through wire',
  },
  {
    name: 'trader',
    path: '^server/trader/',
    may: [blocks, core, run, wire, '^server/trader/'],
    npm: true,
    node: true,
    why: 'a long-lived process calls use-cases through wire',
  },
  {
    name: 'workflow',
    path: '^workflows/.*\\.workflow\\.ts$',
    may: [promotion, '^workflows/.*\\.workflow\\.ts$'],
    npm: ['@temporalio/workflow', '@temporalio/common'],
    why: 'a workflow is deterministic: types and core/promotion alone',
  },
  {
    name: 'activities',
    path: '^workflows/.*\\.activities\\.ts$',
    may: [run, wire, core, '^workflows/.*\\.activities\\.ts$'],
    npm: ['@temporalio/activity', '@temporalio/common'],
    node: true,
    why: 'activities call run/ through wire',
  },
  {
    name: 'routes',
    path: '^app/.*/route\\.ts$',
    may: [blocks, api, wire, '^app/'],
    npm: true,
    node: true,
    why: 'route handlers are the one door from the screens to the server',
  },
  {
    name: 'proxy',
    path: '^proxy\\.ts$',
    may: ['^server/api/guard\\.ts$'],
    npm: ['next'],
    why: 'it judges who asks and sets headers, and does nothing else',
  },
  {
    name: 'app',
    path: '^app/',
    pathNot: '/route\\.ts$',
    may: [blocks, '^app/'],
    types: [api],
    npm: true,
    why: 'screens see blocks/ and, from the server, the type of the router alone',
  },
]

const ours = '^((blocks|server|workflows|app|prisma|tests|bench|bin)/|proxy\\.ts$)'
const packages = (names) => `^node_modules/(${names.join('|')})/`
const kindsOfPackages = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'npm-bundled']

const rulesOf = (ring) => {
  const from = { path: ring.path, ...(ring.pathNot ? { pathNot: ring.pathNot } : {}) }
  const rule = (kind, to) => ({ name: `${ring.name}: ${kind}`, severity: 'error', comment: ring.why, from, to })
  const rules = [rule('own code', { path: ours, pathNot: [...ring.may, ...(ring.types ?? [])] })]
  if (ring.types) rules.push(rule('types only', { path: ring.types, dependencyTypesNot: ['type-only'] }))
  if (ring.npm !== true) {
    const pathNot = ring.npm.length > 0 ? { pathNot: packages(ring.npm) } : {}
    rules.push(rule('packages', { dependencyTypes: kindsOfPackages, ...pathNot }))
  }
  if (!ring.node) rules.push(rule("Node's modules", { dependencyTypes: ['core'] }))
  return rules
}

/** A package that only one folder may name, whatever its ring allows. */
const keeper = ({ name, path, modules, why }) => ({
  name: `only ${name}`,
  severity: 'error',
  comment: why,
  from: { path: '^(blocks|server|workflows|app)/', pathNot: path },
  to: { path: packages(modules) },
})

module.exports = {
  forbidden: [
    ...rings.flatMap(rulesOf),
    keeper({
      name: 'io/bars reads DuckDB',
      path: '^server/io/bars/',
      modules: ['@duckdb/[^/]+'],
      why: 'the bars on disk have one reader and one writer',
    }),
    keeper({
      name: 'io/db speaks to PostgreSQL',
      path: '^server/io/db/',
      modules: ['@prisma/[^/]+', 'pg'],
      why: 'the database has one door',
    }),
    keeper({
      name: 'io/hot speaks to Redis',
      path: '^server/io/hot/',
      modules: ['ioredis'],
      why: 'the hot store has one door',
    }),
    keeper({
      name: 'io/exchange speaks to venues',
      path: '^server/io/exchange/',
      modules: ['ccxt'],
      why: 'a venue is an adapter, never a question in the core',
    }),
    {
      name: 'the web reaches no venue',
      severity: 'error',
      comment: 'the process that answers browsers holds no code that could trade',
      from: { path: '^(app|server/api)/' },
      to: { path: io.replace('/io/', '/io/exchange/'), reachable: true },
    },
    {
      name: 'no cycles',
      severity: 'error',
      comment: 'two files that need each other are one file, or a third is missing',
      // What Prisma writes is its own affair.
      from: { pathNot: generated },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'an import that leads nowhere hides its arrow from every other rule',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared',
      severity: 'error',
      comment: 'a package that package.json does not name may be gone tomorrow',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no test tools in the product',
      severity: 'error',
      comment: 'a package for development is not there when the product runs',
      from: { path: '^(blocks|server|workflows|app)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no dead modules',
      severity: 'error',
      comment: 'nobody imports it: delete it, or the test that used it has lost it',
      // Programs start by themselves: the command line, tests and what tests start as processes of their own.
      module: {
        path: '^(blocks|server|tests)/',
        pathNot: [
          '\\.(test|spec)\\.ts$',
          '^server/(cli/main|worker/(main|runThread|runTask))\\.ts$',
          generated,
          '\\.(child|script)\\.ts$',
          '^tests/oracle/vectors/',
          // Named by playwright.config.ts.
          '^tests/e2e/fixtures/serve\\.ts$',
          // Named by vitest.config.ts.
          '^tests/fixtures/serversSetup\\.ts$',
        ],
        numberOfDependentsLessThan: 1,
      },
      from: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    preserveSymlinks: true,
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
