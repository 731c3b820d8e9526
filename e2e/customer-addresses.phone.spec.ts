import { expectNothingSerious } from './support/axe.ts'
import { signInAsCustomer } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

test('on a phone: a pasted address fills the book, the book fills the checkout, and the order can be cancelled', async ({
  page,
}) => {
  test.setTimeout(60_000)
  const { email } = await signInAsCustomer(page)
  await page.goto('/en/account/addresses/new')
  await page.getByText('Paste a whole Chinese address').first().click()
  await page
    .getByRole('textbox', { name: 'Paste a whole Chinese address' })
    .fill('浙江杭州西湖区龙井路1号，林薇，138-0013-8000')
  await page.getByRole('button', { name: 'Fill in the fields' }).click()
  await expect(page.getByLabel('Name of the recipient')).toHaveValue('林薇')
  await expect(page.getByLabel('District')).toHaveValue('西湖区')
  await page.getByLabel('Postcode').fill('999')
  await page.getByRole('button', { name: 'Save the address' }).click()
  await expect(page.getByLabel('Postcode')).toHaveAttribute('aria-invalid', 'true')
  await expectNothingSerious(page)
  await page.getByLabel('Postcode').fill('310013')
  await page.getByRole('button', { name: 'Save the address' }).click()
  await expect(page).toHaveURL('/en/account/addresses')
  await expect(page.getByText('Used at checkout')).toBeVisible()
  await expectNothingSerious(page)

  await page.goto('/en/product/rice-bowl')
  await page
    .getByRole('button', { name: /^Add to cart: / })
    .first()
    .click()
  await expect
    .poll(async () => (await page.context().cookies()).find(({ name }) => name === 'cart_count')?.value)
    .toBe('1')
  await page.goto('/en/checkout')
  await expect(page.getByLabel('E-mail')).toHaveValue(email)
  await expect(page.getByLabel('Street and number')).toHaveValue('龙井路1号')
  await page.getByLabel('Street and number').fill('somewhere else')
  await page.getByRole('button', { name: /龙井路1号/ }).click()
  await expect(page.getByLabel('Street and number')).toHaveValue('龙井路1号')
  await expectNothingSerious(page)
  await page.getByRole('button', { name: 'Place the order' }).last().click()
  await page.waitForURL(/\/en\/order\/[\w-]{43}\/pay/)

  await page.goto('/en/account')
  await expectNothingSerious(page)
  await page.getByRole('link', { name: 'Waiting for your payment' }).click()
  await page.getByRole('button', { name: 'Cancel the order' }).click()
  await expect(page.getByRole('heading', { name: 'This order is cancelled' })).toBeVisible()
  await page.goto('/en/account/orders?show=ended&q=bowl')
  await expect(page.getByRole('link', { name: 'Cancelled' })).toBeVisible()
})
