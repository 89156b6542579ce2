// The ground of the page: it loads without a complaint, on its own machine alone, readable for everybody, dark and light.
import { request as httpRequest } from 'node:http'
import { baseUrl, expect, test } from './fixtures/journey'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** A request as a browser would never send it: any header may be forged. */
const send = (path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const url = new URL(path, baseUrl())
    const request = httpRequest(url, { method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    request.on('error', reject)
    request.end(body)
  })

const json = { 'Content-Type': 'application/json' }
const about = '/api/trpc/system.about'

test('the page loads, talks to its server, and nobody complains', async ({ page, shot }) => {
  await page.goto('/')
  await expect(page.getByRole('main')).toBeVisible()
  await page.waitForLoadState('networkidle')
  await shot('ground-dark')
})

test('every page has a policy with a fresh nonce, and the other headers', async () => {
  const [first, second] = await Promise.all([send('/'), send('/')])
  const policyOf = ({ headers }: Answer) => String(headers['content-security-policy'])
  const nonceOf = (answer: Answer) => /'nonce-([^']+)'/.exec(policyOf(answer))?.[1] ?? ''
  expect(nonceOf(first)).toMatch(/^[A-Za-z0-9+/]{24}$/)
  expect(nonceOf(first)).not.toBe(nonceOf(second))
  expect(first.text).toContain(`nonce="${nonceOf(first)}"`)
  expect(policyOf(first)).not.toMatch(/unsafe-eval(?<!wasm-unsafe-eval)|script-src[^;]*unsafe-inline/)
  expect(first.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(first.headers['x-powered-by']).toBeUndefined()
  const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(first.text)?.[1] ?? ''
  const { headers } = await send(script)
  // A worker takes its policy from its own script.
  expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self' 'wasm-unsafe-eval'/)
})

test('a strange host name is not served, whatever is asked', async () => {
  for (const path of ['/', about, '/frames/a/close', '/icon.svg']) {
    expect([path, (await send(path, { Host: 'rebound.example:3000' })).status]).toEqual([path, 421])
  }
  expect((await send('/', { Host: `localhost:${new URL(baseUrl()).port}` })).status).toBe(200)
})

test('only the own page may call with POST', async () => {
  const own = baseUrl()
  const status = async (headers: Record<string, string>) => (await send(about, headers, '{}')).status
  expect(await status({ ...json, Origin: own })).toBe(200)
  expect(await status(json)).toBe(403)
  expect(await status({ ...json, Origin: 'https://evil.example' })).toBe(403)
  expect(await status({ ...json, Origin: 'null' })).toBe(403)
  expect(await status({ ...json, Origin: own, 'Sec-Fetch-Site': 'cross-site' })).toBe(403)
  expect(await status({ ...json, Origin: own, 'Sec-Fetch-Site': 'same-site' })).toBe(403)
  expect(await status({ 'Content-Type': 'text/plain', Origin: own })).toBe(415)
  expect((await send(about, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
})

test('a body beyond the limit is refused, also when its header lies', async () => {
  const own = { ...json, Origin: baseUrl() }
  const large = JSON.stringify({ text: 'x'.repeat(1024 * 1024) })
  expect((await send(about, own, large)).status).toBe(413)
  expect((await send(about, { ...own, 'Transfer-Encoding': 'chunked' }, large)).status).toBe(413)
})

test('columns travel once: whole, in part, and not again', async ({ page, complaints }) => {
  await page.goto('/')
  const settings = { proxies: {}, instruments: {}, funding_gaps: 'refuse' }
  const input = { traded: ['synthetic:BTCUSDT.P'], read: [], tf: '1h', settings }
  const answers = await page.evaluate(async (body) => {
    const asked = await fetch('/api/trpc/data.dataset', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    const { bars } = (await asked.json()).result.data.markets[0]
    const url = `/frames/${bars.hash}/close`
    const whole = await fetch(url)
    const bytes = (await whole.arrayBuffer()).byteLength
    const part = await fetch(url, { headers: { Range: 'bytes=8-23' } })
    const double = new Float64Array(await part.arrayBuffer())[0] ?? Number.NaN
    const beyond = await fetch(url, { headers: { Range: `bytes=${bytes}-` } })
    const unknown = await fetch(`/frames/${bars.hash}/..%2f..%2fmanifest`)
    const again = { 'If-None-Match': whole.headers.get('etag') ?? '' }
    const kept = await fetch(url, { headers: again, cache: 'no-store' })
    const answers = [whole, part, kept, beyond, unknown]
    return { rows: bars.rows, bytes, double, statuses: answers.map(({ status }) => status) }
  }, input)
  expect(answers.statuses).toEqual([200, 206, 304, 416, 404])
  expect(answers.bytes).toBe(answers.rows * 8)
  expect(answers.double).toBeGreaterThan(0)
  // The browser itself notes the two that were refused.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('416'), expect.stringContaining('404')])
})

test('the theme changes with one press and is the first thing sent after that', async ({ page, shot }) => {
  await page.goto('/')
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dark = await ground()
  await page.getByRole('button', { name: 'Use the light theme' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect.poll(ground).not.toBe(dark)
  const sent = await page.request.get('/')
  expect(await sent.text()).toContain('data-theme="light"')
  await page.reload()
  await expect(page.getByRole('main')).toBeVisible()
  await shot('ground-light')
  await page.getByRole('button', { name: 'Use the dark theme' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect.poll(ground).toBe(dark)
})

test('who wants no motion gets none: a change of theme is there in the same moment', async ({ page }) => {
  await page.goto('/')
  await page.waitForLoadState('networkidle')
  const seen = await page.evaluate(() => {
    const { dataset } = document.documentElement
    const ground = () => getComputedStyle(document.body).backgroundColor
    const before = ground()
    dataset.theme = 'light'
    const after = ground()
    const moving = document.getAnimations().length
    dataset.theme = 'dark'
    return { changed: after !== before, moving }
  })
  expect(seen).toEqual({ changed: true, moving: 0 })
})

test('a name that is no page says so within the same policy', async ({ page, complaints }) => {
  const response = await page.goto('/no-such-page')
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Nothing is here' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Playloom, home' })).toBeVisible()
  // The browser itself notes the status of the page.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('404')])
})
