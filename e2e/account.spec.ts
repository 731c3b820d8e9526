import type { Page } from '@playwright/test'
import { totpCode } from '#lib/auth/totp.ts'
import { mailsTo, newShopper } from './support/order.ts'
import { withDatabase } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

const PASSWORD = 'three bowls and a jug'

/** The address of the button in the latest mail of this subject. */
async function linkIn(page: Page, shopper: { email: string }, subject: string): Promise<string> {
  const mails = async () => (await mailsTo(page, shopper)).filter((mail) => mail.subject === subject)
  await expect.poll(async () => (await mails()).length, { timeout: 20_000 }).toBeGreaterThan(0)
  const html = (await mails()).at(-1)?.html ?? ''
  return /href="([^"]*\/account\/link\/[^"]*)"/.exec(html)?.[1] ?? ''
}

async function openAccount(page: Page) {
  const shopper = newShopper()
  await page.goto('/en/account/sign-up')
  await page.getByLabel('E-mail').fill(shopper.email)
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await expect(page.getByRole('status').filter({ hasText: shopper.email })).toBeVisible()
  const link = await linkIn(page, shopper, 'Confirm your e-mail')
  await page.goto(link)
  await page.getByLabel('Name').fill('Lin Wei')
  await page.getByLabel('New password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Open my account' }).click()
  await expect(page.getByText(`Signed in as ${shopper.email}`)).toBeVisible()
  return { ...shopper, link }
}

async function signIn(page: Page, email: string) {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('a customer opens an account, is greeted, and signs out everywhere', async ({ page, browser }) => {
  const { email, link } = await openAccount(page)
  await page.goto('/en')
  await expect(page.getByRole('link', { name: 'Lin Wei, Account' })).toBeVisible()

  await page.goto(link)
  await expect(page.getByText('This link was used already')).toBeVisible()

  const phone = await browser.newPage()
  await phone.goto('/en/account/security')
  await signIn(phone, email)
  await expect(phone.getByRole('heading', { name: 'Devices' })).toBeVisible()
  await phone.getByRole('button', { name: 'Sign out everywhere' }).click()
  await phone.waitForURL(/\/en$/)
  await phone.close()
  await page.goto('/en/account/security')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('without JavaScript: a wrong password is told and the e-mail kept, and a mailed link signs in', async ({
  browser,
}) => {
  const page = await browser.newPage({ javaScriptEnabled: false })
  const { email } = await openAccount(page)
  await page.goto('/en/account')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.goto('/en/account/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('do not go together')).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue(email)

  await page.goto('/en/account/mailed-link')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send a link to sign in' }).click()
  await page.goto(await linkIn(page, { email }, 'Your link to sign in'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText(`Signed in as ${email}`)).toBeVisible()
  await page.close()
})

test('staff take their device in at the first time, and go on to the office', async ({ page }) => {
  const { email } = await openAccount(page)
  await withDatabase(
    (sql) => sql`insert into staff (account_id, roles) select id, '{orders}' from accounts where email = ${email}`,
  )
  await page.goto('/en/admin/orders')
  await expect(page.getByRole('heading', { name: 'Second step' })).toBeVisible()
  const secret = (await page.locator('code').textContent())?.replaceAll(' ', '') ?? ''
  await page.getByLabel('Code of your device').fill('000000')
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('This code is not right')).toBeVisible()
  await page.getByLabel('Code of your device').fill(totpCode(secret, new Date()))
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('status').filter({ hasText: /[A-Z2-9]{5}-[A-Z2-9]{5}/ })).toBeVisible()
  await page.getByRole('link', { name: 'To the back office' }).click()
  await page.waitForURL(/\/en\/admin\/orders/)
})
