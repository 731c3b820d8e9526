import type { Page } from '@playwright/test'
import { expectNothingSerious } from './support/axe.ts'
import { goToPay, mailsTo, newShopper, orderUrl, paidHeading, placeOrder } from './support/order.ts'
import { signInAsCustomer } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

/** Goes to what has the keyboard's focus next until it is this, and presses Enter. */
async function pressByKeyboard(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).first()
  await expect(wanted).toBeVisible()
  for (let steps = 0; steps < 80; steps++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

test('by keyboard and names alone: somebody else pays, who sees no address, and the receipt is there', async ({
  page,
  browser,
}) => {
  test.setTimeout(60_000)
  const { email } = await signInAsCustomer(page)
  await placeOrder(page, { email })
  await page.goto('/en/account/orders')
  await expectNothingSerious(page)
  await pressByKeyboard(page, 'link', 'Waiting for your payment')
  await expect(page.getByRole('heading', { name: 'Waiting for your payment' })).toBeVisible()
  await pressByKeyboard(page, 'button', 'Make a link')
  const link = page.getByRole('textbox', { name: 'Link to pay' })
  await expect(link).toHaveValue(/\/en\/pay\/[\w-]{43}$/)
  await expectNothingSerious(page)

  const payer = await (await browser.newContext()).newPage()
  await payer.goto(await link.inputValue())
  await expect(payer.getByRole('heading', { name: 'Rice bowl' })).toBeVisible()
  for (const own of [email, 'Lin Wei', '龙井路', '13800138000']) await expect(payer.getByText(own)).toHaveCount(0)
  await expectNothingSerious(payer)
  await goToPay(payer, /^Alipay on this computer/)
  await payer.getByRole('button', { name: /^Pay ¥/ }).click()
  await expect(payer.getByRole('heading', { name: 'This order is paid' })).toBeVisible()
  await expect(payer).toHaveURL(/\/en\/pay\//)
  await payer.context().close()

  await expect(paidHeading(page)).toBeVisible()
  const receipt = await page.getByRole('link', { name: 'Receipt (PDF)' }).getAttribute('href')
  const pdf = await page.request.get(receipt ?? '')
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await page.request.get((receipt ?? '').replace('receipt', 'others'))).status()).toBe(404)
  await pressByKeyboard(page, 'button', 'Buy again')
  await expect(page).toHaveURL(/\/en\/cart$/)
  await expect(page.getByRole('heading', { name: 'Rice bowl' })).toBeVisible()
})

test('a guest finds an order by number and e-mail, keeps it in an account, and nobody else sees it', async ({
  page,
  browser,
}) => {
  test.setTimeout(60_000)
  const shopper = newShopper()
  await placeOrder(page, shopper)
  await page.goto(orderUrl(page))
  const number = (await page.getByText(/^Order \w{19}$/).textContent())?.slice('Order '.length) ?? ''
  await page.context().clearCookies()

  await page.goto('/en/find-order')
  await expectNothingSerious(page)
  const ask = async (email: string) => {
    await page.getByLabel('Order number').fill(number.toLowerCase())
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Mail me the link' }).click()
    await expect(page.getByText(`If there is such an order, a link is on its way to ${email}.`)).toBeVisible()
  }
  await ask(newShopper().email)
  await ask(shopper.email)
  const ticket = async () =>
    (await mailsTo(page, shopper))
      .map(({ html }) => /href="([^"]+\/find-order\/[\w-]{43})"/.exec(html)?.[1])
      .find((href) => href !== undefined)
  await expect.poll(ticket).toBeTruthy()
  const address = (await ticket()) ?? ''
  await page.goto(address)
  await expectNothingSerious(page)
  await page.getByRole('button', { name: 'Open the order' }).click()
  await expect(page).toHaveURL(/\/en\/order\/[\w-]{43}$/)
  const opened = page.url()
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'This link was used already' })).toBeVisible()

  await signInAsCustomer(page)
  await page.goto(opened)
  await page.getByRole('button', { name: 'Add to my account' }).click()
  await expect(page).toHaveURL(`/en/account/orders/${number}`)
  await expect(page.getByRole('link', { name: 'All your orders' })).toBeVisible()

  const stranger = await (await browser.newContext()).newPage()
  await signInAsCustomer(stranger)
  const answers = []
  for (const asked of [number, number.replace(/.$/, (last) => (last === '3' ? '4' : '3'))]) {
    const answer = await stranger.request.get(`/en/account/orders/${asked}`)
    const others = ['documents/receipt', 'events'].map((door) => `/api/account/orders/${asked}/${door}`)
    const doors = await Promise.all(others.map(async (door) => (await stranger.request.get(door)).status()))
    answers.push({ status: answer.status(), length: (await answer.text()).length, doors })
  }
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]).toMatchObject({ status: 404, doors: [404, 404] })
  await stranger.context().close()
})
