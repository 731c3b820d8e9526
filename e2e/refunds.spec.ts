import type { Page } from '@playwright/test'
import {
  codeToPay,
  goToPay,
  mailsTo,
  newShopper,
  orderUrl,
  outTradeNo,
  paidHeading,
  placeOrder,
  SANDBOX,
} from './support/order.ts'
import { expect, test } from './support/test.ts'

const pay = /^Pay ¥/
const wentBack = (page: Page) => page.getByText(/¥[\d,.]+ went back to you by Alipay on/)
const cancel = (page: Page) => page.getByRole('button', { name: 'Cancel the order' }).click()

/** Mails come a moment after what they tell of. */
const expectMail = (page: Page, shopper: { email: string }, subject: RegExp) =>
  expect
    .poll(async () => (await mailsTo(page, shopper)).map((mail) => mail.subject), { timeout: 20_000 })
    .toContainEqual(expect.stringMatching(subject))

test('paid in two tabs: the order keeps one payment, the other goes back by itself', async ({ page, context }) => {
  test.setTimeout(60_000)
  const shopper = newShopper()
  await placeOrder(page, shopper)
  const order = await context.newPage()
  await order.goto(orderUrl(page))
  const other = await context.newPage()
  await other.goto(page.url())
  await goToPay(page, /^Alipay on this computer/)
  const first = await outTradeNo(page)
  // The shop closes a way that the shopper turns from, and what is left open once one is paid. Here the gateway is deaf.
  for (const target of [first, first.replace(/01$/, '02')]) {
    const deaf = { point: 'api', kind: 'html', method: 'alipay.trade.close', target, times: 100 }
    expect((await page.request.post(`${SANDBOX}/api/faults`, { data: deaf })).status()).toBe(201)
  }
  const code = await codeToPay(other)
  await other.goto(`${SANDBOX}/phone`)
  await other.getByLabel('Code').fill(code)
  await other.getByRole('button', { name: 'Scan' }).click()
  await expect(other.getByRole('button', { name: pay })).toBeVisible()
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
  await other.getByRole('button', { name: pay }).click()

  await expectMail(page, shopper, /^¥[\d,.]+ has been paid back/)
  await order.reload()
  await expect(wentBack(order)).toBeVisible()
  await expect(order.getByText('A further payment arrived for this order')).toBeVisible()
  await expect(paidHeading(order)).toBeVisible()
  await expect(order.getByText('Receipt number of Alipay')).toHaveCount(2)
})

test('paid after the order was cancelled: the order stands again, since its pieces are there', async ({
  page,
  context,
}) => {
  test.setTimeout(60_000)
  const shopper = newShopper()
  await placeOrder(page, shopper)
  const order = orderUrl(page)
  const code = await codeToPay(page)
  await page.goto(order)
  await cancel(page)
  await expect(page.getByRole('heading', { name: 'This order is cancelled' })).toBeVisible()

  const phone = await context.newPage()
  await phone.goto(`${SANDBOX}/phone`)
  await phone.getByLabel('Code').fill(code)
  await phone.getByRole('button', { name: 'Scan' }).click()
  await phone.getByRole('button', { name: pay }).click()
  await expectMail(page, shopper, /is paid after all$/)
  await page.goto(order)
  await expect(paidHeading(page)).toBeVisible()
  await expect(page.getByText('Order stands again')).toBeVisible()
})

test('paid after the order was cancelled and its last pieces were sold: the money goes back by itself', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(60_000)
  const shopper = newShopper()
  await placeOrder(page, shopper, /^Alipay/, { path: 'bottle-vase/iron-red', units: 1 })
  const order = orderUrl(page)
  const code = await codeToPay(page)
  await page.goto(order)
  await cancel(page)
  await expect(page.getByRole('heading', { name: 'This order is cancelled' })).toBeVisible()
  const rival = await browser.newContext()
  await placeOrder(await rival.newPage(), newShopper(), /^Alipay/, { path: 'bottle-vase/iron-red', units: 4 })
  await rival.close()

  const phone = await context.newPage()
  await phone.goto(`${SANDBOX}/phone`)
  await phone.getByLabel('Code').fill(code)
  await phone.getByRole('button', { name: 'Scan' }).click()
  await phone.getByRole('button', { name: pay }).click()
  await expectMail(page, shopper, /^¥[\d,.]+ has been paid back/)
  await page.goto(order)
  await expect(page.getByRole('heading', { name: 'Your payment went back' })).toBeVisible()
  await expect(wentBack(page)).toBeVisible()
  await expect(page.getByText('Your payment arrived after the order had ended')).toBeVisible()
})
