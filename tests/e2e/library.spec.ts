// A Block of the trader's own: folded out of nodes, kept, taken by another Play, run by the server, and a newer version.
import type { Page } from '@playwright/test'
import { add, begin, node, pull, socket } from './fixtures/draw'
import { baseUrl, expect, seriousFindings, test } from './fixtures/journey'

const trades = async (page: Page): Promise<string | null> => {
  const figure = page.getByRole('region', { name: 'Figures of this result' }).getByRole('button', { name: /Trades/ })
  await expect(figure).toContainText(/\d/, { timeout: 60_000 })
  return figure.textContent()
}

/** Chooses nodes by their headers, as hands do. */
const choose = async (page: Page, ids: readonly string[]): Promise<void> => {
  for (const [i, id] of ids.entries())
    await node(page, id).click({ position: { x: 12, y: 10 }, modifiers: i === 0 ? [] : ['ControlOrMeta'] })
  for (const id of ids) await expect(node(page, id)).toHaveClass(/ selected/)
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(ids.length)
}

const face = (page: Page, name: string): Promise<void> => page.getByRole('radio', { name }).click()

/** Another one each time: the library of a server that runs already forgets nothing. */
const fresh = (): { readonly name: string; readonly id: string } => {
  const name = `Days ${Math.random().toString(36).slice(2, 8)}`
  return { name, id: name.toLowerCase().replace(' ', '_') }
}

test('nodes become a Block that is kept; another Play takes it, and the server runs it to the same end', async ({
  page,
  shot,
}) => {
  const { name, id } = fresh()
  await begin(page, /EMA pullback/)
  const before = await trades(page)
  await choose(page, ['not_crowded', 'cheap_to_hold'])
  await page.keyboard.press('b')
  const making = page.getByRole('dialog', { name: 'Make a Block' })
  await expect(making.getByLabel('The Block')).toContainText(/filter.*rate.*max funding/s)
  await shot('library-fold')
  expect(await seriousFindings(page)).toEqual([])
  await making.getByRole('textbox', { name: 'Name' }).fill(name)
  await making.getByRole('button', { name: 'Make the Block' }).click()
  await expect(node(page, 'not_crowded')).toHaveCount(0)
  await expect(node(page, id)).toContainText('2 nodes inside')

  await choose(page, [id])
  await page.keyboard.press('k')
  const keeping = page.getByRole('dialog', { name: 'Keep in my library' })
  await expect(keeping).toContainText('It becomes version 1.')
  await keeping.getByRole('button', { name: 'Keep it' }).click()
  await expect(node(page, id)).toContainText('v1')
  await expect(page.getByRole('region', { name: 'My blocks' })).toContainText(name)
  // The same trades: what the Play does is what it did.
  expect(await trades(page)).toBe(before)

  await begin(page, /EMA pullback/)
  await add(page, name)
  await expect(node(page, id)).toContainText('v1')
  await page.keyboard.press('Shift+L')
  await page.keyboard.press('f')
  await pull(page, [socket(page, 'funding', 'out:rate'), socket(page, id, 'in:rate')])
  await pull(page, [socket(page, id, 'out:'), socket(page, '$long/filters', 'in:filters[1]')])
  await page.getByRole('button', { name: 'Verify on the server' }).click()
  await expect(page.getByRole('button', { name: /identical/ })).toBeVisible({ timeout: 60_000 })
})

const yamlOf = (id: string): string => `dsl: 1
block: my/${id}
version: 1
role: filter
inputs:
  rate: { type: rate }
params:
  most: { value: 0.03%, min: 0.01%, max: 0.1%, step: 0.01% }
nodes:
  cheap: { below: [rate, $most] }
  gate: { filter: { allow: cheap } }
outputs: { filter: gate }
`

test('a copy is detached, changed and kept as the next version, which the older one can become', async ({
  page,
  shot,
}) => {
  const { name, id } = fresh()
  const kept = await page.request.post(`${baseUrl()}/api/trpc/block.publish`, {
    data: { yaml: yamlOf(id), note: '' },
    headers: { origin: baseUrl() },
  })
  expect(kept.ok()).toBe(true)
  await begin(page, /EMA pullback/)
  await expect(page.getByRole('region', { name: 'My blocks' })).toContainText(name)
  await add(page, name)
  await page.keyboard.press('Shift+L')
  await page.keyboard.press('f')
  await pull(page, [socket(page, 'funding', 'out:rate'), socket(page, id, 'in:rate')])
  await choose(page, [id])
  await page.keyboard.press('Shift+D')
  await face(page, 'Text')
  const line = page.locator('.cm-line', { hasText: 'most: { value' })
  // The text scrolls to the chosen node when it opens: a line may move away under the mouse.
  await expect(async () => {
    await line.click()
    await expect(line).toHaveClass(/cm-activeLine/, { timeout: 2000 })
  }).toPass()
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+Home')
  await page.keyboard.insertText('most: { value: 0.02%, min: 0.01%, max: 0.1%, step: 0.01% }')
  await expect(page.getByRole('button', { name: 'Undo: Edit text' })).toBeVisible()
  await face(page, 'Graph')
  await choose(page, [id])
  await page.keyboard.press('k')
  const keeping = page.getByRole('dialog', { name: 'Keep in my library' })
  await expect(keeping).toContainText('It becomes version 2.')
  await expect(keeping.getByRole('list', { name: 'What changes' })).toContainText('0.02%')
  await keeping.getByRole('textbox', { name: 'Note' }).fill('Cheaper days')
  await shot('library-keep')
  await keeping.getByRole('button', { name: 'Keep it' }).click()
  await expect(node(page, id)).toContainText('v2')

  // Back to the version before: kept, changed and detached are three steps.
  const undo = page.getByRole('group', { name: 'Undo and history' }).getByRole('button', { name: 'Undo' })
  for (let i = 0; i < 3; i++) await undo.click()
  await expect(node(page, id)).toContainText('v1')
  await choose(page, [id])
  await page.keyboard.press('u')
  const newer = page.getByRole('dialog', { name: `Use version 2 of ${name}` })
  await expect(newer.getByRole('list', { name: 'What changes' })).toContainText('0.02%')
  await expect(newer).toContainText('Cheaper days')
  await shot('library-upgrade')
  expect(await seriousFindings(page)).toEqual([])
  await newer.getByRole('button', { name: 'Use version 2' }).click()
  await expect(node(page, id)).toContainText('v2')
})
