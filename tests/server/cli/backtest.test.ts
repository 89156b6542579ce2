// `playloom backtest|verify|series|explain` as a user runs them, on the synthetic market and on a small import.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csv, lines } from '../../fixtures/data/workshop'
import { crossing as play } from '../../fixtures/documents'
import { documentOf, playloom, problemsOf, temporaryFolder } from './command'
import { command } from './inProcess'

const folder = temporaryFolder('backtest')
afterAll(folder.remove)
const at = (name: string): string => join(folder.path, name)
const variables = { DATA_DIR: at('store') }
const run = (...args: string[]) => command(args, { cwd: folder.path, variables })
/** As a user has it: the build, in a process of its own. */
const built = (...args: string[]) => playloom(args, { cwd: folder.path, env: variables })

const where = ['--local', '--market', 'main=synthetic:BTCUSDT.P', '--from', '2023-01-01', '--to', '2023-03-01']
const backtest = (...args: string[]) => run('backtest', 'cross.yaml', ...where, ...args)

beforeAll(async () => {
  writeFileSync(at('cross.yaml'), play)
  writeFileSync(at('wrong.yaml'), play.replace('when: crossed', 'when: crosed'))
  writeFileSync(
    at('block.yaml'),
    'dsl: 1\nblock: b\nversion: 1\nrole: filter\nnodes:\n  a: { bars: { market: main } }\noutputs: { out: a }\n',
  )
  writeFileSync(at('settings.yaml'), 'equity: 5000\nfees: { maker: 0.01%, taker: 0.04% }\n')
  writeFileSync(at('settings-wrong.yaml'), 'equity: -1\nfees: { maker: lots }\nslipage: 3\n')
  writeFileSync(at('settings-bomb.yaml'), 'a: &a [1, 1]\nb: [*a, *a]\n')
  writeFileSync(at('settings-deep.yaml'), `a: ${'['.repeat(20_000)}`)
  writeFileSync(at('settings-list.yaml'), '- 1\n')
  writeFileSync(at('bars.csv'), csv(lines(3000)))
  const args = ['data', 'import', 'bars.csv', '--instrument', 'binance:BTCUSDT.P', '--tf', '1m', '--local']
  expect((await built(...args)).code).toBe(0)
  const ended = await built('backtest', 'cross.yaml', ...where, '--json')
  expect([ended.code, ended.err]).toEqual([0, ''])
  writeFileSync(at('report.json'), ended.out)
})

describe('backtest', () => {
  it('gives one JSON document with the keys of a report', () => {
    const report = JSON.parse(readFileSync(at('report.json'), 'utf8'))
    const keys =
      'playHash logicHash engine settingsHash data tradesHash equityHash range timingMs settings notices metrics ambiguity friction open pending trades equity'
    for (const key of keys.split(' ')) expect(report).toHaveProperty(key)
    expect(report.trades.length).toBeGreaterThan(5)
    expect(report.range).toMatchObject({ fromMs: Date.UTC(2023, 0, 1), toMs: Date.UTC(2023, 2, 1) })
    expect(report.provenance.synthetic).toBe(true)
    expect(report.provenance.seed).toBe(42)
  })

  it('prints a report for people, labelled, without colour off a terminal', async () => {
    const { code, out } = await built('backtest', 'cross.yaml', ...where)
    expect(code).toBe(0)
    expect(out).toMatch(/^SYNTHETIC/)
    expect(out).toMatch(/Net profit USDT/)
    expect(out).not.toContain('\u001b')
  })

  it('writes its trades as CSV', async () => {
    const report = JSON.parse(readFileSync(at('report.json'), 'utf8'))
    const ended = await backtest('--trades', 'trades.csv', '--json')
    expect(ended.err).toMatch(/trades written to trades\.csv/)
    const [head, ...rows] = readFileSync(at('trades.csv'), 'utf8').trimEnd().split(/\r?\n/)
    expect(head).toMatch(/^side,entryMs,entryPrice,qty,exitMs,exitPrice,reason,netPnl/)
    expect(rows.length).toBe(report.trades.length)
    expect(rows[0]).toContain(String(report.trades[0].entryPrice))
  })

  it('takes settings from a file, single options over it, and hashes the whole', async () => {
    const file = documentOf(await backtest('--settings', 'settings.yaml', '--json'))
    expect(file.settings).toMatchObject({ equity: 5000, fees: { maker: 0.0001, taker: 0.0004, liquidation: 0.005 } })
    const over = documentOf(
      await backtest(
        '--settings',
        'settings.yaml',
        '--equity',
        '7000',
        '--taker-bps',
        '7',
        '--slippage-bps',
        '2.5',
        '--json',
      ),
    )
    expect(over.settings).toMatchObject({
      equity: 7000,
      fees: { maker: 0.0001, taker: 0.0007 },
      slippage: { model: 'fixed', bps: 2.5 },
    })
    expect(over.settingsHash).not.toBe(file.settingsHash)
  })

  it('sets a parameter, which is another logic but the same document', async () => {
    const report = JSON.parse(readFileSync(at('report.json'), 'utf8'))
    const other = documentOf(await backtest('--set', 'fast=5', '--json'))
    expect(other.playHash).toBe(report.playHash)
    expect(other.logicHash).not.toBe(report.logicHash)
    expect(other.settings).toMatchObject({ params: { fast: 5 } })
  })

  it('traces what was decided at a close', async () => {
    const report = JSON.parse(readFileSync(at('report.json'), 'utf8'))
    const ms: number = report.trades[0].entryMs
    const time = new Date(ms).toISOString().slice(0, 19)
    const traced = documentOf(await backtest('--trace', time, '--json'))
    expect(traced.trace).toMatchObject([{ did: 'entry', side: report.trades[0].side, node: expect.any(String) }])
    expect(traced.tradesHash).toBe(report.tradesHash)
  })

  it('runs several Plays in one wallet', async () => {
    const ended = await run('backtest', 'cross.yaml', 'cross.yaml', ...where, '--json')
    expect(documentOf(ended).plays).toHaveLength(2)
  })
})

describe('bad input of a backtest', () => {
  it.each([
    [['wrong.yaml', ...where], 3, /wrong\.yaml:12[\s\S]*crossed/],
    [['block.yaml', ...where], 3, /block\.yaml/],
    [['absent.yaml', ...where], 3, /no such file/],
    [['cross.yaml', '--local', '--market', 'main=binance:NOSUCH.P'], 3, /no bars of binance:NOSUCH\.P/],
    [['cross.yaml', '--local'], 3, /funding/],
    [['cross.yaml', ...where.slice(0, 3), '--from', '2035-01-01', '--to', '2035-02-01'], 3, /synthetic:BTCUSDT\.P/],
    [['cross.yaml', ...where, '--proxy', 'other=synthetic:ETHUSDT'], 2, /--proxy other/],
    [['cross.yaml', ...where, '--set', 'fats=5'], 2, /--set fats[\s\S]*there are: fast/],
    [['cross.yaml', ...where, '--set', 'fast=500'], 3, /fast/],
    [['cross.yaml', ...where, '--set', 'fast=quick'], 3, /fast/],
    [['cross.yaml', ...where, '--settings', 'settings-wrong.yaml'], 3, /equity[\s\S]*maker[\s\S]*slipage/],
    [['cross.yaml', ...where, '--settings', 'settings-bomb.yaml'], 3, /alias/i],
    [['cross.yaml', ...where, '--settings', 'settings-deep.yaml'], 3, /settings-deep\.yaml/],
    [['cross.yaml', ...where, '--settings', 'settings-list.yaml'], 3, /holds no settings/],
    [['cross.yaml', ...where, '--margin', 'both'], 3, /margin/],
  ] as const)('%j ends with %i and a sentence', async (args, code, sentence) => {
    const ended = await run('backtest', ...args, '--json')
    expect(ended.err).toMatch(sentence)
    expect(ended.err).not.toMatch(/This is a bug/)
    expect(ended.code).toBe(code)
    expect(problemsOf(ended).length).toBeGreaterThan(0)
  })
})

describe('verify', () => {
  it('says identical', async () => {
    const ended = await built('verify', 'report.json', '--local', '--json')
    expect(documentOf(ended)).toEqual({ identical: true, differences: [] })
    expect(ended.code).toBe(0)
  })

  it('reruns with the options of the run: market, parameter, settings', async () => {
    const other = await backtest('--set', 'fast=5', '--settings', 'settings.yaml', '--margin', 'cross', '--json')
    writeFileSync(at('other.json'), other.out)
    expect(await run('verify', 'other.json', '--local')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Identical/),
    })
  })

  it('notices an altered figure, and a Play that was put in for another', async () => {
    const text = readFileSync(at('report.json'), 'utf8')
    const report = JSON.parse(text)
    report.trades[2].netUsdt += 1
    writeFileSync(at('altered.json'), JSON.stringify(report))
    const altered = await run('verify', 'altered.json', '--local', '--json')
    expect(altered.code).toBe(3)
    expect(documentOf(altered)).toMatchObject({ identical: false })
    writeFileSync(at('swapped.json'), text.replace('"length":30', '"length":31'))
    const swapped = await built('verify', 'swapped.json', '--local', '--json')
    expect(swapped.code).toBe(3)
    expect(JSON.stringify(documentOf(swapped))).toContain('playHash')
  })

  it.each([
    ['not JSON', '{"playHash":', /not JSON/],
    ['no report', '{"a":1}', /not a report/],
    ['a hostile document', null, /document|report/],
  ] as const)('refuses %s', async (_, text, sentence) => {
    const report = JSON.parse(readFileSync(at('report.json'), 'utf8'))
    report.documents = [{ play: 'x', nodes: { __proto__: null, a: [[[1]]] }, markets: 3 }]
    writeFileSync(at('refused.json'), text ?? JSON.stringify(report))
    const ended = await run('verify', 'refused.json', '--local')
    expect(ended.err).toMatch(sentence)
    expect(ended.err).not.toMatch(/This is a bug/)
    expect(ended.code).toBe(3)
  })
})

describe('series and explain', () => {
  const range = [...where.slice(0, 3), '--from', '2023-01-01', '--to', '2023-01-04']

  it('prints the values of a node as JSON, CSV and words', async () => {
    const json = documentOf(await run('series', 'cross.yaml', '--node', 'fast', ...range, '--json'))
    expect(Object.keys(json)).toEqual(['node', 'tf', 'rows'])
    expect(json.tf).toBe('1h')
    const { rows } = json as unknown as { rows: [number, number | null, boolean][] } // shape held by the next lines
    expect(rows.length).toBe(72)
    expect(rows[8]).toEqual([Date.UTC(2023, 0, 1, 8), null, false])
    expect(rows[9]).toEqual([Date.UTC(2023, 0, 1, 9), expect.any(Number), true])
    const table = await built('series', 'cross.yaml', '--node', 'fast', ...range, '--csv')
    expect(table.out.trimEnd().split('\n')).toEqual([
      'time_ms,value,known',
      ...rows.map(([ms, x, known]) => `${ms},${x ?? ''},${known}`),
    ])
    const words = await run('series', 'cross.yaml', '--node', 'crossed', ...range)
    expect(words.out).toMatch(/^2023-01-01 00:00 {2}unknown\n/)
    expect(words.out).toMatch(/\n2023-01-03 23:00 {2}(true|false)\n$/)
  })

  it('refuses a node that is not there, and names those that are', async () => {
    const ended = await run('series', 'cross.yaml', '--node', 'fsat', ...range)
    expect(ended.code).toBe(2)
    expect(ended.err).toMatch(/there are: .*fast/)
  })

  it('explains one decision', async () => {
    const report = JSON.parse(readFileSync(at('report.json'), 'utf8'))
    const [trade] = report.trades
    const time = new Date(trade.entryMs).toISOString().slice(0, 16)
    const told = documentOf(await built('explain', 'cross.yaml', '--at', time, ...where, '--json'))
    expect(told).toMatchObject({
      timeMs: trade.entryMs,
      decision: { did: 'entry', side: trade.side, setup: trade.setup },
    })
    const crossed = trade.side === 'long' ? 'crossed' : 'short/crossed'
    expect(told.nodes).toMatchObject({ [crossed]: { value: true, known: true } })
    expect((await run('explain', 'cross.yaml', '--at', time, ...where)).out).toMatch(
      /^Decision at the close of .*: entry/,
    )
  })
})
