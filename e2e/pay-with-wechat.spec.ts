import { type BrowserContext, devices, type Page } from '@playwright/test'
import { goToPay, newShopper, orderUrl, paidHeading, placeOrder, SANDBOX } from './support/order.ts'
import { withDatabase } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

const PAID_SHOWN_WITHIN_MS = 2_000
const WECHAT = /^WeChat Pay/
const pay = /^Pay now ¥/
const { defaultBrowserType: _, ...pixel } = devices['Pixel 7']

type Trade = {
  readonly out_trade_no: string
  readonly trade_type: string
  readonly status: string
  readonly total: string
  readonly refunded: string
  readonly paid_at: string | null
}
type Book = {
  readonly wechatpay: { readonly trades: readonly Trade[] }
  readonly alipay: { readonly trades: readonly Trade[] }
}

const book = async (page: Page): Promise<Book> => (await page.request.get(`${SANDBOX}/api/book`)).json()
/** The order as it stands on its page, which is the beginning of all numbers at the gateways. */
const orderNumber = async (page: Page) =>
  /\d{6}\w{13}/.exec((await page.locator('.order-number').textContent()) ?? '')?.[0]
const tradesOf = async (page: Page, provider: keyof Book, number: string | undefined) =>
  (await book(page))[provider].trades.filter((trade) => number !== undefined && trade.out_trade_no.startsWith(number))

/** What both gateways hold for the order and have not given back, in yuan. */
async function netCaptured(page: Page, number: string | undefined): Promise<number> {
  const trades = [...(await tradesOf(page, 'wechatpay', number)), ...(await tradesOf(page, 'alipay', number))]
  return trades
    .filter(({ paid_at }) => paid_at !== null)
    .reduce((sum, { total, refunded }) => sum + Number(total) - Number(refunded), 0)
}

/** What the code on the page says, as a shop that practises tells it. */
const codeOn = async (page: Page) => (await page.locator('.order-code code').textContent()) ?? ''

/** The WeChat app on a phone, which has scanned `code`. */
async function scan(context: BrowserContext, code: string): Promise<Page> {
  const phone = await context.newPage()
  await phone.goto(`${SANDBOX}/phone`)
  await phone.getByLabel('Code').fill(code)
  await phone.getByRole('button', { name: 'Scan' }).click()
  return phone
}

test('on a computer: a code is shown, scanned and paid on the phone, and the page says so within two seconds', async ({
  page,
  browser,
}) => {
  await placeOrder(page, newShopper(), WECHAT)
  await expect(page.getByRole('radio', { name: WECHAT })).toHaveCount(1)
  await goToPay(page, WECHAT)
  await expect(page.getByRole('img', { name: /^Code to pay ¥/ })).toBeVisible()
  const phone = await scan(await browser.newContext(pixel), await codeOn(page))
  await phone.getByRole('button', { name: 'Fail this payment' }).click()
  await expect(phone.getByText('The payment failed')).toBeVisible()
  await expect(page.getByRole('img', { name: /^Code to pay ¥/ })).toBeVisible()
  await phone.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible({ timeout: PAID_SHOWN_WITHIN_MS })
  await expect(page.getByText('Receipt number of WeChat Pay')).toBeVisible()
  await phone.context().close()
})

test('on a phone: H5 leads to WeChat and back; who changed their mind chooses again, who paid hears so', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext(pixel)
  const page = await context.newPage()
  const entered: Promise<string | null>[] = []
  page.on('request', (request) => {
    if (request.url().includes('/checkmweb')) entered.push(request.headerValue('referer'))
  })
  await placeOrder(page, newShopper(), WECHAT)
  await goToPay(page, WECHAT)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.waitForURL(/\/pay$/)
  await expect(page.getByRole('heading', { name: /^Pay ¥/ })).toBeVisible()
  await goToPay(page, WECHAT)
  await page.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
  // WeChat wants to see the host, and must not see the address, which opens the order.
  expect(await Promise.all(entered)).toEqual([`${baseURL}/`, `${baseURL}/`])
  await context.close()
})

test('inside WeChat: known by a redirect, paid without leaving, and Alipay is not offered but explained', async ({
  browser,
  baseURL,
}) => {
  const inside = `http://${new URL(baseURL ?? '').port}.wechat.localhost:${new URL(SANDBOX).port}`
  const context = await browser.newContext({ ...pixel, baseURL: inside })
  const page = await context.newPage()
  await placeOrder(page, newShopper(), WECHAT)
  await expect(page.getByRole('radio', { name: /^Alipay/ })).toHaveCount(0)
  await expect(page.getByText('Alipay does not open inside WeChat')).toBeVisible()
  await goToPay(page, WECHAT)
  const sheet = page.frameLocator('iframe')
  await sheet.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'You did not pay' })).toBeVisible()
  await page.getByRole('button', { name: /^Pay ¥.* with WeChat Pay$/ }).click()
  await sheet.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
  await context.close()
})

test('a login that this browser did not begin leads to no payment', async ({ page }) => {
  await page.goto(`/api/login/wechatpay?code=abc&state=${'0'.repeat(32)}`)
  await expect(page).toHaveURL(/\/en$/)
  expect((await page.request.get('/api/login/alipay?code=abc&state=x', { maxRedirects: 0 })).status()).toBe(404)
})

test('a page asks for another code when its own has run out, and not before somebody looks at it', async ({ page }) => {
  await page.clock.install()
  await placeOrder(page, newShopper(), WECHAT)
  // A page follows its order once its scripts run, and its timer runs then as well; the page before this one follows it too.
  const following = page.waitForRequest(
    (request) => request.url().endsWith('/events') && request.frame().url().includes('method=wechatpay_qr'),
  )
  await goToPay(page, WECHAT)
  await following
  await expect(page.getByRole('img', { name: /^Code to pay ¥/ })).toBeVisible()
  const asked = page.waitForRequest((request) => request.method() === 'POST' && request.url().includes('/pay'))
  await page.clock.fastForward('31:00')
  expect((await asked).postData()).toBe('method=wechatpay_qr')
  // With the server it holds still, so it is shown again, and asked for no second time.
  await expect(page.getByRole('img', { name: /^Code to pay ¥/ })).toBeVisible()
  expect(await tradesOf(page, 'wechatpay', await orderNumber(page))).toHaveLength(1)
})

test('a code that is over is closed with WeChat Pay and another takes its place, by which the order is paid once', async ({
  page,
  browser,
}) => {
  await placeOrder(page, newShopper(), WECHAT)
  const number = await orderNumber(page)
  await goToPay(page, WECHAT)
  const first = await codeOn(page)
  // A code lives as long as its order; here it is over sooner.
  await withDatabase(
    (sql) => sql`
      update payment_attempts set action = jsonb_set(action, '{expiresAt}', to_jsonb(now() - interval '1 second'))
      where out_trade_no like ${`${number}%`}`,
  )
  await page.reload()
  await expect.poll(() => codeOn(page)).not.toBe(first)
  const trades = async () => (await tradesOf(page, 'wechatpay', number)).map(({ status }) => status).toSorted()
  expect(await trades()).toEqual(['CLOSED', 'NOTPAY'])
  const late = await scan(await browser.newContext(pixel), first)
  await expect(late.getByText('The shop has closed this order')).toBeVisible()
  await late.context().close()

  const phone = await scan(await browser.newContext(pixel), await codeOn(page))
  await phone.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible()
  expect(await trades()).toEqual(['CLOSED', 'SUCCESS'])
  await phone.context().close()
})

test('from WeChat Pay to Alipay while the phone is paying: what was paid pays the order, and nothing is paid twice', async ({
  page,
  browser,
}) => {
  await placeOrder(page, newShopper(), WECHAT)
  const number = await orderNumber(page)
  await goToPay(page, WECHAT)
  const [{ total } = { total: '' }] = await tradesOf(page, 'wechatpay', number)
  const phone = await scan(await browser.newContext(pixel), await codeOn(page))
  await expect(phone.getByRole('button', { name: pay })).toBeVisible()

  await page.goto(`${orderUrl(page)}/pay`)
  await page.getByRole('radio', { name: /^Alipay on this computer/ }).check()
  await Promise.all([
    page.getByRole('button', { name: /^Go on to pay/ }).click(),
    phone.getByRole('button', { name: pay }).click(),
  ])
  const [wechat] = await tradesOf(page, 'wechatpay', number)
  if (wechat?.status === 'SUCCESS') {
    await page.goto(orderUrl(page))
    await expect(paidHeading(page)).toBeVisible()
    expect((await tradesOf(page, 'alipay', number)).filter(({ status }) => status !== 'TRADE_CLOSED')).toEqual([])
  } else {
    expect(wechat?.status).toBe('CLOSED')
    await page.getByRole('button', { name: /^Pay ¥/ }).click()
    await expect(paidHeading(page)).toBeVisible()
  }
  await expect.poll(() => netCaptured(page, number)).toBe(Number(total))
  await phone.context().close()
})

test('what is left behind is closed: the code of an order that goes on with Alipay can no longer be paid', async ({
  page,
  browser,
}) => {
  await placeOrder(page, newShopper(), WECHAT)
  const number = await orderNumber(page)
  await goToPay(page, WECHAT)
  const code = await codeOn(page)
  await page.goto(`${orderUrl(page)}/pay`)
  await goToPay(page, /^Alipay on this computer/)
  expect(await tradesOf(page, 'wechatpay', number)).toMatchObject([{ status: 'CLOSED' }])
  const phone = await scan(await browser.newContext(pixel), code)
  await expect(phone.getByText('The shop has closed this order')).toBeVisible()
  await page.getByRole('button', { name: /^Pay ¥/ }).click()
  await expect(paidHeading(page)).toBeVisible()
  await phone.context().close()
})

test('a probe, a lost message and a silent main host hold nobody up', async ({ page, browser }) => {
  test.setTimeout(60_000)
  const add = (fault: object) =>
    page.request.post(`${SANDBOX}/api/faults`, { data: { ...fault, gateway: 'wechatpay' } })
  await placeOrder(page, newShopper(), WECHAT)
  const target = `${await orderNumber(page)}01`
  for (const kind of ['probe', 'main_host_down']) {
    expect((await add({ point: 'api', kind, target, times: 1 })).status()).toBe(201)
  }
  expect((await add({ point: 'notify', kind: 'lose', target, times: 20 })).status()).toBe(201)
  await goToPay(page, WECHAT)
  const phone = await scan(await browser.newContext(pixel), await codeOn(page))
  await phone.getByRole('button', { name: pay }).click()
  await expect(paidHeading(page)).toBeVisible({ timeout: 45_000 })
  await phone.context().close()
})
