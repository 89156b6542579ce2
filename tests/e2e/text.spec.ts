// Text, words and commands in a real browser: one document, one history, and nobody shut out.
import { baseUrl, expect, seriousFindings, test } from './fixtures/journey'

const editor = '.cm-content'

test.beforeEach(async ({ page }) => {
  await page.goto(baseUrl())
  await page.getByRole('button', { name: 'EMA pullback' }).or(page.getByText('EMA pullback')).first().click()
  await page.getByTestId('canvas').waitFor()
})

test('typing changes the Play, broken text changes nothing, and undo is the one history', async ({ page, shot }) => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('show the text')
  await page.keyboard.press('Enter')
  const text = page.locator(editor)
  await expect(text).toContainText('ema_slow')
  await expect(page.getByRole('button', { name: /Copy the hash/ })).toContainText(/[0-9a-f]{12}/)
  await page.locator('.cm-line', { hasText: 'fast: { value' }).getByText('21').click()
  await page.keyboard.press('End')
  for (let i = 0; i < 28; i++) await page.keyboard.press('ArrowLeft')
  const before = await text.textContent()
  await page.keyboard.type('{')
  await expect(page.getByText(/Not a Play yet/)).toBeVisible()
  await shot('text-broken')
  await page.keyboard.press('Control+z')
  await expect(page.getByText(/Not a Play yet/)).toHaveCount(0)
  expect(await text.textContent()).toBe(before)
  await page.locator('.cm-line', { hasText: 'title:' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' today')
  await expect(page.getByLabel('Title of the Play')).toHaveValue(/slow one today$/)
  await page.keyboard.press('Control+z')
  await expect(page.getByLabel('Title of the Play')).toHaveValue(/slow one$/)
  await expect(text).not.toContainText('today')
  await shot('text')
  expect(await seriousFindings(page)).toEqual([])
})

test('the words say the Play and select its nodes', async ({ page, shot }) => {
  await page.getByText('Words', { exact: true }).click()
  await page.getByRole('button', { name: 'the 200-bar EMA' }).first().click()
  await expect(page.getByRole('button', { name: 'the 200-bar EMA' }).first()).toHaveAttribute('aria-pressed', 'true')
  await shot('words')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByText('Text', { exact: true }).click()
  await expect(page.locator('.cm-part-selected')).toContainText('ema_slow:')
})

test('everything is found with Control K, and the keys are in one list', async ({ page, shot }) => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('swing lost')
  await expect(page.getByRole('option').first()).toContainText('Swing lost')
  await shot('commands')
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Arrange all nodes')
  await shot('keys')
  expect(await seriousFindings(page)).toEqual([])
})
