import { LANGUAGE_TAG, LOCALES } from '#lib/domain/locale.ts'
import { labelOf } from '#lib/i18n/label-of.ts'
import { expect, test, units, WORDS } from './support/test.ts'

for (const locale of LOCALES) {
  const words = WORDS[locale]
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`${locale}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
      test.use({ javaScriptEnabled })

      test('from home by the shelf to a piece, its variant and a full cart', async ({ page }) => {
        await page.goto(`/${locale}`)
        await expect(page.locator('html')).toHaveAttribute('lang', LANGUAGE_TAG[locale])
        await page.getByRole('link', { name: words.shelf, exact: true }).first().click()
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.shelf)

        await page.getByRole('link', { name: words.piece }).first().click()
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.piece)
        const picture = page.locator('.gallery img').first()
        await expect(picture).toHaveAttribute('src', /celadon/)

        await page
          .locator('.offer')
          .getByRole('link')
          .filter({ hasText: /Tenmoku|天目/ })
          .click()
        await expect(page).toHaveURL(`/${locale}/product/round-teapot/tenmoku`)
        await expect(picture).toHaveAttribute('src', /tenmoku/)

        await page
          .getByRole('button', { name: labelOf(words.add, words.piece, locale) })
          .first()
          .click()
        if (javaScriptEnabled) await expect(page.getByRole('dialog').locator('.cart-line')).toHaveCount(1)
        else await expect(page).toHaveURL(`/${locale}/cart`)
        await expect(page.locator('.cart-line')).toContainText(words.piece)
        if (javaScriptEnabled) await expect(units(page)).toHaveText('1')
      })
    })
  }
}

test('the bare address leads to the language that the browser asks for, and remembers a choice', async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto('/')
  await expect(page).toHaveURL('/zh')
  await page.getByRole('link', { name: 'Français' }).click()
  await expect(page).toHaveURL('/fr')
  await page.goto('/')
  await expect(page).toHaveURL('/fr')
  await context.close()
})

test('the language is switched in place', async ({ page }) => {
  await page.goto('/en/product/moon-jar/ivory-small')
  await page.getByRole('link', { name: '简体中文' }).click()
  await expect(page).toHaveURL('/zh/product/moon-jar/ivory-small')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('月亮罐')
})

test('a shelf can be narrowed by glaze and stock, and the address can be shared', async ({ page }) => {
  await page.goto('/en/category/tea')
  await page.getByText('Filter and sort').click()
  await page.getByLabel('Celadon').check()
  await page.getByRole('button', { name: 'Show pieces' }).click()
  await expect(page).toHaveURL(/\/en\/category\/tea\/filter\?.*glaze=celadon/)
  // The page that was left stays in the document, hidden, so that going back is instant.
  const pieces = page.locator('.piece').filter({ visible: true })
  await expect(pieces).toHaveText([/Celadon/, /Celadon/, /Celadon/])
})

test('catalogue pages come from the cache and set no cookie, in every language', async ({ request }) => {
  for (const locale of LOCALES)
    for (const path of ['', '/category/tea', '/product/round-teapot', '/product/round-teapot/tenmoku']) {
      const answer = await request.get(`/${locale}${path}`)
      expect(answer.headers()['x-nextjs-cache'], `/${locale}${path}`).toBe('HIT')
      expect(answer.headers()['x-nextjs-prerender'], `/${locale}${path}`).toMatch(/^1/)
      expect(answer.headers()['set-cookie']).toBeUndefined()
    }
})

const NOWHERE = [
  '/en/product/no-such-piece',
  '/en/product/round-teapot/no-such-glaze',
  '/en/category/no-such-shelf',
  '/en/category/no-such-shelf/filter',
  '/en/category/tea/page/0',
  '/en/category/tea/page/99',
  '/en/category/tea/page/1e1',
  '/de',
  '/de/product/round-teapot',
  '/en/nowhere/at/all',
  `/en/product/${'x'.repeat(4_000)}`,
]
for (const path of NOWHERE)
  test(`${path.slice(0, 50)} is a 404 with a way on`, async ({ page }) => {
    const answer = await page.goto(path)
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.getByRole('main').getByRole('link').first().click()
    await expect(page).not.toHaveURL(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  })

const NONSENSE = [
  '/en/category/tea/filter?o.glaze=nothing&sort=sideways&from=-1&to=1e99',
  `/en/category/tea/filter?o.glaze=${'x'.repeat(10_000)}`,
  '/en/category/tea/filter?o.glaze=%00',
  '/en/product/%00',
  '/en/product/%E0%A4%A',
  '/en/cart?removed=%00&quantity=-1',
]
for (const path of NONSENSE)
  test(`${path.slice(0, 50)} is no server error`, async ({ request }) => {
    expect((await request.get(path)).status()).toBeLessThan(500)
  })
