// The base components: usable with mouse and with keyboard alone, what they open readable for everybody.
import { expect, seriousFindings, test } from './fixtures/journey'

test.beforeEach(async ({ page }) => {
  await page.goto('/sheet')
})

test('what opens does so without a breach of the policy, and closes with Escape', async ({ page, shot }) => {
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeVisible()
  await shot('components-menu')
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)

  await page.getByRole('button', { name: 'Right mouse button' }).click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Dialog' }).click()
  await expect(page.getByRole('dialog', { name: 'Delete this Play?' })).toBeVisible()
  await shot('components-dialog')
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Dialog' })).toBeFocused()

  await page.getByRole('combobox', { name: 'Choice' }).click()
  await page.getByRole('option', { name: /ETHUSDT/ }).click()
  await expect(page.getByRole('combobox', { name: 'Choice' })).toContainText('ETHUSDT')
})

test('a tooltip comes with the focus and names the key', async ({ page }) => {
  await page.getByRole('button', { name: 'Undo', exact: true }).focus()
  await expect(page.getByRole('tooltip')).toContainText('Undo')
  await expect(page.getByRole('tooltip')).toContainText('Ctrl+Z')
})

test('a number is typed, stepped and dragged; what is wrong stays and is said', async ({ page }) => {
  const field = page.getByRole('spinbutton', { name: 'Number with unit' })
  await field.click()
  await page.keyboard.type('3.75')
  await page.keyboard.press('Tab')
  await expect(field).toHaveValue('3.75')
  await field.focus()
  await page.keyboard.press('ArrowUp')
  await expect(field).toHaveValue('3.85')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(field).toHaveValue('2.85')
  await page.keyboard.press('Escape')
  await expect(field).toHaveValue('3.75')
  await field.blur()

  const box = await field.boundingBox()
  if (box === null) throw new Error('the field is not on the page')
  await page.mouse.move(box.x + 20, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + 60, box.y + 10, { steps: 8 })
  await page.mouse.up()
  await expect(field).toHaveValue('4.75')

  const share = page.getByRole('spinbutton', { name: 'Share, at most 100' })
  await share.fill('150')
  await expect(page.getByText('At most 100 %.')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(share).toHaveValue('150')
  await expect(share).toHaveAttribute('aria-invalid', 'true')
  await expect(share).toHaveAttribute('aria-valuenow', '40')
  await share.fill('60')
  await expect(page.getByText('At most 100 %.')).toHaveCount(0)
  await expect(share).toHaveAttribute('aria-valuenow', '60')
})

test('notices pass, errors stay', async ({ page, shot }) => {
  await page.clock.install()
  await page.getByRole('button', { name: 'Notices', exact: true }).click()
  const notices = page.getByRole('region', { name: 'Notices' }).getByRole('listitem')
  await expect(notices).toHaveCount(3)
  await shot('components-notices')
  expect(await seriousFindings(page)).toEqual([])
  await page.mouse.move(5, 5)
  await page.clock.runFor(5100)
  await expect(notices).toHaveCount(1)
  await expect(notices).toContainText('Not saved.')
  await notices.getByRole('button', { name: 'Close this notice' }).click()
  await expect(notices).toHaveCount(0)
})

test('a border between panels moves with the keyboard', async ({ page }) => {
  const border = page.getByRole('separator', { name: 'Width of the list' })
  const left = async () => (await border.boundingBox())?.x ?? 0
  const before = await left()
  await border.focus()
  await page.keyboard.press('ArrowRight')
  expect(await left()).toBeGreaterThan(before)
})
