import AxeBuilder from '@axe-core/playwright'
import sharp from 'sharp'
import { goToPay, newShopper, orderUrl, paidHeading, placeOrder } from './support/order.ts'
import { sendParcel } from './support/send-parcel.ts'
import { expect, test } from './support/test.ts'

test('a return asked on a phone: granted, received, paid back, until the page of the order says so', async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000)
  await placeOrder(page, newShopper())
  const order = orderUrl(page)
  await goToPay(page, /^Alipay on this phone/)
  await page.getByRole('button', { name: /^Pay ¥/ }).click()
  await expect(paidHeading(page)).toBeVisible()
  const number = (await page.locator('.order-number').textContent())?.replace('Order ', '') ?? ''

  const staff = await sendParcel(browser, number)

  await page.goto(order)
  await page.getByText('Send pieces back').click()
  const form = page.getByRole('form', { name: 'Send pieces back' })
  await form.getByLabel('Why?').selectOption({ label: 'It arrived damaged' })
  await form.getByLabel('In your words').fill('The rim is <b>chipped</b>.')
  const picture = form.getByLabel('Photographs')
  await picture.setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg/>') })
  await form.getByRole('button', { name: 'Ask for the return' }).click()
  await expect(page.getByText('Photograph 1 can’t be read.')).toBeVisible()
  await expect(form.getByLabel('In your words')).toHaveValue('The rim is <b>chipped</b>.')
  const buffer = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#8f3d22' } })
    .jpeg()
    .toBuffer()
  await picture.setInputFiles({ name: 'rim.jpg', mimeType: 'image/jpeg', buffer })
  await form.getByRole('button', { name: 'Ask for the return' }).click()
  await expect(page.getByText('We are looking at it')).toBeVisible()
  const photo = page.getByRole('img', { name: 'Your photograph 1' })
  await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(600)
  const { violations } = await new AxeBuilder({ page }).include('#requests').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])

  await staff.goto('/en/admin/returns')
  await staff.getByRole('link', { name: number }).click()
  await expect(staff.getByText('The rim is <b>chipped</b>.')).toBeVisible()
  await staff.getByRole('form', { name: 'Grant' }).getByRole('button', { name: 'Grant' }).click()
  await staff.getByRole('checkbox', { name: 'Back on the shelf' }).check()
  await staff.getByRole('button', { name: 'Received' }).click()
  await staff.getByRole('link', { name: 'Work out the refund' }).click()
  await staff.getByRole('button', { name: 'Work it out' }).first().click()
  await expect(staff.getByText(/^The shopper gets ¥[\d,.]+ by Alipay/)).toBeVisible()
  await staff.getByRole('button', { name: /^Give back ¥/ }).click()
  await expect(staff.getByText('The money is on its way back')).toBeVisible()
  await staff.context().close()

  await expect
    .poll(
      async () => {
        await page.goto(order)
        return page.getByText(/¥[\d,.]+ went back to you by Alipay on/).count()
      },
      { timeout: 30_000 },
    )
    .toBe(1)
})
