import { devices } from '@playwright/test'
import {
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

const PAID_SHOWN_WITHIN_MS = 2_000
const pay = /^Pay ¥/

test('on a computer: it fails, is tried again, and every open page says paid within two seconds', async ({
  page,
  context,
}) => {
  const shopper = newShopper()
  await placeOrder(page, shopper)
  const other = await context.newPage()
  await other.goto(orderUrl(page))
  await expect(other.getByRole('heading', { name: 'Waiting for your payment' })).toBeVisible()

  await goToPay(page, /^Alipay on this computer/)
  await page.getByRole('button', { name: 'Fail this payment' }).click()
  await expect(page.getByRole('alert')).toContainText('The payment failed')
  await expect(other.getByText('do not pay again')).toBeVisible()
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(other)).toBeVisible({ timeout: PAID_SHOWN_WITHIN_MS })
  await expect(paidHeading(page)).toBeVisible()
  await expect(page.getByText('Receipt number of Alipay')).toBeVisible()

  await expect
    .poll(async () => (await mailsTo(page, shopper)).map(({ subject }) => subject.replace(/\d\w+/, '…')))
    .toEqual(expect.arrayContaining(['Your order … is paid']))
  const [mail] = (await mailsTo(page, shopper)).filter(({ subject }) => subject.endsWith('is paid'))
  const link = /href="([^"]+\/order\/[\w-]{43})"/.exec(mail?.html ?? '')?.[1]
  await page.goto(link ?? 'the mail has no link')
  await expect(paidHeading(page)).toBeVisible()
})

test('by a code: scanned on a phone, paid on the computer', async ({ page, browser }) => {
  await placeOrder(page, newShopper())
  await goToPay(page, /^Alipay by a code/)
  await expect(page.getByRole('img', { name: /^Code to pay ¥/ })).toBeVisible()
  const code = await page.getByRole('link', { name: /^On a phone already/ }).getAttribute('href')

  const { defaultBrowserType: _, ...pixel } = devices['Pixel 7']
  const phone = await (await browser.newContext(pixel)).newPage()
  await phone.goto(`${SANDBOX}/phone`)
  await phone.getByLabel('Code').fill(code ?? '')
  await phone.getByRole('button', { name: 'Scan' }).click()
  await phone.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible({ timeout: PAID_SHOWN_WITHIN_MS })
  await phone.context().close()
})

test('on a phone: the way back by the button pays nothing, the way back after paying is paid', async ({ browser }) => {
  const { defaultBrowserType: _, ...pixel } = devices['Pixel 7']
  const context = await browser.newContext(pixel)
  const page = await context.newPage()
  await placeOrder(page, newShopper())
  await expect(page.getByRole('radio', { name: /on this computer/ })).toHaveCount(0)
  await goToPay(page, /^Alipay on this phone/)
  await page.getByRole('link', { name: 'Back to the shop' }).click()
  await page.waitForURL(/\/pay$/)
  await goToPay(page, /^Alipay on this phone/)
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
  await context.close()
})

test('without JavaScript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await placeOrder(page, newShopper())
  await goToPay(page, /^Alipay on this computer/)
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
  await context.close()
})

test('two tabs pay the same order once', async ({ page, context }) => {
  await placeOrder(page, newShopper())
  const other = await context.newPage()
  await other.goto(page.url())
  for (const tab of [page, other]) await goToPay(tab, /^Alipay on this computer/)
  expect(await outTradeNo(other)).toBe(await outTradeNo(page))
  for (const tab of [page, other]) await tab.getByRole('button', { name: pay }).click()
  for (const tab of [page, other]) await expect(paidHeading(tab)).toBeVisible()
  await expect(page.getByText('Payment received')).toHaveCount(1)
})

test('the notification is lost: the way back finds the money', async ({ page }) => {
  await placeOrder(page, newShopper())
  await goToPay(page, /^Alipay on this computer/)
  const target = await outTradeNo(page)
  const lost = await page.request.post(`${SANDBOX}/api/faults`, { data: { point: 'notify', kind: 'lose', target } })
  expect(lost.status()).toBe(201)
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
})

test('notification and way back are lost: the query finds the money, and the page says so by itself', async ({
  page,
  context,
}) => {
  test.setTimeout(60_000)
  await placeOrder(page, newShopper())
  const order = await context.newPage()
  await order.goto(orderUrl(page))
  await goToPay(page, /^Alipay on this computer/)
  const target = await outTradeNo(page)
  await page.request.post(`${SANDBOX}/api/faults`, { data: { point: 'notify', kind: 'lose', target } })
  await page.route('**/api/return/**', (route) => route.abort())
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(order)).toBeVisible({ timeout: 45_000 })
})

test('the gateway does not answer: the order is kept, the page says why, and the same way works later', async ({
  page,
}) => {
  test.setTimeout(60_000)
  await placeOrder(page, newShopper())
  const fault = { point: 'api', kind: 'html', method: 'alipay.trade.precreate', times: 20 }
  const added = await (await page.request.post(`${SANDBOX}/api/faults`, { data: fault })).json()
  await goToPay(page, /^Alipay by a code/)
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing is lost' })).toBeVisible({ timeout: 20_000 })
  await page.request.delete(`${SANDBOX}/api/faults/${added.id}`)
  await goToPay(page, /^Alipay by a code/)
  await expect(page.getByRole('img', { name: /^Code to pay ¥/ })).toBeVisible()
})

test('an order that nobody pays can be cancelled, and a wrong secret opens nothing', async ({ page }) => {
  await placeOrder(page, newShopper())
  await page.goto(orderUrl(page))
  await page.getByRole('button', { name: 'Cancel the order' }).click()
  await expect(page.getByRole('heading', { name: 'This order is cancelled' })).toBeVisible()

  const found = await page.reload()
  expect(found?.headers()).toMatchObject({ 'cache-control': 'private, no-store', 'referrer-policy': 'same-origin' })
  await expect(page.locator('meta[name="robots"]').first()).toHaveAttribute('content', /noindex/)
  const answer = await page.goto(`/en/order/${'x'.repeat(43)}`)
  expect(answer?.status()).toBe(404)
})
