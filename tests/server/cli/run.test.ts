// The command line as a client: a kept Play run on a real server, its runs listed, shown, compared, exported and verified.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { printDocument } from '../../../blocks/play/text/print'
import { example } from '../../app/engine/pageData'
import { query } from '../../fixtures/database'
import { documentOf, playloom, problemsOf } from './command'
import { command } from './inProcess'
import { keptServer } from './keptServer'

const server = keptServer('runs')
const playId = 'kept_play'
beforeAll(async () => {
  const draft = { playId, seen: 0, title: 'Kept', sidecar: {}, loose: null, origin: 'test', actor: 'local' }
  await server.database.stores.plays.save({ ...draft, yaml: printDocument(example('ema_pullback')) })
})

const there = (...args: readonly string[]) => command([...args, '--url', server.url], { cwd: server.folder })
/** As a user has it: the build, in a process of its own. */
const built = (...args: readonly string[]) => playloom([...args, '--url', server.url], { cwd: server.folder })
const range = ['--from', '2023-01-01', '--to', '2023-02-01'] as const
const idsOf = async (): Promise<readonly string[]> => {
  const rows = await server.database.stores.runs.list({ playId, before: null, most: 10 })
  return rows.map(({ id }) => id)
}

describe('runs of a server', () => {
  it('are made of a kept Play, and their files are what is kept', async () => {
    const first = await built('backtest', playId, ...range, '--json')
    expect([first.code, first.err]).toEqual([0, expect.stringMatching(/run .* of version 1/)])
    const made = documentOf(first)
    const second = await there('backtest', playId, ...range, '--fee-bps', '9', '--trades', 'two.csv', '--quiet')
    expect([second.code, second.err]).toEqual([0, ''])
    expect(second.out).toContain('SYNTHETIC')
    const [after = '', before = ''] = await idsOf()

    const listed = await built('run', 'list', '--play', playId, '--json')
    expect(documentOf(listed)).toMatchObject([
      { id: after, state: 'done', version: 1 },
      { id: before, state: 'done', tradesHash: made.tradesHash },
    ])
    expect((await there('run', 'list')).out).toMatch(/done .*v1 +2023-01-01 2023-02-01 .*SYNTHETIC/)

    const saved = await built('run', 'export', before, '--out', 'one.json')
    expect(saved.code).toBe(0)
    const [row] = await query(server.database.url, `SELECT report FROM run WHERE id = '${before}'`)
    expect(readFileSync(join(server.folder, 'one.json'), 'utf8')).toBe(row?.report)
    expect((await built('run', 'export', before)).out).toBe(row?.report)
    expect(readFileSync(join(server.folder, 'two.csv'), 'utf8')).toMatch(/^side,entryMs,entryPrice,qty,/)

    expect((await built('run', 'show', before)).out).toContain('2023-01-01 to 2023-02-01 UTC')
    const compared = documentOf(await there('run', 'compare', before, after, '--json'))
    expect(compared).toMatchObject({ same: { play: true, data: true, settings: false }, document: [] })
    const told = (await built('run', 'compare', before, after)).out
    expect(told).toMatch(/Settings: fees\.taker was 0\.0005, is 0\.0009/)
    expect(told).toMatch(/Trades: \d+ gained, \d+ lost, \d+ changed, \d+ the same\./)
  })

  it('without a range go from the first bar to the lockbox line, as those of a file do', async () => {
    writeFileSync(join(server.folder, 'kept.yaml'), printDocument(example('ema_pullback')))
    const asked = [there('backtest', playId, '--json'), there('backtest', './kept.yaml', '--json')] as const
    const [kept, file] = await Promise.all(asked).then(([a, b]) => [documentOf(a), documentOf(b)] as const)
    expect(kept.range).toEqual(file.range)
    expect(kept.equityHash).toBe(file.equityHash)
    expect(kept.range).toMatchObject({ fromMs: Date.UTC(2023, 0, 1) })
    const [row] = await query(server.database.url, 'SELECT from_ms, to_ms FROM run ORDER BY id DESC LIMIT 1')
    const { fromMs, toMs } = file.range as { fromMs: number; toMs: number }
    expect(row).toEqual({ from_ms: String(fromMs), to_ms: String(toMs) })
    // One half of it is enough to say.
    const short = documentOf(await there('backtest', playId, '--to', '2023-01-10', '--json'))
    expect(short.range).toMatchObject({ fromMs, toMs: Date.UTC(2023, 0, 10) })
  })

  it('are verified by running them again, and a result that was altered is told', async () => {
    const [id = ''] = await idsOf()
    const same = await built('verify', id, '--json')
    expect([same.code, documentOf(same)]).toEqual([0, { identical: true, differences: [] }])
    // As a fault of the machine would have it: one digit of one price.
    const price = /"exitPrice":(\d+)/
    const [row] = await query(server.database.url, `SELECT report FROM run WHERE id = '${id}'`)
    const altered = String(row?.report).replace(price, (_, whole: string) => `"exitPrice":${Number(whole) + 1}`)
    await query(server.database.url, `UPDATE run SET report = '${altered.replaceAll("'", "''")}' WHERE id = '${id}'`)
    const wrong = await there('verify', id, '--json')
    expect([wrong.code, documentOf(wrong)]).toMatchObject([
      3,
      { identical: false, differences: [{ what: 'tradesHash' }] },
    ])
  })
})

describe('what cannot be', () => {
  const nobody = '00000000-0000-7000-8000-000000000000'
  it.each<readonly [string, number, readonly string[], RegExp]>([
    ['a run that is not there', 3, ['run', 'show', nobody], /there is no run/],
    ['a comparison with it', 3, ['run', 'compare', nobody, nobody], /no such run/],
    ['a Play that is not there', 3, ['backtest', 'nobody', ...range], /knows no Play nobody/],
    ['another market', 2, ['backtest', playId, ...range, '--market', 'main=a:B'], /as it is kept/],
    ['an id that is none', 2, ['run', 'show', 'one'], /not the id of a run/],
    [
      'a decision of a run of record',
      2,
      ['backtest', playId, ...range, '--trace', '2023-01-05'],
      /--trace needs a file/,
    ],
  ])('%s ends as it should', async (...[, code, args, words]) => {
    const ended = await there(...args, '--json')
    expect([ended.code, problemsOf(ended)[0]?.message]).toEqual([code, expect.stringMatching(words)])
  })

  it('a server that is away, or no Playloom at all, ends with 5 and what to do', async () => {
    const away = await playloom(['run', 'list', '--url', 'http://127.0.0.1:9', '--json'])
    expect([away.code, problemsOf(away)[0]?.message]).toEqual([5, 'No Playloom server answers at http://127.0.0.1:9.'])
    const wrong = await command(['run', 'list', '--url', 'ftp://x'])
    expect(wrong.code).toBe(2)
  })
})
