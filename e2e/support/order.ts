import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** Where the sandbox gateway and the mail catcher are: those of `playwright.config.ts`, or of a shop that runs already. */
export const SANDBOX = process.env['E2E_SANDBOX_URL'] ?? 'http://localhost:3902'
const MAIL = process.env['E2E_MAIL_URL'] ?? 'http://localhost:3903'

type Shopper = { readonly email: string }

/** A shopper of their own, so that their mails can be told from others'. */
export const newShopper = (): Shopper => ({ email: `shopper-${Math.random().toString(36).slice(2, 10)}@example.com` })

/** What is bought: there is plenty of it, and no other journey asks how much. */
const BOWL = { path: 'rice-bowl', units: 1 }

/** From a product to the page on which a way to pay is chosen, with nothing but plain forms. */
export async function placeOrder(
  page: Page,
  { email }: Shopper,
  payment = /^Alipay/,
  { path, units } = BOWL,
): Promise<void> {
  for (let unit = 1; unit <= units; unit++) {
    await page.goto(`/en/product/${path}`)
    await page
      .getByRole('button', { name: /^Add to cart: / })
      .first()
      .click()
    await expect
      .poll(async () => (await page.context().cookies()).find(({ name }) => name === 'cart_count')?.value)
      .toBe(String(unit))
  }
  await page.goto('/en/checkout')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Phone').fill('13800138000')
  await page.getByLabel('Name of the recipient').fill('Lin Wei')
  await page.locator('select[name="region"]').selectOption('浙江省')
  await page.getByLabel('City').fill('杭州市')
  await page.getByLabel('District').fill('西湖区')
  await page.getByLabel('Street and number').fill('龙井路 1 号')
  await page.getByLabel('Postcode').fill('310013')
  await page.getByRole('radio', { name: payment }).check()
  await page.getByRole('button', { name: 'Place the order' }).last().click()
  await page.waitForURL(/\/en\/order\/[\w-]{43}\/pay/)
}

/** Chooses a way on the pay page and goes there. */
export async function goToPay(page: Page, way: RegExp): Promise<void> {
  await page.getByRole('radio', { name: way }).check()
  await page.getByRole('button', { name: /^Go on to pay/ }).click()
}

/** The page of the order, from its page to pay. */
export const orderUrl = (page: Page) => page.url().replace(/\/pay.*$/, '')

export const paidHeading = (page: Page) => page.getByRole('heading', { name: 'Thank you, your order is paid' })

/** The number by which the sandbox knows the only attempt of the order that the cashier shows. */
export async function outTradeNo(cashier: Page): Promise<string> {
  return (await cashier.locator('dt', { hasText: 'Order' }).locator('+ dd').textContent()) ?? ''
}

/** The address that the code on the page to pay holds. */
export async function codeToPay(page: Page): Promise<string> {
  await goToPay(page, /^Alipay by a code/)
  return (await page.getByRole('link', { name: /^On a phone already/ }).getAttribute('href')) ?? ''
}

type CaughtMail = { readonly to: readonly string[]; readonly subject: string; readonly html: string }

/** The mails that a shopper has been sent so far. */
export async function mailsTo(page: Page, { email }: Shopper): Promise<readonly CaughtMail[]> {
  const mails = (await (await page.request.get(`${MAIL}/api/mails`)).json()) as CaughtMail[]
  return mails.filter(({ to }) => to.includes(email))
}
