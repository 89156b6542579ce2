// `playloom doctor` where nothing runs: it says so, looks at the data here, and ends with 5.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { documentOf, playloom, temporaryFolder } from './command'
import { command } from './inProcess'

const folder = temporaryFolder('doctor')
afterAll(folder.remove)
/** Nothing listens at port 9 of this machine. */
const nowhere = ['--url', 'http://127.0.0.1:9']

describe('doctor', () => {
  it('without a server tells of the data alone, and how to start one', async () => {
    const ended = await command(['doctor', ...nowhere, '--json'], {
      variables: { DATA_DIR: join(folder.path, 'none') },
    })
    expect(ended.code).toBe(5)
    expect(documentOf(ended)).toMatchObject({
      url: 'http://127.0.0.1:9',
      rows: [
        { name: 'page', state: 'off', hint: expect.stringContaining('npm start') },
        { name: 'data', state: 'ok', word: expect.stringMatching(/^0 stored series, [\d.]+ GiB of disk free$/) },
      ],
    })
  })

  it('is a line a part, with what to do below it', async () => {
    const ended = await playloom(['doctor', ...nowhere], { env: { DATA_DIR: folder.path } })
    expect(ended.out).toMatch(/^page +off +no Playloom answers at http:\/\/127\.0\.0\.1:9\n +start it with npm start/)
  })

  it('says that the data folder is none', async () => {
    const file = join(folder.path, 'file')
    writeFileSync(file, '')
    const ended = await command(['doctor', ...nowhere, '--json'], { variables: { DATA_DIR: file } })
    expect(ended.code).toBe(5)
    expect(documentOf(ended)).toMatchObject({
      rows: [{ name: 'page' }, { name: 'data', state: 'trouble', hint: 'name another one: DATA_DIR=...' }],
    })
  })
})
