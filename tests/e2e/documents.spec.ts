// Plays of this browser: begun, edited, kept across a reload, followed and taken over by a second tab, moved as files.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, listen, seriousFindings, test } from './fixtures/journey'

const title = (page: Page) => page.getByRole('textbox', { name: 'Title of the Play' })
const retitle = async (page: Page, text: string): Promise<void> => {
  await title(page).fill(text)
  await title(page).press('Enter')
}
const home = async (page: Page): Promise<void> => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Draw it, then find out if it is true' })).toBeVisible()
}
const begin = async (page: Page): Promise<void> => {
  await home(page)
  await page.getByRole('button', { name: 'Empty Play' }).click()
  await expect(title(page)).toHaveValue('New Play')
  // The lock of the document is asked for when it opens.
  await expect(page.getByRole('group', { name: 'Undo and history' })).toBeVisible()
}
const undo = (page: Page) => page.getByRole('button', { name: /^Undo/ })

test('an edit survives a reload in the same moment and can be undone after it; the history is seen and jumped in', async ({
  page,
  shot,
}) => {
  await begin(page)
  await retitle(page, 'Mine')
  await page.reload()
  await expect(title(page)).toHaveValue('Mine')
  await undo(page).click()
  await expect(title(page)).toHaveValue('New Play')
  await page.getByRole('button', { name: /^Redo/ }).click()
  await expect(title(page)).toHaveValue('Mine')

  for (const name of ['One', 'Two', 'Three']) await retitle(page, name)
  await page.getByRole('button', { name: 'History' }).click()
  await expect(page.getByRole('button', { name: /^Rename to Three/ })).toHaveAttribute('aria-current', 'step')
  await page.getByRole('button', { name: /^Rename to One/ }).click()
  await expect(title(page)).toHaveValue('One')
  await shot('history')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: /^Opened/ }).click()
  await expect(title(page)).toHaveValue('New Play')
})

test('a second tab is told, follows, takes over, and nothing is lost', async ({ page, context, complaints }) => {
  await begin(page)
  await retitle(page, 'First')
  const second = await context.newPage()
  listen(second, complaints)
  await second.goto(page.url())
  await expect(second.getByText('This Play is open in another tab.')).toBeVisible()
  await expect(title(second)).toHaveValue('First')
  await retitle(page, 'Followed')
  await expect(title(second)).toHaveValue('Followed')
  await expect(undo(second)).toBeDisabled()

  await second.getByRole('button', { name: 'Edit here' }).click()
  await expect(page.getByText('This Play is open in another tab.')).toBeVisible()
  await retitle(second, 'Taken over')
  await expect(title(page)).toHaveValue('Taken over')
  await undo(second).click()
  await undo(second).click()
  await expect(title(page)).toHaveValue('First')

  await second.close()
  await expect(page.getByText('This Play is open in another tab.')).toHaveCount(0)
  await retitle(page, 'Mine again')
  await page.reload()
  await expect(title(page)).toHaveValue('Mine again')
})

test('own Plays are listed, renamed, duplicated, deleted and brought back', async ({ page }) => {
  await begin(page)
  await retitle(page, 'Alpha')
  await home(page)
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
  await expect(row('Alpha')).toBeVisible()
  await page.getByRole('button', { name: 'More about Alpha' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.keyboard.type('Beta')
  await page.keyboard.press('Enter')
  await expect(row('Beta')).toBeVisible()

  await page.getByRole('button', { name: 'More about Beta' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(title(page)).toHaveValue('Beta 2')
  await home(page)
  await expect(page.getByRole('row')).toHaveCount(3)

  await page.getByRole('button', { name: 'More about Beta', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(row('Beta')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row('Beta')).toBeVisible()
})

test('what the list of Plays does to an open one reaches its tab, and nothing is lost', async ({
  page,
  context,
  complaints,
  shot,
}) => {
  await begin(page)
  await retitle(page, 'Open here')
  await expect(undo(page)).toBeEnabled()
  const list = await context.newPage()
  listen(list, complaints)
  await home(list)
  await list.getByRole('button', { name: 'More about Open here' }).click()
  await list.getByRole('menuitem', { name: 'Rename' }).click()
  await list.keyboard.type('Renamed there')
  await list.keyboard.press('Enter')
  await expect(title(page)).toHaveValue('Renamed there')
  await list.getByRole('button', { name: 'More about Renamed there' }).click()
  await list.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByText('This Play was deleted in another tab.')).toBeVisible()
  await shot('deleted-elsewhere')
  expect(await seriousFindings(page)).toEqual([])
  await retitle(page, 'Edited after')
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect(page.getByText('This Play was deleted in another tab.')).toHaveCount(0)
  await home(list)
  await expect(list.getByRole('link', { name: 'Edited after', exact: true })).toBeVisible()
})

test('a full store is said plainly, and saving goes on once there is room', async ({ page, shot }) => {
  await begin(page)
  await page.evaluate(() => {
    const own = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') ?? {}
    Object.assign(window, { makeRoom: () => Object.defineProperty(IDBObjectStore.prototype, 'put', own) })
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
  })
  await retitle(page, 'Too much')
  const notice = page.getByRole('status').filter({ hasText: 'Not saved' })
  await expect(notice).toContainText('The storage of this browser is full. Delete Plays that you no longer need')
  await shot('store-full')
  expect(await seriousFindings(page)).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    notice.getByRole('button', { name: 'Export as a file' }).click(),
  ])
  expect(readFileSync(await download.path(), 'utf8')).toContain('title: Too much')
  // What this journey planted above.
  await page.evaluate(() => (window as unknown as { makeRoom: () => void }).makeRoom())
  await notice.getByRole('button', { name: 'Save again' }).click()
  await expect(notice).toHaveCount(0)
  await page.reload()
  await expect(title(page)).toHaveValue('Too much')
})

test('a browser that stores nothing is told so, on both pages', async ({ page, shot }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
  })
  await home(page)
  await expect(page.getByText(/lets the page store nothing, as in a private window/).first()).toBeVisible()
  await shot('home-no-store')
  await page.goto('/play/000000000000')
  await expect(page.getByText(/lets the page store nothing, as in a private window/)).toBeVisible()
  await shot('play-no-store')
  expect(await seriousFindings(page)).toEqual([])
})

test('a Play goes out as one file and comes in again; a broken one is said and changes nothing', async ({
  page,
  shot,
}) => {
  await home(page)
  await page.getByRole('button', { name: /^RSI fade/ }).click()
  await expect(title(page)).toHaveValue('RSI fade with resting limits')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as a file' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('rsi_fade.play.yaml')
  const text = readFileSync(await download.path(), 'utf8')
  expect(text).toContain('play: rsi_fade')

  await home(page)
  await page
    .getByLabel('Open a Play')
    .last()
    .setInputFiles({ name: 'again.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) })
  await expect(title(page)).toHaveValue('RSI fade with resting limits')

  await home(page)
  await expect(page.getByRole('link', { name: /RSI fade/ })).toHaveCount(2)
  const before = await page.getByRole('row').count()
  const broken = text.replace('tf: 15m', 'tf: 7m')
  await page
    .getByLabel('Open a Play')
    .last()
    .setInputFiles({ name: 'broken.yaml', mimeType: 'application/yaml', buffer: Buffer.from(broken) })
  await expect(page.getByRole('dialog', { name: 'This file is no Play' })).toContainText('7m')
  await shot('broken-file')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(page.getByRole('row')).toHaveCount(before)
})

test('a file of bars goes through the gate: refused in words, taken when it is good', async ({ page }) => {
  await home(page)
  const rows = (bad: boolean): string =>
    Array.from(
      { length: 90 },
      (_, k) => `${Date.UTC(2023, 0, 1) + k * 60_000},10,${bad && k === 40 ? 2 : 11},9,10.5,3`,
    ).join('\n')
  const file = (bad: boolean) => ({
    name: 'XYZUSDT-1m.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`open_time,open,high,low,close,volume\n${rows(bad)}\n`),
  })
  const dialog = page.getByRole('dialog', { name: 'Add bars' })
  // The first backtest would try the new bars at once.
  await page.getByRole('button', { name: 'Skip, I know graphs' }).click()
  await page.getByLabel('Add data').last().setInputFiles(file(true))
  await dialog.getByRole('textbox').fill('binance:XYZUSDT')
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(dialog.getByRole('alert')).toContainText('first in line 42')
  await page.keyboard.press('Escape')
  await page.getByLabel('Add data').last().setInputFiles(file(false))
  await dialog.getByRole('textbox').fill('binance:XYZUSDT')
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('binance:XYZUSDT')
  await expect(dialog).toHaveCount(0)
})
