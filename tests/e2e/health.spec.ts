// The page of health: every part with its state and what to do; a server that is away and comes back by itself.
import { expect, test } from '@playwright/test'
import { axeOf } from './fixtures/journey'

const rows = (worker: 'ok' | 'trouble') => [
  { name: 'page', state: 'ok', word: 'Playloom 0.1.0, engine 1.0.0', hint: null },
  { name: 'database', state: 'ok', word: 'PostgreSQL 18.4, 14 MiB, answers in 1 ms', hint: null },
  { name: 'hot', state: 'off', word: 'no Redis: PostgreSQL passes the news', hint: null },
  worker === 'ok'
    ? { name: 'worker', state: 'ok', word: '1 running, 0 at work, 0 waiting; no job has ended yet', hint: null }
    : {
        name: 'worker',
        state: 'trouble',
        word: 'none runs; 2 jobs waiting',
        hint: 'stop Playloom and start it again: npm start',
      },
]
const answer = (data: unknown) => ({ contentType: 'application/json', body: JSON.stringify([{ result: { data } }]) })

test('health tells each part of the real server', async ({ page, request }) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Health' }).click()
  await expect(page.getByRole('heading', { name: 'What runs here' })).toBeVisible()
  const parts = page.getByRole('main').getByRole('listitem')
  await expect(parts).toHaveText([
    /Server/,
    /Database.*PostgreSQL 18/,
    /News/,
    /Worker/,
    /Market data/,
    /Backups/,
    /Temporal/,
  ])
  await expect(page.getByRole('link', { name: 'Health' })).toHaveAttribute('aria-current', 'page')
  expect((await (await axeOf(page)).analyze()).violations).toEqual([])
  const told = await request.get('/api/health')
  expect([200, 503]).toContain(told.status())
  expect((await told.json()).rows).toHaveLength(7)
})

test('health shows trouble with what to do, and a server that is away until it is back', async ({ page }) => {
  let state: 'ok' | 'trouble' | 'away' = 'trouble'
  await page.route('**/api/trpc/system.health**', (route) =>
    state === 'away' ? route.abort() : route.fulfill(answer(rows(state))),
  )
  await page.goto('/health')
  await expect(page.getByText('One part is in trouble')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Worker' })).toContainText(
    /trouble.*None runs; 2 jobs waiting\..*What to do: stop Playloom/s,
  )
  state = 'away'
  await expect(page.getByRole('main').getByRole('alert')).toContainText('The server does not answer')
  await expect(page.getByRole('listitem').filter({ hasText: 'Worker' })).toContainText('2 jobs waiting')
  state = 'ok'
  await expect(page.getByText('All that is needed runs')).toBeVisible()
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
})
