import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { LANGUAGE_TAG, LOCALES, type Locale } from '#lib/domain/locale.ts'
import { expect, test } from './support/test.ts'

/** What is asked, half of it, and what it should lead to, as a shopper of each language writes it. */
const ASKED = {
  en: {
    title: 'Search',
    whole: 'moon jar',
    half: 'moo',
    slip: 'tepot',
    right: 'teapot',
    piece: 'Moon jar',
    pot: 'Round teapot',
  },
  fr: {
    title: 'Recherche',
    whole: 'jarre lune',
    half: 'jarr',
    slip: 'teiere',
    right: 'théière',
    piece: 'Jarre lune',
    pot: 'Théière ronde',
  },
  zh: { title: '搜索', whole: '月亮罐', half: '月', slip: 'tepot', right: 'teapot', piece: '月亮罐', pot: '圆壶' },
} as const satisfies Record<Locale, Record<string, string>>

const field = (page: Page) => page.getByRole('banner').getByRole('combobox')
const options = (page: Page) => page.getByRole('banner').getByRole('option')

for (const locale of LOCALES) {
  const { title, whole, half, slip, right, piece, pot } = ASKED[locale]

  test.describe(locale, () => {
    test('suggestions by keyboard lead to the piece', async ({ page }) => {
      await page.goto(`/${locale}`)
      await field(page).pressSequentially(half)
      await expect(options(page).filter({ hasText: piece })).toBeVisible()
      await expect(field(page)).toHaveAttribute('aria-expanded', 'true')
      await expect(page.getByRole('search').getByRole('status')).not.toBeEmpty()

      const axe = await new AxeBuilder({ page }).include('.search-box').analyze()
      expect(axe.violations).toEqual([])

      await field(page).press('ArrowDown')
      const first = options(page).first()
      await expect(first).toHaveAttribute('aria-selected', 'true')
      await expect(field(page)).toHaveAttribute('aria-activedescendant', (await first.getAttribute('id')) ?? '')
      await field(page).press('Enter')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(piece)
      await expect(page).toHaveURL(`/${locale}/product/moon-jar`)
    })

    for (const javaScriptEnabled of [true, false]) {
      test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
        test.use({ javaScriptEnabled })

        test('enter asks the search page', async ({ page }) => {
          await page.goto(`/${locale}`)
          await field(page).fill(whole)
          await field(page).press('Enter')
          await expect(page).toHaveURL(`/${locale}/search?${new URLSearchParams({ q: whole })}`)
          await expect(page.locator('html')).toHaveAttribute('lang', LANGUAGE_TAG[locale])
          await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
          await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(whole)
          await expect(page.getByRole('main').getByRole('heading', { level: 3 }).first()).toHaveText(piece)
        })

        test('a slip is corrected, and said', async ({ page }) => {
          await page.goto(`/${locale}/search?q=${slip}`)
          await expect(page.getByRole('main')).toContainText(slip)
          await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(right)
          await expect(page.getByRole('heading', { level: 3, name: pot })).toBeVisible()
        })

        test('nothing found shows ways on', async ({ page }) => {
          await page.goto(`/${locale}/search?q=xqzw`)
          await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('xqzw')
          await expect(page.getByRole('main').getByRole('heading', { level: 3 })).toHaveCount(3)
          await page.getByRole('main').locator(`a[href="/${locale}/category/vases"]`).click()
          await expect(page).toHaveURL(`/${locale}/category/vases`)
        })
      })
    }
  })
}

test('arrows go round through the text, escape closes, and the text stays', async ({ page }) => {
  await page.goto('/en')
  await field(page).pressSequentially('moo')
  await expect(options(page).first()).toBeVisible()
  const count = await options(page).count()
  await field(page).press('ArrowUp')
  await expect(options(page).nth(count - 1)).toHaveAttribute('aria-selected', 'true')
  await field(page).press('ArrowDown')
  await expect(field(page)).not.toHaveAttribute('aria-activedescendant', /.+/)
  await field(page).press('Escape')
  await expect(options(page).first()).toBeHidden()
  await expect(field(page)).toHaveAttribute('aria-expanded', 'false')
  await expect(field(page)).toHaveValue('moo')
})

test('an answer that comes late does not replace a newer one', async ({ page }) => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  await page.route(/suggest\?q=moo&/, async (route) => {
    await held
    await route.continue().catch(() => undefined)
  })
  await page.goto('/en')
  const asked = page.waitForRequest(/suggest\?q=moo&/)
  await field(page).pressSequentially('moo')
  await asked
  await field(page).fill('teapot')
  await expect(options(page).first()).toContainText('teapot')
  release()
  await expect(options(page).filter({ hasText: 'Moon jar' })).toHaveCount(0)
})

test('a shop that cannot suggest still searches', async ({ page }) => {
  await page.route(/api\/search\/suggest/, (route) => route.fulfill({ status: 200, body: 'not json' }))
  await page.goto('/en')
  const answered = page.waitForResponse(/api\/search\/suggest/)
  await field(page).pressSequentially('moon jar')
  await answered
  await expect(options(page)).toHaveCount(0)
  await field(page).press('Enter')
  await expect(page.getByRole('main').getByRole('heading', { level: 3 }).first()).toHaveText('Moon jar')
})

test.describe('bad input is an empty result, never an error', () => {
  for (const [what, query] of [
    ['nothing', ''],
    ['a zero byte', 'q=%00'],
    ['broken UTF-8', 'q=%ff%fe'],
    ['10 kB', `q=${'q'.repeat(10_000)}`],
    ['operators', `q=${encodeURIComponent("';--&|!:*<->()")}`],
    ['markup', `q=${encodeURIComponent('<script>alert(1)</script>')}`],
    ['pages that are none', 'q=bowl&page=-1&page=1e9'],
    ['two questions', 'q=qqq&q=bowl'],
  ] as const) {
    test(what, async ({ page, request }) => {
      const response = await page.goto(`/en/search?${query}`)
      expect(response?.status()).toBe(200)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Search')
      await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/)
      const suggested = await request.get(`/api/search/suggest?locale=en&${query}`)
      expect(suggested.status()).toBeLessThan(500)
    })
  }

  test('a language that we do not speak', async ({ request }) => {
    expect((await request.get('/api/search/suggest?q=bowl&locale=xx')).status()).toBe(400)
    expect((await request.get('/xx/search?q=bowl')).status()).toBe(404)
  })
})
