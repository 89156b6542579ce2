// Plays kept by the server: from the first start to a version that was run, two browsers that both changed one Play, and a
// server that goes away and comes back.
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { baseUrl, expect, listen, seriousFindings, test } from './fixtures/journey'

const title = (page: Page) => page.getByRole('textbox', { name: 'Title of the Play' })
const retitle = async (page: Page, text: string): Promise<void> => {
  await title(page).fill(text)
  await title(page).press('Enter')
}
const standing = (page: Page, word: RegExp) => page.getByRole('button', { name: word })
const saved = /^Saved\. Versions/
/** Begins an example on the practice market; gives its address. */
const begin = async (page: Page, name: string): Promise<string> => {
  await page.goto('/')
  await page.getByRole('button', { name: /^EMA pullback/ }).click()
  await expect(title(page)).toHaveValue(/EMA/)
  await retitle(page, name)
  await expect(standing(page, saved)).toBeVisible()
  return page.url()
}
/** The same Play in a browser of its own. */
const elsewhere = async (browser: Browser, url: string, complaints: string[]): Promise<[Page, BrowserContext]> => {
  const context = await browser.newContext({ baseURL: baseUrl() })
  const page = await context.newPage()
  listen(page, complaints)
  await page.goto(url)
  await expect(standing(page, saved)).toBeVisible()
  return [page, context]
}
/** As when somebody comes back to the window. */
const comeBack = (page: Page): Promise<unknown> =>
  page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
const undo = (page: Page) =>
  page.getByRole('group', { name: 'Undo and history' }).getByRole('button', { name: /^Undo/ })

test('from the first start to a version that is run on the server, and back to it', async ({ page, shot }) => {
  const unique = `Versioned ${Date.now()}`
  await begin(page, unique)
  await standing(page, saved).click()
  const menu = page.getByRole('dialog', { name: 'Versions of this Play' })
  await expect(menu.getByText('No version yet.')).toBeVisible()
  await menu.getByRole('textbox', { name: 'Note of the version' }).fill('as it began')
  await menu.getByRole('button', { name: 'Keep a version' }).click()
  await expect(menu.getByText('Version 1 is kept.')).toBeVisible()
  await expect(menu.getByRole('button', { name: /^v1 as it began/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await retitle(page, `${unique}, run`)

  await page.getByRole('button', { name: 'Verify on the server' }).click()
  await expect(page.getByRole('button', { name: 'verified identical' })).toBeVisible({ timeout: 120_000 })
  await page.getByRole('button', { name: /Versions$/ }).click()
  await expect(menu.getByRole('button', { name: /^v2 kept by a run 1 run/ })).toBeVisible()
  expect(await seriousFindings(page)).toEqual([])
  await shot('versions')
  await menu.getByRole('button', { name: /^v1/ }).click()
  const version = page.getByRole('dialog', { name: 'Version 1' })
  await expect(version.getByText(`title: ${unique} became ${unique}, run`)).toBeVisible()
  expect(await seriousFindings(page)).toEqual([])
  await shot('version')
  await version.getByRole('button', { name: 'Bring it back' }).click()
  await expect(title(page)).toHaveValue(unique)
  await undo(page).click()
  await expect(title(page)).toHaveValue(`${unique}, run`)
})

/** Both change what they agreed on, this one while it is cut off: it is asked. */
const clash = async (page: Page, other: Page, round: string): Promise<void> => {
  // Both stand on the same draft.
  await expect(async () => {
    await comeBack(other)
    await expect(title(other)).toHaveValue(await title(page).inputValue(), { timeout: 2000 })
  }).toPass()
  await page.context().setOffline(true)
  await retitle(page, `Mine ${round}`)
  await expect(standing(page, /^In this browser\. Versions/)).toBeVisible()
  await retitle(other, `Theirs ${round}`)
  // It is saved once the server has it; the state beside the title told of the draft before, too.
  const titleThere = (): Promise<string> =>
    other.evaluate(async () => {
      const input = encodeURIComponent(JSON.stringify({ id: location.pathname.split('/').at(-1) }))
      return (await (await fetch(`/api/trpc/play.draft?input=${input}`)).json()).result.data.title
    })
  await expect.poll(titleThere).toBe(`Theirs ${round}`)
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Compare and choose' }).click()
  await expect(page.getByText(`title: Mine ${round} became Theirs ${round}`)).toBeVisible()
}
const answer = async (page: Page, label: string): Promise<void> => {
  await page.getByRole('button', { name: label }).click()
  await expect(page.getByRole('button', { name: 'Compare and choose' })).toHaveCount(0)
  await expect(standing(page, saved)).toBeVisible()
}

test('two browsers that both changed a Play are asked, each way, and nothing is lost', async ({
  page,
  browser,
  complaints,
  shot,
}) => {
  const url = await begin(page, 'Shared')
  const [other, context] = await elsewhere(browser, url, complaints)
  await expect(title(other)).toHaveValue('Shared')
  // Changed there alone: it comes by itself, the own one is one undo away.
  await retitle(other, 'From there')
  await expect(standing(other, saved)).toBeVisible()
  await expect(async () => {
    await comeBack(page)
    await expect(title(page)).toHaveValue('From there', { timeout: 2000 })
  }).toPass()
  await undo(page).click()
  await expect(title(page)).toHaveValue('Shared')
  await page.getByRole('button', { name: /^Redo/ }).click()
  await expect(standing(page, saved)).toBeVisible()

  await clash(page, other, '1')
  expect(await seriousFindings(page)).toEqual([])
  await shot('conflict')
  await answer(page, 'Keep mine')
  await expect(title(page)).toHaveValue('Mine 1')
  await undo(page).click()
  await expect(title(page)).toHaveValue('Theirs 1')
  await page.getByRole('button', { name: /^Redo/ }).click()
  await clash(page, other, '2')
  await answer(page, 'Take theirs')
  await expect(title(page)).toHaveValue('Theirs 2')
  await undo(page).click()
  await expect(title(page)).toHaveValue('Mine 2')
  await expect(standing(page, saved)).toBeVisible()
  await clash(page, other, '3')
  await answer(page, 'Keep both')
  await expect(title(page)).toHaveValue('Mine 3')
  await page.goto('/')
  await expect(page.getByRole('link', { name: /^Theirs 3 \(another Chrome on / })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Mine 3', exact: true })).toBeVisible()
  await context.close()
  // The network that was cut is all that was complained of.
  for (const one of complaints.splice(0)) expect(one).toContain('ERR_INTERNET_DISCONNECTED')
})

test('a server that is away loses nothing, and a Play deleted in another browser is brought back', async ({
  page,
  browser,
  complaints,
  shot,
}) => {
  const unique = `Away ${Date.now()}`
  const url = await begin(page, unique)
  await page.route('**/api/trpc/**', (route) => route.abort())
  await retitle(page, `${unique} edited`)
  await expect(standing(page, /^In this browser\. Versions/)).toBeVisible()
  await shot('server-away')
  // The page is closed before the server is back.
  await page.goto('about:blank')
  await page.unroute('**/api/trpc/**')
  await page.goto('/')
  await expect(page.getByRole('link', { name: `${unique} edited` })).toBeVisible()

  const other = await (await browser.newContext({ baseURL: baseUrl() })).newPage()
  listen(other, complaints)
  const others = other.getByRole('region', { name: 'Plays of other browsers' })
  const link = others.getByRole('link', { name: `${unique} edited` })
  await expect(async () => {
    await other.goto('/')
    const more = others.getByRole('button', { name: /from other browsers$/ })
    await expect(more).toBeVisible({ timeout: 5000 })
    if ((await more.getAttribute('aria-expanded')) === 'false') await more.click()
    await expect(link).toBeVisible({ timeout: 5000 })
  }).toPass()
  expect(await seriousFindings(other)).toEqual([])
  await shot('home-elsewhere', other)
  await link.click()
  await expect(title(other)).toHaveValue(`${unique} edited`)

  // Deleted here while it is open there.
  await page.getByRole('button', { name: `More about ${unique} edited` }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const told = other.getByText('This Play was deleted in another browser.')
  await expect(async () => {
    await comeBack(other)
    await expect(told).toBeVisible({ timeout: 2000 })
  }).toPass()
  await shot('deleted-there', other)
  await other.getByRole('button', { name: 'Bring it back' }).click()
  await expect(told).toHaveCount(0)
  await expect(async () => {
    await page.goto('/')
    await expect(page.getByRole('link', { name: `${unique} edited` })).toBeVisible({ timeout: 5000 })
  }).toPass()
  await page.goto(url)
  await expect(standing(page, saved)).toBeVisible()
  await other.context().close()
  for (const one of complaints.splice(0)) expect(one).toContain('ERR_FAILED')
})
