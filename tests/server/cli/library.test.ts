// Own Blocks from end to end: published to a real server, found there by every kind of run, and the same from files.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { settingsSchema } from '../../../blocks/engine/settings'
import { parseDocument } from '../../../blocks/play/text/parse'
import { appRouter } from '../../../server/api/router'
import type { StoredReport } from '../../../server/run/ports'
import { query } from '../../fixtures/database'
import { crossing } from '../../fixtures/documents'
import { averagesBlock, crossingBlock, crossingOfBlocks } from '../../fixtures/ownBlocks'
import { documentOf, playloom, problemsOf } from './command'
import { command } from './inProcess'
import { keptServer } from './keptServer'

const server = keptServer('library')
const at = (name: string): string => join(server.folder, name)
const made = (text: string): string => text.replace('binance:BTCUSDT.P', 'synthetic:BTCUSDT.P')
const play = made(crossingOfBlocks)
const files = {
  'play.yaml': play,
  'plain.yaml': made(crossing),
  'faulty.yaml': averagesBlock.replace('quick, calm', 'quik, calm'),
  'changed.yaml': averagesBlock.replace('length: 30', 'length: 31'),
  'shipped.yaml': averagesBlock.replace('my/averages', 'lib/averages'),
  'blocks/averages.yaml': averagesBlock,
  'blocks/crossing.yml': crossingBlock,
  'blocks/notes.txt': 'not a Block',
}

beforeAll(() => {
  mkdirSync(at('blocks'))
  for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text)
})

const variables = { DATA_DIR: at('store') }
const run = (...args: readonly string[]) => command(args, { cwd: server.folder, variables })
/** As a user has it: the build, in a process of its own. */
const built = (...args: readonly string[]) =>
  playloom([...args, '--url', server.url], { cwd: server.folder, env: variables })
const there = (...args: readonly string[]) => run(...args, '--url', server.url)
const range = { fromMs: Date.UTC(2023, 0, 1), toMs: Date.UTC(2023, 1, 1) }
const window = ['--from', '2023-01-01', '--to', '2023-02-01'] as const
const codesOf = (ended: Awaited<ReturnType<typeof run>>) => problemsOf(ended).map(({ code }) => code)
const api = () => appRouter.createCaller(server.context)
const treeOf = (text: string): object => {
  const { tree } = parseDocument(text)
  if (tree === undefined) throw new Error('a fixture that is none')
  return tree
}
const pageRun = (text: string) => ({ tree: treeOf(text), sets: {}, settings: settingsSchema.parse({}), ...range })

describe('a library of own Blocks', () => {
  it('takes no Block with errors, and none that stands on what is not there', async () => {
    const [early, faulty, wrong, shipped, lost] = await Promise.all([
      there('library', 'publish', 'blocks/crossing.yml', '--json'),
      there('library', 'publish', 'faulty.yaml', '--json'),
      there('library', 'publish', 'play.yaml', '--json'),
      there('library', 'publish', 'shipped.yaml', '--json'),
      // A Play that names one that is not there is told so.
      there('backtest', 'play.yaml', ...window, '--json'),
    ])
    expect([early.code, codesOf(early)]).toEqual([3, ['unknown_block']])
    expect(problemsOf(early)[0]?.where.line).toBeGreaterThan(1)
    expect(faulty.code).toBe(3)
    expect([wrong.code, problemsOf(wrong)[0]?.message]).toEqual([3, 'this text is a Play, not a Block'])
    expect([shipped.code, problemsOf(shipped)[0]?.message]).toEqual([3, expect.stringContaining('shipped library')])
    expect([lost.code, codesOf(lost)]).toEqual([3, ['unknown_block']])
    expect(await api().block.list()).toEqual([])
  })

  it('keeps versions for good, lists them, and gives back their text', async () => {
    const published = await built(
      'library',
      'publish',
      'blocks/averages.yaml',
      'blocks/crossing.yml',
      '--note',
      'first',
    )
    expect([published.code, published.out]).toEqual([0, expect.stringContaining('"my/crossing@1": sha256:')])
    expect(play).toContain(/"(my\/crossing@1": sha256:\w{64})/.exec(published.out)?.[1]?.replace('"', '') ?? 'no pin')
    const [listed, shown, none, shipped, changed, same] = await Promise.all([
      built('library', 'list', '--json'),
      built('library', 'show', 'my/crossing@1'),
      there('library', 'show', 'my/crossing@2', '--json'),
      there('library', 'show', 'lib/no_chop@1', '--json'),
      there('library', 'publish', 'changed.yaml', '--json'),
      there('library', 'publish', 'blocks/averages.yaml', '--json'),
    ])
    expect(documentOf(listed)).toMatchObject([
      { name: 'my/averages', version: 1, role: 'filter', note: 'first', actor: 'local' },
      { name: 'my/crossing', version: 1, role: 'entry' },
    ])
    expect([shown.out, none.code, shipped.code, same.code]).toEqual([crossingBlock, 3, 2, 0])
    expect([changed.code, codesOf(changed)]).toEqual([3, ['version_taken']])
    expect((await api().block.get({ name: 'my/averages', version: 1 })).yaml).toBe(averagesBlock)
  })

  it('stands under a Play the same way at the server and from files, and a report carries it', async () => {
    const ways = [
      there('backtest', 'play.yaml', ...window, '--json'),
      run('backtest', 'play.yaml', ...window, '--local', '--blocks', 'blocks', '--json'),
    ]
    const [remote, local] = (await Promise.all(ways)).map((ended) => {
      expect([ended.code, ended.err]).toEqual([0, expect.anything()])
      return { ended, report: JSON.parse(ended.out) as StoredReport }
    })
    if (remote === undefined || local === undefined) throw new Error('two were asked for')
    expect({ ...remote.report, timingMs: null }).toEqual({ ...local.report, timingMs: null })
    expect(local.report.blocks?.map(({ block }) => block).sort()).toEqual(['my/averages', 'my/crossing'])
    expect(local.report.trades.length).toBeGreaterThan(5)
    // A look from the command line is counted once, under the name of the document.
    const looks = () =>
      query(server.database.url, "SELECT lineage, logic_hash, trades FROM trial WHERE lineage LIKE 'doc%'")
    const look = { lineage: 'document cross', logic_hash: local.report.logicHash, trades: local.report.trades.length }
    expect(await looks()).toEqual([look])
    writeFileSync(at('report.json'), local.ended.out)
    const verified = [run('verify', 'report.json', '--local', '--json'), there('verify', 'report.json', '--json')]
    for (const { code, out } of await Promise.all(verified))
      expect([code, JSON.parse(out)]).toEqual([0, { identical: true, differences: [] }])
    expect(await looks()).toEqual([look])
  })

  it('is checked from files, which are not taken for what they are not', async () => {
    const [sound, missing, hashed, wrong, nowhere] = await Promise.all([
      run('play', 'check', 'play.yaml', 'blocks/crossing.yml', '--blocks', 'blocks'),
      run('play', 'check', 'play.yaml', 'blocks/crossing.yml', 'faulty.yaml', '--json'),
      run('play', 'hash', 'play.yaml', '--blocks', 'blocks', '--json'),
      run('play', 'check', 'play.yaml', '--blocks', 'plain.yaml', '--blocks', 'shipped.yaml', '--json'),
      run('play', 'check', 'play.yaml', '--blocks', 'nowhere', '--json'),
    ])
    expect([sound.code, nowhere.code]).toEqual([0, 3])
    expect(missing.code).toBe(3)
    const told = problemsOf(missing).map(({ code, where }) => `${where.file} ${code}`)
    expect(told).toEqual(expect.arrayContaining(['play.yaml unknown_block', 'blocks/crossing.yml unknown_block']))
    expect(told.some((one) => one.startsWith('faulty.yaml '))).toBe(true)
    expect(documentOf(hashed).logicHash).toMatch(/^[0-9a-f]{64}$/)
    expect([wrong.code, codesOf(wrong)]).toEqual([3, ['not_an_own_block', 'not_an_own_block']])
  })

  it('is found for runs of record, for the page, for versions, and for a kept Play by its id', async () => {
    const ask = { playId: 'of_blocks', sidecar: {}, run: pageRun(play) }
    const { id } = await api().run.queue(ask)
    for await (const _ of await api().run.watch({ id })) {
      // Until its end.
    }
    const record = await api().run.report({ id })
    const { timingMs: _, ...page } = await api().run.verify(ask.run)
    // The same nodes without Blocks.
    const plain = await api().run.verify(pageRun(made(crossing)))
    expect([plain.logicHash, plain.equityHash]).toEqual([record.logicHash, record.equityHash])
    expect({ ...record, timingMs: null }).toEqual({ ...page, timingMs: null })
    expect(record.trades.length).toBeGreaterThan(5)
    const version = await api().play.publish({ id: 'of_blocks', yaml: play, sidecar: {}, note: 'by hand' })
    expect(version.logicHash).toBe(record.logicHash)
    // The same run once more stands on what it was given.
    const again = await api().run.again({ id })
    for await (const __ of await api().run.watch({ id: again.id })) {
      // Until its end.
    }
    expect(await api().run.check({ first: id, second: again.id })).toMatchObject({ identical: true })
    const draft = { playId: 'of_blocks', seen: 0, title: 'Of Blocks', yaml: play, sidecar: {}, loose: null }
    await api().play.save({ ...draft, origin: 'this test' })
    const kept = await built('backtest', 'of_blocks', ...window, '--json')
    expect([kept.code, documentOf(kept).tradesHash]).toEqual([0, record.tradesHash])
  })

  it('never gives a Play another Block than the one that it pins', async () => {
    const otherwise = play.replace(/(my\/averages@1: sha256:)..../, '$10000')
    const refused = await api()
      .run.queue({ playId: 'pinned', sidecar: {}, run: pageRun(otherwise) })
      .catch((error: Error) => error.message)
    expect(refused).toContain('the pin of `my/averages@1` is not the hash of that Block')
    const local = await run(
      'backtest',
      'play.yaml',
      ...window,
      '--local',
      '--blocks',
      'changed.yaml',
      '--blocks',
      'blocks/crossing.yml',
      '--json',
    )
    expect([local.code, codesOf(local)]).toEqual([3, ['pin_wrong']])
  })
})
