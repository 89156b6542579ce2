// `playloom play ...` as a user runs it: answers, JSON, exit codes, and files that must not change.
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, playloom, problemsOf, temporaryFolder } from './command'
import { command } from './inProcess'

const folder = temporaryFolder('play')
afterAll(folder.remove)
const at = (name: string): string => join(folder.path, name)
const run = (...args: string[]) => command(args, { cwd: folder.path })
/** As a user has it: the build, in a process of its own. */
const built = (...args: string[]) => playloom(args, { cwd: folder.path })

const good = `dsl: 1
play: cross
markets: { main: binance:BTCUSDT.P }
tf: 1h
nodes:
  price: { bars: { market: main } }
  fast: { ema: { of: price.close, length: 20 } }
  slow: { ema: { of: price.close, length: 100 } }
  # The signal.
  crossed: { crosses_above: [fast, slow] }
  buy: { entry: { when: crossed } }
  stop: { stop: { by: 2% } }
long:
  entries: [buy]
  exits: [stop]
short: mirror
risk:
  size: { risk: 1% }
`
const unknownNode = good.replace('when: crossed', 'when: crosed')
const loose = good.replace('  # The signal.\n', '').replace('length: 20 }', 'length:   20}').replace('2%', '2.00%')

beforeAll(() => {
  writeFileSync(at('good.yaml'), good)
  writeFileSync(at('wrong.yaml'), unknownNode)
  writeFileSync(at('loose.yaml'), loose)
  writeFileSync(at('broken.yaml'), 'dsl: 1\nplay: [\n')
  writeFileSync(at('binary.yaml'), Buffer.from([0x64, 0xff, 0xfe, 0x00]))
  writeFileSync(at('huge.yaml'), `# ${'x'.repeat(300_000)}\n`)
  mkdirSync(at('folder.yaml'))
})

describe('play check', () => {
  it('says nothing is wrong', async () => {
    expect(await built('play', 'check', 'good.yaml')).toMatchObject({ code: 0, out: 'No problems.\n', err: '' })
    expect(documentOf(await run('play', 'check', 'good.yaml', '--json'))).toEqual({ problems: [] })
  })

  it('names the file, the line, the node and the nearest name', async () => {
    const ended = await built('play', 'check', 'wrong.yaml', '--json')
    expect(ended.code).toBe(3)
    const [problem] = problemsOf(ended)
    expect(problem).toMatchObject({ severity: 'error', where: { file: 'wrong.yaml', line: 11, node: 'buy' } })
    expect(JSON.stringify(problem)).toContain('crossed')
    const words = await run('play', 'check', 'wrong.yaml')
    expect(words.code).toBe(3)
    expect(words.err).toContain('wrong.yaml:11')
    expect(words.err).toContain('crossed')
  })

  it('checks several files and fails when one is wrong', async () => {
    const ended = await run('play', 'check', 'good.yaml', 'wrong.yaml', '--json')
    expect(ended.code).toBe(3)
    expect(new Set(problemsOf(ended).map(({ where }) => where.file))).toEqual(new Set(['wrong.yaml']))
  })

  it.each([
    ['broken.yaml', /broken\.yaml/],
    ['binary.yaml', /UTF-8/],
    ['huge.yaml', /300003 bytes/],
    ['folder.yaml', /folder/],
    ['absent.yaml', /no such file/],
  ])('refuses %s with a sentence', async (file, sentence) => {
    const ended = await run('play', 'check', file, '--json')
    expect(ended.code).toBe(3)
    expect(problemsOf(ended).length).toBeGreaterThan(0)
    expect(ended.err).toMatch(sentence)
    expect(ended.err).not.toMatch(/\bat .*\.[jt]s:\d|This is a bug/)
  })
})

describe('the Play of the README', () => {
  it('has no problems and is in canonical form', async () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8')
    const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? []
    writeFileSync(at('readme.yaml'), text)
    expect(await run('play', 'check', 'readme.yaml')).toMatchObject({ code: 0, out: 'No problems.\n' })
    expect((await run('play', 'format', '--check', 'readme.yaml')).code).toBe(0)
  })
})

describe('play format', () => {
  it('only says with --check, and touches nothing', async () => {
    expect(await run('play', 'format', '--check', 'good.yaml')).toMatchObject({
      code: 0,
      out: 'good.yaml  unchanged\n',
    })
    const before = readFileSync(at('loose.yaml'))
    const ended = await run('play', 'format', '--check', 'loose.yaml', 'good.yaml', '--json')
    expect(ended.code).toBe(3)
    expect(problemsOf(ended).map(({ code, where }) => [code, where.file])).toEqual([['not_formatted', 'loose.yaml']])
    expect(readFileSync(at('loose.yaml'))).toEqual(before)
  })

  it('rewrites in place, keeps comments, mode and meaning, and is then at rest', async () => {
    writeFileSync(at('mine.yaml'), loose.replace('  crossed:', '  # Mine.\n  crossed:'))
    chmodSync(at('mine.yaml'), 0o640)
    const { playHash } = documentOf(await run('play', 'hash', 'mine.yaml', '--json'))
    expect(documentOf(await built('play', 'format', 'mine.yaml', '--json'))).toEqual({
      files: [{ file: 'mine.yaml', changed: true }],
    })
    expect(readFileSync(at('mine.yaml'), 'utf8')).toBe(good.replace('The signal.', 'Mine.'))
    expect(statSync(at('mine.yaml')).mode & 0o777).toBe(0o640)
    expect(documentOf(await run('play', 'hash', 'mine.yaml', '--json')).playHash).toBe(playHash)
    expect(documentOf(await run('play', 'format', 'mine.yaml', '--json'))).toEqual({
      files: [{ file: 'mine.yaml', changed: false }],
    })
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('changes no file when one of them cannot be read', async () => {
    const before = readFileSync(at('loose.yaml'))
    expect((await run('play', 'format', 'loose.yaml', 'broken.yaml')).code).toBe(3)
    expect(readFileSync(at('loose.yaml'))).toEqual(before)
  })
})

describe('play hash and schema', () => {
  it('gives both hashes, the same for another way of writing', async () => {
    const hashes = documentOf(await built('play', 'hash', 'good.yaml', '--json'))
    expect(hashes).toEqual({
      playHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      logicHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(documentOf(await run('play', 'hash', 'loose.yaml', '--json'))).toEqual(hashes)
  })

  it('names a document that cannot run, and says why its logic has no name', async () => {
    const ended = await run('play', 'hash', 'wrong.yaml', '--json')
    expect(ended.code).toBe(0)
    expect(documentOf(ended).logicHash).toBeNull()
    expect(ended.err).toMatch(/No logicHash: 1 error/)
  })

  it('prints the schema that is stored beside the product', async () => {
    const ended = await built('play', 'schema')
    expect(ended.code).toBe(0)
    const stored = readFileSync(join(import.meta.dirname, '../../../public/play.schema.json'), 'utf8')
    expect(ended.out === stored, 'public/play.schema.json is stale: npm run schema').toBe(true)
    expect(documentOf(await run('play', 'schema', '--json'))).toEqual(JSON.parse(stored))
  })
})
