import type { Page } from '@playwright/test'
import { goToPay, newShopper, orderUrl, paidHeading, placeOrder, SANDBOX } from './support/order.ts'
import { signInAsStaff } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

/** Pays what the page shows, as each provider has it. */
const WAYS: readonly (readonly [provider: string, pay: (page: Page) => Promise<void>])[] = [
  [
    'WeChat Pay',
    async (page) => {
      await goToPay(page, /^WeChat Pay/)
      const phone = await page.context().newPage()
      await phone.goto(`${SANDBOX}/phone`)
      await phone.getByLabel('Code').fill((await page.locator('.order-code code').textContent()) ?? '')
      await phone.getByRole('button', { name: 'Scan' }).click()
      await phone.getByRole('button', { name: /^Pay now ¥/ }).click()
      await expect(paidHeading(page)).toBeVisible()
      await phone.close()
    },
  ],
  [
    'UnionPay',
    async (page) => {
      await goToPay(page, /^Card by UnionPay/)
      await page.getByRole('button', { name: /^Pay ¥/ }).click()
    },
  ],
]

for (const [provider, pay] of WAYS)
  test(`${provider}: asked to cancel, granted and paid back, until the page of the order says where the money is`, async ({
    page,
    browser,
  }) => {
    test.setTimeout(90_000)
    await placeOrder(page, newShopper())
    const order = orderUrl(page)
    await pay(page)
    await expect(paidHeading(page)).toBeVisible()
    const number = (await page.locator('.order-number').textContent())?.replace('Order ', '') ?? ''

    await page.goto(order)
    // The link opens what is folded around its target.
    await page.getByRole('link', { name: 'Ask to cancel' }).click()
    const form = page.getByRole('form', { name: 'Cancel pieces that have not been sent' })
    await form.getByLabel('Why?').selectOption({ label: 'I ordered by mistake' })
    await form.getByRole('button', { name: 'Ask to cancel' }).click()
    await expect(page.getByText('You asked us to cancel this order.')).toBeVisible()

    const office = await browser.newContext()
    const staff = await office.newPage()
    await signInAsStaff(staff, 'owner')
    await staff.goto('/en/admin/returns')
    await staff.getByRole('link', { name: number }).click()
    await expect(staff.getByText('Ordered by mistake')).toBeVisible()
    await staff.getByRole('form', { name: 'Grant' }).getByRole('button', { name: 'Grant' }).click()
    await staff.getByRole('link', { name: 'Work out the refund' }).click()
    await staff.getByRole('button', { name: 'Work it out' }).first().click()
    await expect(staff.getByText(new RegExp(`^The shopper gets ¥[\\d,.]+ by ${provider}`))).toBeVisible()
    await staff.getByRole('button', { name: /^Give back ¥/ }).click()
    await expect(staff.getByText('The money is on its way back')).toBeVisible()
    await office.close()

    const wentBack = page.getByText(new RegExp(`¥[\\d,.]+ went back to you by ${provider} on`))
    await expect
      .poll(
        async () => {
          await page.goto(order)
          return wentBack.count()
        },
        { timeout: 40_000 },
      )
      .toBe(1)
  })
