import { expectNothingSerious } from './support/axe.ts'
import { goToPay, orderUrl, paidHeading, placeOrder } from './support/order.ts'
import { sendParcel } from './support/send-parcel.ts'
import { signInAsCustomer } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

test('on a phone: a return is taken back, the parcel confirmed, and the piece reviewed until its page says so', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const { email } = await signInAsCustomer(page)
  await placeOrder(page, { email })
  await page.goto(orderUrl(page))
  const number = (await page.getByText(/^Order \w{19}$/).textContent())?.slice('Order '.length) ?? ''
  const order = `/en/account/orders/${number}`
  await page.goto(order)
  await page.getByRole('button', { name: /^Pay ¥/ }).click()
  await goToPay(page, /^Alipay on this phone/)
  await page.getByRole('button', { name: /^Pay ¥/ }).click()
  await expect(paidHeading(page)).toBeVisible()

  const staff = await sendParcel(browser, number)

  await page.goto(order)
  await page.getByText('Send pieces back').click()
  const form = page.getByRole('form', { name: 'Send pieces back' })
  await form.getByLabel('Why?').selectOption({ label: 'It arrived damaged' })
  await form.getByRole('button', { name: 'Ask for the return' }).click()
  await expect(page.getByText('We are looking at it')).toBeVisible()
  await page.getByRole('button', { name: 'Withdraw' }).click()
  await expect(page.getByText('We are looking at it')).toHaveCount(0)
  await page.getByRole('button', { name: 'I have received everything' }).click()
  await expect(page.getByRole('button', { name: 'I have received everything' })).toHaveCount(0)

  const title = `Thin and light ${number.slice(-6)}`
  await page.getByText('Write about Rice bowl').click()
  const review = page.getByRole('form', { name: 'Write about Rice bowl' })
  await review.getByLabel('Stars').selectOption('5')
  await review.getByLabel('In one line').fill(title)
  await review.getByLabel('Your words').fill('It rings <b>when</b> one taps it.')
  await review.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByText('We read it before it is shown on the page of the piece.')).toBeVisible()
  await expectNothingSerious(page)
  await page.goto('/en/product/rice-bowl')
  await expect(page.getByText(title)).toHaveCount(0)

  await staff.goto('/en/admin/reviews')
  await staff
    .getByRole('form', { name: `Show the review “${title}”` })
    .getByRole('button', { name: 'Show it' })
    .click()
  await expect(staff.getByRole('article', { name: title })).toHaveCount(0)
  await staff.context().close()

  const shown = () => page.goto('/en/product/rice-bowl').then(() => page.getByText(title).count())
  await expect.poll(shown, { timeout: 5_000 }).toBe(1)
  await expect(page.getByText('It rings <b>when</b> one taps it.')).toBeVisible()
  await page.goto(order)
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByText('Write about Rice bowl')).toBeVisible()
  await expect.poll(shown, { timeout: 5_000 }).toBe(0)
})
