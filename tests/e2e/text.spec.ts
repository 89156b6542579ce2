// Text, words and commands in a real browser: one document, one history, and nobody shut out.
import type { Page } from '@playwright/test'
import { baseUrl, expect, seriousFindings, test } from './fixtures/journey'

const editor = '.cm-content'

/** Opens the finder and types: its keys are heard as soon as its field is there. */
const find = async (page: Page, words: string): Promise<void> => {
  await expect(page.getByRole('group', { name: 'Undo and history' })).toBeVisible()
  const field = page.getByRole('dialog').getByRole('combobox')
  await expect(async () => {
    if (!(await field.isVisible())) await page.keyboard.press('Control+k')
    await expect(field).toBeFocused({ timeout: 1000 })
  }).toPass()
  await field.fill(words)
}

const showText = async (page: Page): Promise<void> => {
  await page.getByText('Text', { exact: true }).click()
  await expect(page.locator(editor)).toContainText('ema_slow')
}
const lineOf = (page: Page, text: string) => page.locator('.cm-line', { hasText: text })

test.beforeEach(async ({ page }) => {
  await page.goto(baseUrl())
  await page.getByRole('button', { name: 'EMA pullback' }).or(page.getByText('EMA pullback')).first().click()
  await page.getByTestId('canvas').waitFor()
})

test('typing changes the Play, broken text changes nothing, undo is the one history, an error is mended', async ({
  page,
  shot,
}) => {
  await find(page, 'show the text')
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
  // An error stands at its place and is mended by a key.
  await lineOf(page, 'fast: { value').click()
  await page.keyboard.press('End')
  for (let i = 0; i < ', min: 8, max: 55, step: 1 }'.length; i++) await page.keyboard.press('ArrowLeft')
  for (let i = 0; i < '21'.length; i++) await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('"')
  await expect(lineOf(page, 'fast: { value')).toContainText('value: "21",')
  const mend = page.getByRole('button', { name: /Ctrl \./ })
  await expect(mend).toBeVisible()
  await expect(page.locator('.cm-lintRange-error').first()).toBeVisible()
  await shot('text-mend')
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Control+.')
  await expect(lineOf(page, 'fast: { value')).toContainText('value: 21,')
  await expect(mend).toHaveCount(0)
})

test('a node is written by completion alone, by keyboard', async ({ page, shot }) => {
  await showText(page)
  await lineOf(page, 'atr: { atr').click()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('rank: ')
  const list = page.getByRole('listbox', { name: 'Completions' })
  const take = async (typed: string, label: string): Promise<void> => {
    await page.keyboard.type(typed)
    if (typed === '') await page.keyboard.press('Control+Space')
    await expect(list.getByRole('option', { name: label, exact: false }).first()).toHaveAttribute(
      'aria-selected',
      'true',
    )
    if (label === 'over') {
      await expect(page.locator('.cm-completionInfo')).toContainText(/bars/)
      await shot('text-completion')
    }
    // CodeMirror takes no answer in the first 75 ms of its list; a second Enter would break the line.
    await page.waitForTimeout(150)
    await page.keyboard.press('Enter')
    await expect(list).toHaveCount(0)
  }
  await take('percenti', 'percentile')
  await expect(page.locator(editor)).toContainText('rank: { percentile: {  } }')
  await take('', 'of')
  await take('at', 'atr')
  await page.keyboard.type(', ')
  await take('ov', 'over')
  await page.keyboard.type('30d')
  await expect(page.locator(editor)).toContainText('rank: { percentile: { of: atr, over: 30d } }')
  await page.getByText('Graph', { exact: true }).click()
  await expect(page.locator('[data-id="rank"]')).toBeAttached()
})

test('unfinished text leaves the last good Play alone, survives moving a node and a reload', async ({ page, shot }) => {
  await showText(page)
  await lineOf(page, 'title:').click()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('unfinished: [')
  await expect(page.getByText(/Not a Play yet/)).toBeVisible()
  await page.getByText('Graph', { exact: true }).click()
  await page.locator('.react-flow__node').getByText('ema_slow').or(page.locator('[data-id="ema_slow"]')).first().click()
  await page.keyboard.press('Alt+ArrowRight')
  await page.reload()
  await page.getByTestId('canvas').waitFor()
  await page.getByText('Text', { exact: true }).click()
  await expect(page.locator(editor)).toContainText('unfinished: [')
  await expect(page.getByText(/Not a Play yet/)).toBeVisible()
  await shot('text-unfinished')
  await page.getByRole('button', { name: 'Back to the last good text' }).click()
  await expect(page.locator(editor)).not.toContainText('unfinished')
  await expect(page.getByText(/Not a Play yet/)).toHaveCount(0)
})

test('a node is found in graph, text and words, everything with Control K, and the keys in one list', async ({
  page,
}) => {
  await test.step('a node is found again in graph, text and words', async () => {
    await page.locator('[data-id="swing_lost"]').click()
    await page.getByText('Text', { exact: true }).click()
    await expect(page.locator('.cm-part-selected')).toContainText('swing_lost:')
    await expect(page.locator('.cm-part-selected')).toBeInViewport()
    await lineOf(page, 'stop_distance: {').click()
    await page.keyboard.press('Control+Enter')
    await expect(page.locator('[data-id="stop_distance"]')).toHaveClass(/selected/)
    await expect(page.locator('[data-id="stop_distance"]')).toBeInViewport()
    await page.getByText('Words', { exact: true }).click()
    await page.getByRole('button', { name: 'the 200-bar EMA' }).first().click()
    await expect(page.getByRole('button', { name: 'the 200-bar EMA' }).first()).toHaveAttribute('aria-pressed', 'true')
    await page.getByText('Text', { exact: true }).click()
    await expect(page.locator('.cm-part-selected')).toContainText('ema_slow:')
  })
  await test.step('everything is found with Control K, and the keys are in one list', async () => {
    await find(page, 'swing lost')
    await expect(page.getByRole('option').first()).toContainText('Swing lost')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Arrange all nodes')
  })
})
