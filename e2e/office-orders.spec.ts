import { readFile } from 'node:fs/promises'
import { expectNothingSerious } from './support/axe.ts'
import { placePaidOrders, signInAsStaff } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

test('a list is kept under a name, shared, written to a file that is followed, and deleted again', async ({ page }) => {
  test.setTimeout(90_000)
  await signInAsStaff(page, 'orders')
  const numbers = await placePaidOrders(2)
  await page.goto('/en/admin/orders?fulfilment=to_send&provider=alipay')
  await page.getByText('Keep this list under a name').click()
  await page.getByLabel('Name of the list').fill('Alipay, to send')
  await page.getByLabel('Colleagues see it too').check()
  await expectNothingSerious(page)
  await page.getByRole('button', { name: 'Save' }).click()
  const tab = page.getByRole('link', { name: 'Alipay, to send' })
  await expect(tab).toHaveAttribute('aria-current', 'true')

  await page.getByText('Export', { exact: true }).click()
  await page.getByLabel('Kind of file').selectOption('csv')
  await page.getByRole('button', { name: 'Write the file' }).click()
  await expect(page).toHaveURL(/\/admin\/orders\/exports$/)
  const row = page.getByRole('row').nth(1)
  await expect(row).toContainText('to_send · alipay')
  await expect(row.getByText('ready')).toBeVisible({ timeout: 20_000 })
  await expectNothingSerious(page)
  const [file] = await Promise.all([page.waitForEvent('download'), row.getByRole('link', { name: /Download/ }).click()])
  const text = await readFile(await file.path(), 'utf8')
  for (const number of numbers) expect(text).toContain(number)

  await page.goto('/en/admin/orders')
  await tab.click()
  await page.getByText('Delete the list “Alipay, to send” …').click()
  await page.getByRole('button', { name: 'Delete the list', exact: true }).click()
  await expect(tab).toBeHidden()
})
