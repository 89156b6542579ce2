// Who may speak to the server, and what its pages may load: every refusal, and that the own page is never refused.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Caller, contentSecurityPolicy, refusalOf } from '../../../server/api/guard'

const host = '127.0.0.1:3000'
const get: Caller = { method: 'GET', path: '/', host, origin: null, site: null, contentType: null }
const post: Caller = {
  method: 'POST',
  path: '/api/trpc/play.save',
  host,
  origin: `http://${host}`,
  site: 'same-origin',
  contentType: 'application/json',
}
const statusOf = (caller: Caller): number | null => refusalOf(caller)?.status ?? null

describe('the host', () => {
  it.each(['127.0.0.1:3000', '127.0.0.1', 'localhost:3000', 'LOCALHOST:81', '[::1]:3000'])('%s is served', (name) => {
    expect(statusOf({ ...get, host: name })).toBeNull()
  })

  it.each([
    null,
    '',
    'evil.example',
    'evil.example:3000',
    '127.0.0.1.evil.example',
    'localhost.evil.example:3000',
    'evil.example#localhost',
    'localhost:3000:3000',
    'user@localhost',
    '127.0.0.2',
    '0.0.0.0:3000',
    'localhost:3000, evil.example',
    'localhost\n',
  ])('%j is not', (name) => {
    expect(statusOf({ ...get, host: name })).toBe(421)
    expect(statusOf({ ...post, host: name, origin: `http://${name}` })).toBe(421)
  })
})

describe('a call that may change something', () => {
  it('is taken from the own page, as JSON', () => {
    expect(statusOf(post)).toBeNull()
    expect(statusOf({ ...post, contentType: 'application/json; charset=utf-8' })).toBeNull()
    expect(statusOf({ ...post, site: null })).toBeNull()
  })

  it.each([
    null,
    'null',
    '',
    'https://evil.example',
    'http://127.0.0.1:3001',
    'http://localhost:3000',
    'http://127.0.0.1',
  ])('is refused from %j', (origin) => {
    expect(statusOf({ ...post, origin })).toBe(403)
  })

  it.each(['cross-site', 'same-site', 'none', ''])('is refused when the browser says %j', (site) => {
    expect(statusOf({ ...post, site })).toBe(403)
  })

  it.each([null, '', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp'])(
    'is refused as %j',
    (contentType) => {
      expect(statusOf({ ...post, contentType })).toBe(415)
    },
  )

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'post', 'TRACE', 'FOO'])('%s is one', (method) => {
    expect(statusOf({ ...post, method, origin: null })).toBe(403)
  })

  it('is one wherever it goes', () => {
    for (const path of ['/', '/frames/a/b', '/_next/data', '/api'])
      expect(statusOf({ ...post, path, origin: 'http://evil.example', site: null })).toBe(403)
  })
})

describe('data', () => {
  it('are read by the own page, by an address typed in, and by tools', () => {
    for (const path of ['/api/trpc/data.list', '/frames/a/close'])
      for (const site of ['same-origin', 'none', null]) expect(statusOf({ ...get, path, site })).toBeNull()
  })

  it('are not given to pages of other sites; the page itself may be linked to', () => {
    for (const site of ['cross-site', 'same-site']) {
      expect(statusOf({ ...get, path: '/api/trpc/data.list', site })).toBe(403)
      expect(statusOf({ ...get, path: '/frames/a/close', site })).toBe(403)
      expect(statusOf({ ...get, site })).toBeNull()
    }
  })
})

describe('the policy of a page', () => {
  const directives = new Map(
    contentSecurityPolicy('abc', false)
      .split('; ')
      .map((text) => [text.split(' ')[0] ?? '', text.split(' ').slice(1)]),
  )

  it('lets in scripts and styles with the nonce alone, and no frame', () => {
    expect(directives.get('script-src')).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'", "'wasm-unsafe-eval'"])
    expect(directives.get('style-src')?.slice(0, 2)).toEqual(["'self'", "'nonce-abc'"])
    expect(directives.get('frame-ancestors')).toEqual(["'none'"])
    expect(directives.get('base-uri')).toEqual(["'none'"])
    expect(directives.get('object-src')).toEqual(["'none'"])
    expect(directives.get('connect-src')).toEqual(["'self'"])
  })

  it('knows the one style that the chart adds by itself, letter by letter', () => {
    const root = join(import.meta.dirname, '../../..')
    const chart = readFileSync(
      join(root, 'node_modules/lightweight-charts/dist/lightweight-charts.production.mjs'),
      'utf8',
    )
    const styles = [...chart.matchAll(/innerText="([^"]*)"/g)].map((match) => match[1] ?? '')
    const hashes = styles.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    expect(hashes).toHaveLength(1)
    expect(directives.get('style-src')?.slice(2)).toEqual(hashes)
  })

  it('allows eval in development alone', () => {
    expect(contentSecurityPolicy('abc', true)).toContain(" 'unsafe-eval'")
    expect(contentSecurityPolicy('abc', false)).not.toContain(" 'unsafe-eval'")
    expect(contentSecurityPolicy('abc', false)).not.toMatch(/(script|style)-src [^;]*'unsafe-inline'/)
  })
})
