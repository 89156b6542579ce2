// Pictures of every screen and state, dark and light, at two sizes, to be looked at; and nobody is shut out of any.
import type { Page } from '@playwright/test'
import { expect, listen, seriousFindings, test } from './fixtures/journey'

const sizes = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
] as const
const themes = ['dark', 'light'] as const
type Size = { readonly width: number; readonly height: number }

interface Ground {
  /** The page as it stands now: in each theme a check of its accessibility, and a picture at each size. */
  readonly look: (name: string, how?: { readonly of?: Page; readonly at?: readonly Size[] }) => Promise<void>
}

/** As the button of the theme does; that one may lie under what is open. */
const takeTheme = (page: Page, theme: (typeof themes)[number]): Promise<void> =>
  page.evaluate((next) => {
    document.documentElement.dataset.theme = next
    window.dispatchEvent(new Event('playloom:theme'))
  }, theme)

/** Two frames on: what changed size or colour is drawn. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )

const screens = test.extend<Ground>({
  look: async ({ page, shot }, use) => {
    await use(async (name, { of = page, at = sizes } = {}) => {
      for (const [place, theme] of themes.entries()) {
        await takeTheme(of, theme)
        // There and back: a new size is drawn anew, whole.
        for (const size of place === 0 ? at : at.toReversed()) {
          await of.setViewportSize(size)
          await settled(of)
          await shot(`screens/${name}-${theme}-${size.width}`, of)
        }
        // Names and roles are the same in both.
        const findings = await seriousFindings(of, theme === 'dark' ? {} : { rules: ['color-contrast'] })
        expect.soft(findings, `${name}, ${theme}`).toEqual([])
      }
      await takeTheme(of, 'dark')
    })
  },
})

screens.describe.configure({ timeout: 240_000 })

const title = (page: Page) => page.getByRole('textbox', { name: 'Title of the Play' })
const result = (page: Page) => page.getByRole('region', { name: 'Figures of this result' })
const example = (page: Page, name: string) =>
  page.getByRole('button', { name: /nodes/ }).filter({ hasText: name }).click()

/** An example Play whose first run has ended. */
const open = async (page: Page, name: string): Promise<void> => {
  await page.goto('/')
  await example(page, name)
  await expect(result(page).getByRole('button', { name: /Trades/ })).toContainText(/\d/, { timeout: 60_000 })
  await expect(page.getByText(/^\d+[mhd] bars$/).first()).toBeVisible()
}

const csv = (bad: boolean): Buffer => {
  const rows = Array.from(
    { length: 90 },
    (_, k) => `${Date.UTC(2023, 0, 1) + k * 60_000},10,${bad && k === 40 ? 2 : 11},9,10.5,3`,
  )
  return Buffer.from(`open_time,open,high,low,close,volume\n${rows.join('\n')}\n`)
}

screens('home: empty, a file of bars refused, Plays listed, keys', async ({ page, look }) => {
  await page.goto('/')
  const guide = page.getByRole('region', { name: 'Your first backtest' })
  await expect(guide.locator('[aria-current="step"]')).toContainText('Say when to get in', { timeout: 60_000 })
  await expect(page.getByRole('button', { name: /nodes/ })).toHaveCount(6)
  await look('home-empty')
  const dialog = page.getByRole('dialog', { name: 'Add bars' })
  const file = { name: 'XYZUSDT-1m.csv', mimeType: 'text/csv', buffer: csv(true) }
  await page.getByLabel('Add data').last().setInputFiles(file)
  await dialog.getByRole('textbox').fill('binance:XYZUSDT')
  await look('import')
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(dialog.getByRole('alert')).toContainText('first in line')
  await look('import-refused')
  await page.keyboard.press('Escape')
  await example(page, 'RSI fade')
  await expect(title(page)).toHaveValue(/RSI fade/)
  await page.goto('/')
  await expect(page.getByRole('link', { name: /RSI fade/ }).first()).toBeVisible()
  await look('home-plays')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await look('help')
})

screens('an empty Play, its text when it is broken, and what is missing', async ({ page, look }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Empty Play' }).click()
  await expect(title(page)).toHaveValue('New Play')
  await expect(page.getByText(/No result yet/).first()).toBeVisible()
  await look('workbench-empty')
  await page.getByText('Text', { exact: true }).click()
  await page.locator('.cm-line', { hasText: 'tf: 1h' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' {')
  await expect(page.getByText(/Not a Play yet/)).toBeVisible()
  await look('text-error')
})

screens('a result: trade, reason, funnel, months, costs', async ({ page, look }) => {
  await open(page, 'EMA pullback')
  await look('workbench')
  for (const name of ['Funnel', 'Months', 'Costs', 'Equity']) {
    await page.getByRole('tab', { name, exact: true }).click()
    if (name === 'Funnel') await expect(page.getByRole('row', { name: /Orders sent/ })).toBeVisible({ timeout: 30_000 })
    await look(name.toLowerCase())
  }
  await page.getByRole('tab', { name: /^Trades/ }).click()
  const grid = page.getByRole('grid', { name: /Trades/ })
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Conditions, in order' })).toBeVisible()
  await look('trade')
  await page.keyboard.press('Escape')
  const chart = page.getByRole('application', { name: /^Chart of/ })
  await chart.focus()
  await page.keyboard.press('End')
  await expect(chart.getByTestId('time-cursor')).toBeVisible()
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: /Why/ }).first()).toBeVisible()
  await look('why-not')
})

screens('text, words, commands, a Block from inside, a second tab', async ({ page, context, complaints, look }) => {
  await open(page, 'Donchian breakout')
  await page.getByRole('button', { name: 'Look inside Breakout' }).click()
  await expect(page.getByText('read only')).toBeVisible()
  await look('block')
  await page.getByRole('navigation', { name: 'Inside a Block' }).getByRole('button').first().click()
  await page.getByText('Text', { exact: true }).click()
  await expect(page.locator('.cm-content')).toContainText('dsl')
  await look('text')
  await page.getByText('Words', { exact: true }).click()
  await look('words')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('break')
  await expect(page.getByRole('option').first()).toBeVisible()
  await look('commands')
  await page.keyboard.press('Escape')
  const second = await context.newPage()
  listen(second, complaints)
  await second.goto(page.url())
  await expect(second.getByText('This Play is open in another tab.')).toBeVisible()
  await expect(result(second).getByRole('button', { name: /Trades/ })).toContainText(/\d/, { timeout: 60_000 })
  await look('second-tab', { of: second })
})

screens('data that are on their way, that cannot be had, and that are too much', async ({ page, complaints, look }) => {
  const evidence = page.getByRole('region', { name: 'Evidence' })
  const begin = async (name: string): Promise<void> => {
    await page.goto('/')
    await example(page, name)
  }
  let free = (): void => {}
  const held = new Promise<void>((resolve) => {
    free = resolve
  })
  let asked = 0
  await page.route('**/frames/**', async (route) => {
    asked += 1
    if (asked > 1) await held
    await route.continue().catch(() => {})
  })
  await begin('EMA pullback')
  await expect(evidence.getByText(/[\d.]+ MB of [\d.]+ MB/)).toBeVisible({ timeout: 60_000 })
  await look('loading')
  free()
  await page.unroute('**/frames/**')
  await page.route('**/frames/**', (route) => route.fulfill({ status: 500, body: 'The disk is on fire.' }))
  await begin('EMA pullback')
  await expect(evidence.getByRole('alert').filter({ hasText: 'The run failed' })).toBeVisible({ timeout: 60_000 })
  await look('failed')
  await page.unroute('**/frames/**')
  await page.route(/data\.dataset/, async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(/"rows":\d+/g, '"rows":90000000')
    await route.fulfill({ response, body })
  })
  await begin('EMA pullback')
  await expect(result(page).getByRole('button', { name: /Trades/ })).toContainText(/\d/, { timeout: 60_000 })
  await look('too-much-data')
  // The browser itself notes what was refused on purpose.
  expect(complaints.splice(0).filter((one) => !one.includes('500'))).toEqual([])
})

screens('a Play that is not there, a page that is not there, the sheet', async ({ page, complaints, look }) => {
  await page.goto('/play/nothing-of-this-name')
  await expect(page.getByText('No such Play').first()).toBeVisible()
  await look('missing-play')
  await page.goto('/no-such-page')
  await expect(page.getByRole('heading', { name: 'Nothing is here' })).toBeVisible()
  expect(complaints.splice(0)).toEqual([expect.stringContaining('404')])
  await look('no-page')
  await page.goto('/sheet')
  await look('sheet')
})

screens('small screens', async ({ page, look }) => {
  await open(page, 'EMA pullback')
  await look('narrow', { at: [{ width: 1024, height: 768 }] })
  await look('phone', { at: [{ width: 390, height: 844 }] })
  await page.goto('/')
  await expect(page.getByRole('link', { name: /fast EMA/ }).first()).toBeVisible()
  await look('home-phone', { at: [{ width: 390, height: 844 }] })
})
