import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { placePaidOrders, signInAsStaff } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

const bench = (page: Page) => page.getByRole('textbox', { name: 'Order' })
let labels = Date.now()
const nextLabel = () => `SF${++labels}`

/** As a scanner does it: the characters, then Enter. */
async function scan(page: Page, text: string) {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

const expectAccessible = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

test('ten orders are packed with a scanner and Enter alone', async ({ page }) => {
  test.setTimeout(150_000)
  await signInAsStaff(page, 'orders')
  const numbers = await placePaidOrders(10)
  await page.goto('/en/admin/ship')
  await expectAccessible(page)
  const begun = Date.now()
  for (const number of numbers) {
    await expect(bench(page)).toBeFocused()
    await scan(page, number.toLowerCase())
    await expect(page.getByRole('heading', { name: `Pack ${number}` })).toBeVisible()
    await expect(page.getByLabel('Tracking number')).toBeFocused()
    await scan(page, nextLabel())
    await expect(page.getByText(`Sent: order ${number}`)).toBeVisible()
  }
  expect(Date.now() - begun).toBeLessThan(120_000)
})

test('in two parcels, one of them undone; a label that was used and a wrong number are refused', async ({ page }) => {
  test.setTimeout(90_000)
  await signInAsStaff(page, 'orders')
  const [number = ''] = await placePaidOrders(1, 3)
  await page.goto(`/en/admin/ship/${number}`)
  await expectAccessible(page)
  await page.getByRole('spinbutton').fill('1')
  await page.getByLabel('Tracking number').fill('no number')
  await page.keyboard.press('Enter')
  await expect(page.getByText('This is no tracking number')).toBeVisible()
  const label = nextLabel()
  await page.getByLabel('Tracking number').fill(label)
  await page.getByRole('spinbutton').fill('1')
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Sent: order ${number}`)).toBeVisible()

  await page.goto(`/en/admin/ship/${number}`)
  await expect(page.getByRole('spinbutton')).toHaveValue('2')
  await page.getByLabel('Tracking number').fill(label)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Another parcel has this tracking number: order ${number}`)).toBeVisible()
  await page.getByLabel('Tracking number').fill(nextLabel())
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Sent: order ${number}`)).toBeVisible()
  await page.goto(`/en/admin/ship/${number}`)
  await expect(page.getByText('Nothing of this order is left to pack.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(page.getByRole('spinbutton')).toHaveValue('2')
})
