import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { expectNothingSerious } from './support/axe.ts'
import { goToPay, newShopper, paidHeading, placeOrder } from './support/order.ts'
import { signInAsStaff } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

const LIVE_WITHIN_MS = 1_000
const TEXTS = { name: 'Bowl of autumn', description: 'Thrown in one pull.', material: 'Stoneware' }

test('a piece is begun, written in three languages, photographed, published, counted by a table, and bought', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const mark = randomUUID().slice(0, 8)
  const [slug, sku] = [`bowl-of-autumn-${mark}`, `AUT-${mark.toUpperCase()}`]
  await signInAsStaff(page, 'catalogue')
  await page.goto('/en/admin/products/new')
  await page.getByLabel('Name · English').fill(TEXTS.name)
  await page.getByLabel('Address').fill(slug)
  await page.getByLabel('Weight in grams').fill('400')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.waitForURL(/\/admin\/products\/\d+$/)
  const editor = page.url()

  const texts = page.getByRole('form', { name: 'Texts and facts' })
  for (const [what, text] of Object.entries(TEXTS))
    for (const locale of ['en', 'fr', 'zh']) await texts.locator(`[name="${what}_${locale}"]`).fill(`${text} ${locale}`)
  await texts.getByRole('button', { name: 'Save' }).click()
  await expect(texts.getByText('Saved.')).toBeVisible()

  const glaze = { width: 900, height: 900, channels: 3, background: '#8a9a7b' } as const
  const picture = await sharp({ create: glaze }).png().toBuffer()
  await page.locator('#upload').setInputFiles({ name: 'bowl.png', mimeType: 'image/png', buffer: picture })
  await page.getByRole('button', { name: 'Upload' }).click()
  const words = page.getByRole('form', { name: 'Words of picture 1' })
  for (const locale of ['en', 'fr', 'zh']) await words.locator(`[name="alt_${locale}"]`).fill(`A bowl ${locale}`)
  await words.getByRole('button', { name: 'Save' }).click()
  await expect(words.getByText('Saved.')).toBeVisible()

  await page.locator('summary', { hasText: 'Add a variant' }).click()
  const variant = page.getByRole('form', { name: 'Add a variant' })
  await variant.getByLabel('SKU').fill(sku)
  await variant.getByLabel('Picture').selectOption({ index: 1 })
  await variant.getByLabel('Price in yuan').fill('88')
  await variant.getByRole('button', { name: 'Add a variant' }).click()
  await expect(page.locator('summary', { hasText: sku })).toBeVisible()
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByRole('link', { name: 'See it in the shop' })).toBeVisible()
  const shown = () => page.request.get(`/en/product/${slug}`)
  expect((await shown()).status()).toBe(200)

  const table = `piece,sku,price,count\r\n${slug},${sku},99.50,5\r\n${slug},AUT-BAD,much,1\r\n`
  const upload = async (text: string) => {
    await page.goto('/en/admin/products/sheet')
    const file = { name: 'autumn.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
    await page.getByLabel('CSV file').setInputFiles(file)
    await page.getByRole('button', { name: 'Look at what would change' }).click()
    await expect(page.getByRole('heading', { name: 'What “autumn.csv” would change' })).toBeVisible()
  }
  await upload(table)
  await expect(page.getByRole('row', { name: /^3 price/ })).toContainText('An amount in yuan')
  await expectNothingSerious(page)
  await upload(table.split('\r\n').slice(0, 2).join('\r\n'))
  await expect(page.getByRole('row', { name: /price/ })).toContainText('99.50')
  await page.getByRole('button', { name: 'Apply 1 piece' }).click()
  await expect(page.getByText('1 piece was changed.')).toBeVisible()
  await expect(async () => expect(await (await shown()).text()).toContain('¥99.50')).toPass({ timeout: LIVE_WITHIN_MS })

  await page.goto(editor)
  await expect(page.locator('summary', { hasText: sku })).toContainText('5 there')
  await page.context().clearCookies()
  await placeOrder(page, newShopper(), /^Alipay/, { path: slug, units: 1 })
  await goToPay(page, /^Alipay on this computer/)
  await page.getByRole('button', { name: /^Pay/ }).click()
  await expect(paidHeading(page)).toBeVisible({ timeout: 20_000 })
})
