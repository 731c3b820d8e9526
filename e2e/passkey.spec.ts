import { hash } from '@node-rs/argon2'
import type { Page } from '@playwright/test'
import { signInAsStaff, withDatabase } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

const PASSWORD = 'a kiln that cools slowly'

/** An authenticator inside the browser, whose owner always says yes. */
async function withAuthenticator(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('WebAuthn.enable')
  await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('a passkey is made, opens the back office instead of a code, and is given for what is dangerous', async ({
  page,
}) => {
  test.setTimeout(60_000)
  const { accountId } = await signInAsStaff(page, 'owner')
  const passwordHash = await hash(PASSWORD)
  await withDatabase((sql) => sql`update accounts set password_hash = ${passwordHash} where id = ${accountId}`)
  await withAuthenticator(page)

  await page.goto('/en/account/security')
  const adding = page.locator('#add-passkey')
  await adding.getByLabel('Name of the passkey').fill('Work laptop')
  await adding.getByLabel('Password').fill(PASSWORD)
  await adding.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(adding.getByRole('status').first()).toHaveText('The passkey is known now.')
  await expect(page.getByText('Work laptop').first()).toBeVisible()

  // As after a sign-in by password alone.
  await withDatabase(
    (sql) =>
      sql`update sessions set second_factor_at = null, stepped_up_at = null, created_at = now() where account_id = ${accountId}`,
  )
  await page.goto('/en/admin/settings')
  await expect(page).toHaveURL(/second-factor/)
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(page).toHaveURL(/\/en\/admin\/settings/)

  await withDatabase((sql) => sql`update sessions set stepped_up_at = null where account_id = ${accountId}`)
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect(page.getByLabel('Code of your device')).toBeVisible()
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(page.getByLabel('Code of your device')).toHaveCount(0)
  const [session] = await withDatabase(
    (sql) => sql<[{ steppedUp: boolean }]>`
      select stepped_up_at is not null as "steppedUp" from sessions where account_id = ${accountId}`,
  )
  expect(session.steppedUp).toBe(true)
})
