import { randomUUID } from 'node:crypto'
import { expectNothingSerious } from './support/axe.ts'
import { mailsTo } from './support/order.ts'
import { signInAsCustomer, signInAsStaff, withDatabase } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

test('somebody is invited by mail, comes with a password, and an invitation that is taken back opens nothing', async ({
  page,
}) => {
  test.setTimeout(60_000)
  await signInAsStaff(page, 'owner')
  const [jun, bo] = ['jun', 'bo'].map((name) => ({ email: `${name}-${randomUUID().slice(0, 8)}@example.com` }))
  if (!jun || !bo) throw new Error('nobody to invite')
  await page.goto('/en/admin/staff')
  const form = page.getByRole('form', { name: 'Invite somebody' })
  for (const { email } of [jun, bo]) {
    await form.getByLabel('E-mail').fill(email)
    await form.getByLabel('Support').check()
    await form.getByRole('button', { name: 'Send the invitation' }).click()
    await expect(page.locator('summary', { hasText: email })).toContainText('Support')
  }
  await expectNothingSerious(page)
  const linkTo = async (who: { email: string }) => {
    await expect.poll(async () => (await mailsTo(page, who)).length, { timeout: 20_000 }).toBe(1)
    const [mail] = await mailsTo(page, who)
    return /href="([^"]*\/account\/link\/[^"]*)"/.exec(mail?.html ?? '')?.[1] ?? ''
  }
  const [hers, his] = [await linkTo(jun), await linkTo(bo)]
  await page.locator('summary', { hasText: bo.email }).click()
  const part = page.locator('details.office-part', { hasText: bo.email })
  await part.locator('summary', { hasText: 'Take the invitation back' }).click()
  await part.getByRole('button', { name: 'Take the invitation back' }).click()
  await expect(page.locator('summary', { hasText: bo.email })).toBeHidden()

  await page.context().clearCookies()
  await page.goto(his)
  await expect(page.getByRole('button', { name: 'Join' })).toBeHidden()
  await page.goto(hers)
  await page.getByLabel('Name').fill('Jun')
  await page.locator('[name="password"]').fill('a quiet kiln burns evenly')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page).toHaveURL(/second-factor/)
})

test('a customer who asked by letter is erased, with a reason in the log', async ({ page }) => {
  const customer = await signInAsCustomer(page)
  const owner = await signInAsStaff(page, 'owner')
  await page.goto(`/en/admin/customers/${customer.accountId}`)
  await page.locator('summary', { hasText: 'Delete the customer' }).click()
  await page.getByLabel('Reason').fill('A letter of 20 November')
  await page.getByRole('button', { name: 'Delete for good' }).click()
  await expect(page).toHaveURL(/\/admin\/customers$/)
  const left = await withDatabase(
    (sql) => sql`
    select (select count(*)::int from accounts where id = ${customer.accountId}) as accounts,
      (select reason from audit_log where about_id = ${customer.accountId} and actor = ${`staff:${owner.accountId}`}) as reason`,
  )
  expect(left).toMatchObject([{ accounts: 0, reason: 'A letter of 20 November' }])
})
