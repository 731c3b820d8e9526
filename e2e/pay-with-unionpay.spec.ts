import { devices, type Page } from '@playwright/test'
import { goToPay, newShopper, orderUrl, outTradeNo, paidHeading, placeOrder, SANDBOX } from './support/order.ts'
import { expect, test } from './support/test.ts'

const PAID_SHOWN_WITHIN_MS = 2_000
const card = /^Card by UnionPay/
const pay = /^Pay ¥/

const lose = (page: Page, target: string) =>
  page.request.post(`${SANDBOX}/api/faults`, { data: { gateway: 'unionpay', point: 'notify', kind: 'lose', target } })

test('on a computer: a form that sends itself leads to the cashier, and every open page says paid', async ({
  page,
  context,
}) => {
  await placeOrder(page, newShopper())
  const other = await context.newPage()
  await other.goto(orderUrl(page))
  await goToPay(page, card)
  await expect(page.getByRole('heading', { name: 'Pay by UnionPay card' })).toBeVisible()
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(other)).toBeVisible({ timeout: PAID_SHOWN_WITHIN_MS })
  await expect(paidHeading(page)).toBeVisible()
  await expect(page.getByText('Receipt number of UnionPay')).toBeVisible()
})

test('a card without money: the cashier takes another', async ({ page }) => {
  await placeOrder(page, newShopper())
  await goToPay(page, card)
  await page.getByLabel('Card number').fill('6216261000000000026')
  await page.getByRole('button', { name: pay }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel('Card number').fill('6216261000000000018')
  await page.getByLabel(/^Code/).fill('111111')
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
})

test('a payment that fails for good is found by the query, and paid by a new attempt', async ({ page }) => {
  test.setTimeout(60_000)
  await placeOrder(page, newShopper())
  const order = orderUrl(page)
  await goToPay(page, card)
  const failed = await outTradeNo(page)
  expect((await page.request.post(`${SANDBOX}/api/unionpay/trades/${failed}/fail`)).status()).toBe(200)
  await page.goto(order)
  await expect(page.getByText('A try to pay was ended')).toBeVisible({ timeout: 45_000 })
  await page.goto(`${order}/pay`)
  await goToPay(page, card)
  expect(await outTradeNo(page)).not.toBe(failed)
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
})

test('going back from the cashier shows the choice and sends nobody there again; then the same order is paid', async ({
  page,
}) => {
  await placeOrder(page, newShopper())
  await goToPay(page, card)
  const first = await outTradeNo(page)
  await page.goBack()
  const goOn = page.getByRole('button', { name: 'Go on to UnionPay' })
  await expect(goOn).toBeVisible()
  await expect(page).toHaveURL(/method=unionpay_form$/)
  await page.reload()
  await goOn.click()
  expect(await outTradeNo(page)).toBe(first)

  await page.getByRole('link', { name: 'Back to the shop' }).click()
  await page.waitForURL(/\/pay$/)
  await goToPay(page, /^Alipay on this computer/)
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
})

test('on a phone, where the cookie does not travel with the form: the way back finds the order', async ({
  browser,
}) => {
  const { defaultBrowserType: _, ...pixel } = devices['Pixel 7']
  const context = await browser.newContext(pixel)
  const page = await context.newPage()
  await placeOrder(page, newShopper())
  await goToPay(page, card)
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
  await context.close()
})

test('without JavaScript: two buttons more', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await placeOrder(page, newShopper())
  await goToPay(page, card)
  await page.getByRole('button', { name: 'Go on to UnionPay' }).click()
  await page.getByRole('button', { name: pay }).click()
  const back = page.getByRole('button', { name: 'Return to the shop' })
  await expect(back.or(paidHeading(page))).toBeVisible()
  if (await back.isVisible()) await back.click()
  await expect(paidHeading(page)).toBeVisible()
  await context.close()
})

test('the notification is lost: the way back finds the money', async ({ page }) => {
  await placeOrder(page, newShopper())
  await goToPay(page, card)
  expect((await lose(page, await outTradeNo(page))).status()).toBe(201)
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
})

test('notification and way back are lost: the query finds the money', async ({ page, context }) => {
  test.setTimeout(60_000)
  await placeOrder(page, newShopper())
  const order = await context.newPage()
  await order.goto(orderUrl(page))
  await goToPay(page, card)
  await lose(page, await outTradeNo(page))
  await page.route('**/api/return/**', (route) => route.abort())
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(order)).toBeVisible({ timeout: 45_000 })
})

test('a forged way back opens nothing and changes nothing', async ({ page }) => {
  await placeOrder(page, newShopper())
  const order = orderUrl(page)
  await goToPay(page, card)
  const number = await outTradeNo(page)
  const forged = await page.request.post('/api/return/unionpay', {
    form: { version: '5.1.0', signMethod: '01', respCode: '00', txnType: '01', orderId: number, signature: 'AAAA' },
    headers: { cookie: '' },
    maxRedirects: 0,
  })
  expect(forged.status()).toBe(303)
  expect(forged.headers()['location']).not.toContain('returned=1')
  await page.goto(order)
  await expect(page.getByRole('heading', { name: 'Waiting for your payment' })).toBeVisible()
})
