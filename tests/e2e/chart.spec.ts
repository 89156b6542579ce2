// The chart of the workbench: bars of the practice market, the time cursor by mouse and keys, levels of detail, both themes.
import type { Page } from '@playwright/test'
import { expect, type Shot, test } from './fixtures/journey'

const chart = (page: Page) => page.getByRole('application', { name: /^Chart of/ })
const tag = (page: Page) => chart(page).getByTestId('time-cursor')
const spoken = (page: Page) => page.getByTestId('chart-spoken')
const bars = (page: Page, tf: string) => page.getByText(`${tf} bars`, { exact: true })

/** The example Play on the market that its idea begins with, its first run ended. */
const open = async (page: Page): Promise<void> => {
  await page.goto('/')
  await page.getByRole('button', { name: /nodes/ }).filter({ hasText: 'Pullback' }).click()
  await expect(bars(page, '15m')).toBeVisible({ timeout: 30_000 })
}

/** The instant on the tag, as minutes: "07 Aug 13:30". */
const minutesOf = (text: string): number => {
  const [, day = '', hours = '', minutes = ''] = /^(\d\d) \w{3} (\d\d):(\d\d)$/.exec(text) ?? []
  expect(day).not.toBe('')
  return (Number(day) * 24 + Number(hours)) * 60 + Number(minutes)
}
const cursor = async (page: Page): Promise<number> => minutesOf((await tag(page).textContent()) ?? '')

const mouseMoves = async (page: Page, shot: Shot): Promise<void> => {
  const box = await chart(page).boundingBox()
  expect(box).not.toBeNull()
  const { x = 0, y = 0, width = 0, height = 0 } = box ?? {}
  await page.mouse.move(x + width * 0.3, y + height / 3)
  await expect(tag(page)).toBeVisible()
  const left = await cursor(page)
  await page.mouse.move(x + width * 0.6, y + height / 3)
  await expect.poll(() => cursor(page)).toBeGreaterThan(left)
  const right = await cursor(page)
  await page.mouse.move(5, 5)
  await expect(chart(page).getByRole('tooltip')).toBeHidden()
  expect(await cursor(page)).toBe(right)
  await shot('chart-dark')
  // What the licence of the charts asks for, where it lies over nothing.
  await expect(page.getByRole('link', { name: 'TradingView' })).toHaveAttribute('href', 'https://www.tradingview.com/')
}

const keysMove = async (page: Page): Promise<void> => {
  await chart(page).focus()
  await page.keyboard.press('End')
  await expect(tag(page)).toBeVisible()
  const last = await cursor(page)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => cursor(page)).toBe(last - 15)
  await expect(spoken(page)).toHaveText(/^\d\d \w{3} \d{4} \d\d:\d\d, open [\d,.]+, high [\d,.]+, low [\d,.]+, close/)
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(() => cursor(page)).toBe(last - 165)
  await page.keyboard.press('End')
  await expect.poll(() => cursor(page)).toBe(last)
  // The sentence is spoken anew after each key: once it is there the cursor has had its time to move.
  const sentence = await spoken(page).textContent()
  await page.keyboard.press('ArrowRight')
  await expect(spoken(page)).toHaveText(sentence ?? '')
  expect(await cursor(page)).toBe(last)
  await page.keyboard.press('Home')
  await expect(spoken(page)).toHaveText(/^01 Jan 20\d\d 00:15, open/)
  await expect(tag(page)).toHaveText('01 Jan 00:15')
}

const daysAreFound = async (page: Page): Promise<void> => {
  await chart(page).focus()
  await page.keyboard.press('g')
  const field = page.getByRole('textbox', { name: 'Day, UTC' })
  await field.fill('2023-13-01')
  await field.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: '2024-05-31' })).toBeVisible()
  await field.fill('2031-01-01')
  await field.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'Bars go from' })).toBeVisible()
  await field.fill('2023-03-07')
  await field.press('Enter')
  await expect(tag(page)).toHaveText('07 Mar 00:00')
  await expect(tag(page)).toBeVisible()
  // Quick zooming in from far away ends where it was aimed at.
  await page.getByRole('button', { name: 'Go to a day' }).click()
  await field.fill('2023-06-01')
  await page.keyboard.press('Enter')
  await expect(tag(page)).toHaveText('01 Jun 00:00')
  await chart(page).focus()
  for (const key of ['-', '+']) for (let i = 0; i < 18; i++) await page.keyboard.press(key)
  await expect(bars(page, '15m')).toBeVisible({ timeout: 20_000 })
  await expect(tag(page)).toHaveText('01 Jun 00:00')
  await expect(tag(page)).toBeVisible()
}

const detailFollows = async (page: Page): Promise<void> => {
  await chart(page).focus()
  const press = async (key: string, times: number): Promise<void> => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key)
  }
  await press('-', 10)
  await expect(bars(page, '15m')).toHaveCount(0)
  await press('+', 20)
  await expect(bars(page, '15m')).toBeVisible()
  await press('+', 12)
  await expect(bars(page, '15m')).toBeVisible()
  // Closer still, and no finer bars: those of the Play are the finest that it knows.
  await expect(page.getByText(/^[135]m bars$/)).toHaveCount(0)
}

test('bars are walked by mouse and by keys, gone to by their day, and seen from far and near', async ({
  page,
  shot,
}) => {
  await open(page)
  await test.step('the mouse moves the cursor, and it stays where it was when the mouse has left', () =>
    mouseMoves(page, shot))
  await test.step('keys move the cursor bar by bar, say what stands there, and reach both ends', () => keysMove(page))
  await test.step('a day that is typed is gone to, one without bars is refused in words; quick zooming keeps to it', () =>
    daysAreFound(page))
  await test.step('coarser bars come when the view grows, finer ones when it shrinks, never finer than the Play', () =>
    detailFollows(page))
})

test('what is drawn is chosen; a trade and a day of the equity are shown among the bars', async ({ page, shot }) => {
  await open(page)
  await test.step('lines are switched off and on in the menu and by their names, with their values beside them', async () => {
    const value = page.getByText(/^EMA slow [\d,.]+$/)
    await expect(value).toBeVisible()
    const toggle = async (): Promise<void> => {
      await page.getByRole('button', { name: 'What is drawn' }).click()
      await page.getByRole('menuitem', { name: 'EMA slow' }).click()
    }
    await toggle()
    await expect(value).toHaveCount(0)
    await toggle()
    await expect(value).toBeVisible()
    // A click on its name hides it as well and keeps its place; a new visit finds it so.
    await page.getByRole('button', { name: /^EMA slow [\d,.]+$/ }).click()
    const hidden = page.getByRole('button', { name: 'EMA slow', exact: true, pressed: false })
    await expect(hidden).toBeVisible()
    await page.reload()
    await expect(bars(page, '15m')).toBeVisible({ timeout: 30_000 })
    await hidden.click()
    await expect(page.getByRole('button', { name: /^EMA slow [\d,.]+$/ })).toBeVisible()
  })
  await test.step('a trade that is clicked shows its path with prices at the axis, and Escape leaves it', async () => {
    const row = page.locator('tbody tr').nth(1)
    await row.click()
    await expect(page.getByText('The order’s path').or(page.getByText("The order's path"))).toBeVisible()
    await expect(tag(page)).toBeVisible()
    await shot('chart-trade')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('region', { name: 'This trade' })).toHaveCount(0)
  })
  await test.step('equity stands beside holding; a day of it is shown on the chart', async () => {
    await page.getByRole('tab', { name: 'Equity' }).click()
    const equity = page.getByRole('application', { name: /^Equity over time/ })
    await expect(page.getByText(/buy and hold [+\u2212]/)).toBeVisible({ timeout: 20_000 })
    await page.getByRole('radio', { name: 'USDT' }).click()
    await expect(page.getByText(/net [\d,]+ USDT/)).toBeVisible()
    await equity.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    const figures = await page.locator('figcaption').textContent()
    await expect(tag(page)).toHaveText(`${figures?.slice(0, 6)} 00:00`)
    await shot('chart-equity')
  })
})
