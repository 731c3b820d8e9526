import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Locale } from '#lib/domain/locale.ts'
import { expect, test } from './support/test.ts'

/** Of the seed, with enough in stock for all of these tests: an order holds what it buys. */
const BOWL = 'CPT-RB10-IVO'
const PAY = /\/(en|fr|zh)\/order\/[\w-]{43}\/pay/

const SAID = {
  en: { place: 'Place the order', wrong: 'Please look at these again.', email: 'Give your e-mail address.' },
  fr: { place: 'Commander', wrong: 'Merci de revoir ces champs.', email: 'Indiquez votre adresse e-mail.' },
  zh: { place: '提交订单', wrong: '请检查以下内容。', email: '请填写电子邮箱。' },
} as const satisfies Record<Locale, Record<string, string>>

const IN_CHINA = {
  email: 'lin@example.com',
  phone: '138 0013 8000',
  recipient: '林薇',
  city: '杭州市',
  district: '西湖区',
  street: '龙井路 1 号',
  postcode: '310013',
}
const IN_FRANCE = {
  email: 'lea@example.com',
  phone: '+33 6 12 34 56 78',
  recipient: 'Léa Martin',
  street: '12 rue de la République',
  city: 'Lyon',
  postcode: '69002',
}

async function openCheckout(page: Page, locale: Locale = 'en', sku = BOWL) {
  // The cart's cookie is the browser's, so what the door sets counts for the page.
  await page.request.post(`/api/cart?locale=${locale}`, {
    data: { sku, quantity: 1 },
    headers: { accept: 'application/json', 'sec-fetch-site': 'same-origin' },
  })
  await page.goto(`/${locale}/checkout`)
}
const field = (page: Page, name: string) => page.locator(`[name="${name}"]`)
async function fill(page: Page, typed: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(typed)) await field(page, name).fill(value)
}
const place = (page: Page, locale: Locale = 'en') => page.getByRole('button', { name: SAID[locale].place }).click()

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    for (const locale of ['en', 'fr', 'zh'] as const)
      test(`${locale}: what is wrong is said at once, what was typed stays, and then the order is placed`, async ({
        page,
      }) => {
        await openCheckout(page, locale)
        await field(page, 'street').fill('龙井路 1 号')
        await place(page, locale)
        const problems = page.locator('.checkout-problems')
        await expect(problems.getByRole('heading')).toHaveText(SAID[locale].wrong)
        await expect(problems.getByRole('link')).toHaveCount(7)
        await expect(field(page, 'email')).toHaveAccessibleDescription(new RegExp(SAID[locale].email))
        await expect(field(page, 'street')).toHaveValue('龙井路 1 号')
        if (javaScriptEnabled) await expect(field(page, 'email')).toBeFocused()

        await field(page, 'region').selectOption('浙江省')
        await fill(page, IN_CHINA)
        await place(page, locale)
        await expect(page).toHaveURL(PAY)
        await page.goto(`/${locale}/checkout`)
        await expect(page.locator('.checkout-form')).toHaveCount(0)
      })
  })

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a parcel to France: the fees are shown when asked for, and the total follows the way of sending', async ({
    page,
  }) => {
    await openCheckout(page)
    await field(page, 'recipient').fill('Léa Martin')
    await field(page, 'country').selectOption('FR')
    await page.getByRole('button', { name: 'Show shipping to this country' }).click()
    await expect(field(page, 'recipient')).toHaveValue('Léa Martin')
    await expect(page.locator('.checkout-problems')).toHaveCount(0)
    await expect(field(page, 'district')).toHaveCount(0)
    const total = page.locator('.checkout-total dd').filter({ visible: true })
    const standard = (await total.textContent()) ?? ''
    await page.getByLabel('Express').check()
    await expect(total).not.toHaveText(standard)

    await fill(page, IN_FRANCE)
    await place(page)
    await expect(page).toHaveURL(PAY)
  })

  test('a country whose fees were not shown is confirmed before anything is ordered', async ({ page }) => {
    await openCheckout(page)
    await field(page, 'country').selectOption('FR')
    await fill(page, IN_FRANCE)
    await place(page)
    await expect(page.locator('.checkout-problems')).toContainText('Shipping was')
    await place(page)
    await expect(page).toHaveURL(PAY)
  })
})

test('fees and fields follow the country at once, cities and districts are suggested', async ({ page }) => {
  await openCheckout(page)
  await field(page, 'region').selectOption('浙江省')
  await expect(page.locator('#checkout-cities option')).toHaveCount(11)
  await field(page, 'city').fill('杭州市')
  await expect(page.locator('#checkout-districts option[value="西湖区"]')).toHaveCount(1)
  await field(page, 'country').selectOption('FR')
  await expect(field(page, 'district')).toHaveCount(0)
  await expect(page.locator('.checkout-choice').filter({ hasText: 'Standard' })).toContainText('10 to 20 working days')
})

test('a double click, the back button and a new try are one order', async ({ page }) => {
  await openCheckout(page)
  await field(page, 'region').selectOption('浙江省')
  await fill(page, IN_CHINA)
  let posts = 0
  page.on('request', (request) => {
    if (request.url().includes('/api/checkout')) posts++
  })
  await page.getByRole('button', { name: SAID.en.place }).dblclick()
  await expect(page).toHaveURL(PAY)
  expect(posts).toBe(1)
  const order = page.url()
  await page.goBack()
  const again = page.getByRole('button', { name: SAID.en.place })
  // The browser may show the page as it was, or ask for it anew and find the cart empty.
  if (await again.isVisible()) {
    await again.click()
    await expect(page).toHaveURL(order)
  } else await expect(page.getByText('There is nothing in your cart')).toBeVisible()
})

test('a line that is cut after the order was placed: the next try finds the same order', async ({ page }) => {
  await openCheckout(page)
  await field(page, 'region').selectOption('浙江省')
  await fill(page, IN_CHINA)
  let placed = ''
  await page.route(
    '**/api/checkout**',
    async (route) => {
      placed = ((await (await route.fetch()).json()) as { location: string }).location
      await route.abort()
    },
    { times: 1 },
  )
  await place(page)
  await expect(page.locator('.checkout-problems')).toContainText('never placed twice')
  await place(page)
  await expect(page).toHaveURL(placed)
})

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('axe finds nothing serious at the checkout, with and without errors', async ({ page }) => {
      await openCheckout(page, 'zh')
      const serious = async () =>
        (await new AxeBuilder({ page }).analyze()).violations.filter(
          ({ impact }) => impact === 'serious' || impact === 'critical',
        )
      expect(await serious()).toEqual([])
      await place(page, 'zh')
      await expect(page.locator('.checkout-problems')).toBeVisible()
      expect(await serious()).toEqual([])
    })
  })

test('the page is its shopper’s alone: no store, no frame, no script without the nonce', async ({ request }) => {
  const headers = (await request.get('/en/checkout')).headers()
  expect(headers['cache-control']).toContain('no-store')
  expect(headers['referrer-policy']).toBe('same-origin')
  expect(headers['content-security-policy']).toMatch(
    /script-src 'self' 'nonce-[^']+' 'strict-dynamic';.*frame-ancestors 'none'/,
  )
})
