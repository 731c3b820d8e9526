import { expectNothingSerious } from './support/axe.ts'
import { goToPay, newShopper, orderUrl, paidHeading, placeOrder } from './support/order.ts'
import { expect, test } from './support/test.ts'

const PAGES = [
  '/en',
  '/fr/category/tea',
  '/zh/category/vases',
  '/en/category/tea/filter?o.glaze=celadon',
  '/en/product/round-teapot',
  '/zh/product/moon-jar/ivory-large',
  '/en/search?q=tea',
  '/fr/search?q=nothing-of-that-name',
  '/en/cart',
]

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme })
    for (const path of PAGES)
      test(`axe finds nothing serious on ${path}`, async ({ page }) => {
        await page.goto(path)
        await expectNothingSerious(page)
      })

    test('axe finds nothing serious in the open drawer', async ({ page }) => {
      await page.goto('/en/product/mug')
      await page.locator('.offer-buy button').click()
      await expect(page.getByRole('dialog').locator('.cart-line')).toHaveCount(1)
      await page
        .getByRole('dialog')
        .evaluate((dialog) => Promise.all(dialog.getAnimations().map(({ finished }) => finished)))
      await expectNothingSerious(page)
    })

    test('axe finds nothing serious from the checkout to the paid order', async ({ page }) => {
      await page.goto('/en/product/mug')
      await page.locator('.offer-buy button').click()
      await expect(page.getByRole('dialog').locator('.cart-line')).toHaveCount(1)
      await page.goto('/en/checkout')
      await page.getByRole('button', { name: 'Place the order' }).last().click()
      await expect(page.locator('[aria-invalid="true"]').first()).toBeVisible()
      await expectNothingSerious(page)
      await page.context().clearCookies()
      await placeOrder(page, newShopper())
      await expectNothingSerious(page)
      const order = orderUrl(page)
      await page.goto(order)
      await expectNothingSerious(page)
      await page.goto(`${order}/pay`)
      await goToPay(page, /Alipay by a code/)
      await expect(page.locator('.payment-code')).toBeVisible()
      await expectNothingSerious(page)
      await page.goto(`${order}/pay`)
      await goToPay(page, /Alipay on this computer/)
      await page.getByRole('button', { name: /^Pay ¥/ }).click()
      await expect(paidHeading(page)).toBeVisible()
      await expectNothingSerious(page)
    })
  })

test('from home to a full cart with the keyboard alone', async ({ page }) => {
  await page.goto('/en')
  await page.keyboard.press('Tab')
  await expect(page.locator(':focus')).toHaveText('Skip to content')
  const tabTo = async (name: RegExp) => {
    for (let presses = 0; presses < 80; presses++) {
      const focused = page.locator(':focus')
      const label =
        (await focused.count()) === 0
          ? ''
          : ((await focused.getAttribute('aria-label')) ?? (await focused.textContent()) ?? '')
      if (name.test(label)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`${name} cannot be reached by Tab`)
  }
  await tabTo(/^Tea ware$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tea ware')
  await tabTo(/Gaiwan$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Gaiwan')
  await tabTo(/^Add to cart/)
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog')
  await expect(drawer.locator('.cart-line')).toContainText('Gaiwan')
  await tabTo(/^One more of Gaiwan$/)
  await page.keyboard.press('Enter')
  await expect(drawer.locator('.cart-stepper')).toContainText('2')
  await page.keyboard.press('Escape')
  await expect(drawer).toHaveCount(0)
  await expect(page.locator(':focus')).toHaveAttribute('aria-label', 'Add to cart: Gaiwan')
})
