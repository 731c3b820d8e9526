import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { signInAsStaff, withDatabase } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

async function expectNothingSerious(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
}

/** Long before the shop's first order, where the worker makes no figures of its own. */
const plantSales = () =>
  withDatabase(
    (sql) => sql`
      insert into figure_sales (day, hour, provider, scene, orders, goods_fen, discount_fen, shipping_fen, paid_fen)
      values ('2024-02-10', 9, 'alipay', 'page', 2, 30000, 0, 0, 30000), ('2024-01-10', 9, 'alipay', 'page', 1, 20000, 0, 0, 20000)
      on conflict do nothing`,
  )

test('an owner sees what waits today, and a month beside the month before, drawn, as a table and as a file', async ({
  page,
}) => {
  await plantSales()
  await signInAsStaff(page, 'owner')
  await page.goto('/en/admin')
  await expect(page.getByRole('heading', { name: 'Waiting for somebody' })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Sales by the hour/ })).toBeVisible()
  await expectNothingSerious(page)

  await page.getByRole('link', { name: 'All figures' }).click()
  await page.getByLabel('From', { exact: true }).fill('2024-02-01')
  await page.getByLabel('To', { exact: true }).fill('2024-02-29')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.locator('.headline').getByText('¥300.00')).toBeVisible()
  await expect(page.getByText('+50% from ¥200.00')).toBeVisible()
  const sales = page.getByRole('region', { name: 'Sales', exact: true }).first()
  await expect(sales.getByRole('img', { name: 'Sales: Highest: Sat, February 10, ¥300.00.' })).toBeVisible()
  await sales.getByText('As a table').click()
  await expect(sales.getByRole('row', { name: /2024-02-10/ })).toContainText('¥300.00')
  await expectNothingSerious(page)

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    sales.getByRole('link', { name: 'Sales: CSV' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('sales_2024-02-01_2024-02-29.csv')
  expect(await readFile(await file.path(), 'utf8')).toContain('2024-02-10,2,300.00,0.00,0.00,300.00')
})

test('finance settles a planted difference by a correction, once and with a reason', async ({ page }) => {
  const { staff, id } = await withDatabase(async (sql) => {
    await sql`insert into bill_days (provider, day, state, matched_at) values ('alipay', '2024-02-10', 'matched', now()) on conflict do nothing`
    const [row] = await sql<[{ id: string }]>`
      insert into bill_differences (provider, day, finding, kind, proposal, subject, billed_fen, ours_fen, state, opened_at, seen_at)
      values ('alipay', '2024-02-10', 'payment_fee', 'fee', 'claim_fee', ${`PLANTED${Date.now()}`}, 1234, 1200, 'open', '2024-02-11', now())
      returning id`
    return { id: row.id, staff: await signInAsStaff(page, 'finance') }
  })
  await page.goto('/en/admin/payments/bills')
  await expectNothingSerious(page)
  await page.locator(`a[href$="${id}"]`).click()
  await expect(page.getByRole('heading', { name: 'Fee of a payment' })).toBeVisible()
  await expectNothingSerious(page)

  const form = page.getByRole('form', { name: 'Correct the ledger' })
  await expect(form.getByLabel('Amount in yuan')).toHaveValue('0.34')
  await form.getByLabel('Reason').fill('The contract changed on the first.')
  await form.getByRole('button', { name: 'Book the correction' }).click()
  await expect(page.getByText('corrected', { exact: true })).toBeVisible()
  const booked = await withDatabase(
    (sql) => sql`
    select (select count(*)::int from journals where reference = ${`bill_difference:${id}`}) as journals,
      (select reason from audit_log where about_id = ${id} and actor = ${`staff:${staff.accountId}`}) as reason`,
  )
  expect(booked).toMatchObject([{ journals: 1, reason: 'The contract changed on the first.' }])
})
