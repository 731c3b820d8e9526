import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { LOCALES } from '#lib/domain/locale.ts'
import { labelOf } from '#lib/i18n/label-of.ts'
import { expect, test, units, WORDS } from './support/test.ts'

/** Pieces of the seed with enough in stock that no test takes them from another: a cart reserves nothing. */
const CUP = { sku: 'CPT-TC65-CEL', slug: 'tasting-cup', name: 'Tasting cup', stock: 46 }
const BOWL = { sku: 'CPT-RB10-IVO', slug: 'rice-bowl', name: 'Rice bowl' }
const RARE = { sku: 'CPT-RT90-TEN', slug: 'round-teapot/tenmoku', stock: 6 }

const drawer = (page: Page) => page.getByRole('dialog')
const lines = (page: Page) => page.locator('.cart-line')
const quantityOf = (page: Page, name: string) => page.getByLabel(`Quantity of ${name}`)
/** In a list and on the page of a piece alike; related pieces may bring the same words again further down. */
const add = (page: Page, name: string) => page.getByRole('button', { name: `Add to cart: ${name}` }).first()

/** The cart as the door tells it. */
async function cartOf(page: Page): Promise<Record<string, number>> {
  const answer = await page.request.get('/api/cart?locale=en', { headers: { accept: 'application/json' } })
  const { cart } = (await answer.json()) as { cart: { lines: { sku: string; quantity: number }[] } }
  return Object.fromEntries(cart.lines.map(({ sku, quantity }) => [sku, quantity]))
}

const send = (page: Page, data: Record<string, unknown>, headers: Record<string, string> = {}) =>
  page.request.post('/api/cart?locale=en', {
    data,
    headers: { accept: 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
  })

for (const locale of LOCALES)
  test(`${locale}: a piece from a list counts in the header and nothing else moves`, async ({ page }) => {
    await page.goto(`/${locale}/category/tea`)
    await page
      .getByRole('button', { name: labelOf(WORDS[locale].add, WORDS[locale].piece, locale) })
      .first()
      .click()
    await expect(units(page)).toHaveText('1')
    await expect(drawer(page)).toHaveCount(0)
    await expect.poll(() => cartOf(page)).toEqual({ 'CPT-RT90-CEL': 1 })
    await page.reload()
    await expect(units(page)).toHaveText('1')
  })

test('the badge answers before the server does, and is put right when the server refuses', async ({ page }) => {
  let letGo = () => {}
  const held = new Promise<void>((go) => {
    letGo = go
  })
  await page.route('**/api/cart**', async (route) => {
    await held
    await route.fulfill({ status: 200, json: { said: 'This piece has just sold out.' } })
  })
  await page.goto('/en/category/tea')
  await add(page, CUP.name).click()
  await expect(units(page)).toHaveText('1')
  letGo()
  await expect(units(page)).toHaveText('')
  await expect(page.getByRole('status').filter({ hasText: 'sold out' })).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText('This piece has just sold out.')).toHaveCount(0)
})

test('the badge changes within one frame of the click', async ({ page }) => {
  await page.goto('/en/category/tea')
  await expect(units(page)).toHaveText('')
  await page.route('**/api/cart**', () => new Promise(() => {}))
  const frames = await add(page, CUP.name).evaluate(
    (button) =>
      new Promise<number>((resolve) => {
        let seen = 0
        const look = () => {
          seen++
          if (document.querySelector('.cart-units')?.textContent === '1' || seen > 60) resolve(seen)
          else requestAnimationFrame(look)
        }
        ;(button as HTMLButtonElement).click()
        requestAnimationFrame(look)
      }),
  )
  expect(frames).toBeLessThanOrEqual(1)
})

test('in the drawer a piece is counted up and down, removed and put back', async ({ page }) => {
  await page.goto(`/en/product/${CUP.slug}`)
  await add(page, CUP.name).click()
  const inDrawer = drawer(page)
  await expect(inDrawer.locator('.cart-line')).toHaveCount(1)
  await inDrawer.getByRole('button', { name: `One more of ${CUP.name}` }).click()
  await inDrawer.getByRole('button', { name: `One more of ${CUP.name}` }).click()
  await expect(inDrawer.locator('.cart-stepper')).toContainText('3')
  await expect(inDrawer.locator('.cart-drawer-foot')).toContainText('¥144.00')
  await inDrawer.getByRole('button', { name: `One less of ${CUP.name}` }).click()
  await expect(inDrawer.locator('.cart-drawer-foot')).toContainText('¥96.00')
  await expect(units(page)).toHaveText('2')

  await inDrawer.getByRole('button', { name: `Remove ${CUP.name}` }).click()
  await expect(inDrawer.locator('.cart-line')).toHaveCount(0)
  await expect(inDrawer).toContainText('Your cart is empty.')
  await expect.poll(() => cartOf(page)).toEqual({})
  await inDrawer.getByRole('button', { name: 'Put it back' }).click()
  await expect(inDrawer.locator('.cart-drawer-foot')).toContainText('¥96.00')
  await expect.poll(() => cartOf(page)).toEqual({ [CUP.sku]: 2 })
})

test('the drawer keeps the focus, closes by Escape and gives the focus back', async ({ page }) => {
  await page.goto('/en')
  const link = page.getByRole('banner').getByRole('link', { name: 'Cart' })
  await link.focus()
  await page.keyboard.press('Enter')
  await expect(drawer(page)).toContainText('Your cart is empty.')
  await expect.poll(() => drawer(page).evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await expect(drawer(page)).toHaveCount(0)
  await expect(link).toBeFocused()
})

test('when the server cannot be reached it is said, and the cart shows what it really holds', async ({ page }) => {
  await page.goto(`/en/product/${CUP.slug}`)
  await add(page, CUP.name).click()
  await expect(drawer(page).locator('.cart-drawer-foot')).toContainText('¥48.00')
  await page.route('**/api/cart**', (route) => route.fulfill({ status: 200, body: 'no cart' }))
  await drawer(page)
    .getByRole('button', { name: `One more of ${CUP.name}` })
    .click()
  await expect(drawer(page)).toContainText('The cart could not be reached')
  await expect(drawer(page).locator('.cart-stepper')).toContainText('1')
  await expect(units(page)).toHaveText('1')
})

test('more than there is: the most that can be had, said plainly', async ({ page }) => {
  await page.goto(`/en/product/${RARE.slug}`)
  await send(page, { sku: RARE.sku, quantity: RARE.stock })
  await page.reload()
  await add(page, 'Round teapot').click()
  await expect(drawer(page)).toContainText(`There are only ${RARE.stock} to be had`)
  await expect(units(page)).toHaveText(String(RARE.stock))
  expect(await cartOf(page)).toEqual({ [RARE.sku]: RARE.stock })
})

test('two tabs agree: badge, open drawer and cart page follow what the other one does', async ({ page, context }) => {
  await page.goto('/en/category/tea')
  await add(page, CUP.name).click()
  await expect.poll(() => cartOf(page)).toEqual({ [CUP.sku]: 1 })
  const other = await context.newPage()
  await other.goto('/en/cart')
  await expect(quantityOf(other, CUP.name)).toHaveValue('1')

  await add(page, CUP.name).click()
  await expect(quantityOf(other, CUP.name)).toHaveValue('2')
  await expect(units(other)).toHaveText('2')

  await page.getByRole('banner').getByRole('link', { name: /^Cart/ }).click()
  await expect(drawer(page).locator('.cart-stepper')).toContainText('2')
  await quantityOf(other, CUP.name).fill('5')
  await other.getByRole('button', { name: 'Update' }).click()
  await expect(drawer(page).locator('.cart-stepper')).toContainText('5')
  await expect(units(page)).toHaveText('5')
})

for (const javaScriptEnabled of [true, false])
  test.describe(`the cart page ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled })

    test('changes a number, removes and puts back', async ({ page }) => {
      await send(page, { sku: CUP.sku, quantity: 2 })
      await send(page, { sku: BOWL.sku })
      await page.goto('/en/cart')
      await expect(lines(page)).toHaveCount(2)
      await quantityOf(page, CUP.name).fill('4')
      await lines(page).filter({ hasText: CUP.name }).getByRole('button', { name: 'Update' }).click()
      await expect(lines(page).filter({ hasText: CUP.name })).toContainText('¥192.00')
      await expect(page.locator('.cart-sums')).toContainText('Shipping within mainland China')

      await page.getByRole('button', { name: `Remove ${CUP.name}` }).click()
      await expect(lines(page)).toHaveCount(1)
      await page.getByRole('button', { name: 'Put it back' }).click()
      await expect(quantityOf(page, CUP.name)).toHaveValue('4')
    })

    test('an empty cart leads on', async ({ page }) => {
      await page.goto('/en/cart')
      await page.getByRole('main').getByRole('link').first().click()
      await expect(page).toHaveURL('/en')
    })
  })

test.describe('a form without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('adds from a list and lands in the cart', async ({ page }) => {
    await page.goto('/fr/category/tea')
    await page
      .getByRole('button', { name: labelOf(WORDS.fr.add, WORDS.fr.piece, 'fr') })
      .first()
      .click()
    await expect(page).toHaveURL('/fr/cart')
    await expect(lines(page)).toContainText(WORDS.fr.piece)
  })

  for (const quantity of ['0', '-1', '1.5', '1e9', 'two', ''])
    test(`the number ${JSON.stringify(quantity)} is refused beside its field`, async ({ page }) => {
      await send(page, { sku: CUP.sku, quantity: 2 })
      await page.goto('/zh/cart')
      // Past the browser's own check, as a crafted page or an old browser would.
      await page.locator('form:has(input[type=number])').evaluate((form: HTMLFormElement) => {
        form.noValidate = true
        form.querySelector('input[type=number]')?.setAttribute('type', 'text')
      })
      await page.locator('input[name=quantity]:not([type=hidden])').fill(quantity)
      await page.getByRole('button', { name: '更新' }).click()
      const field = page.getByLabel(/数量/)
      await expect(field).toHaveAttribute('aria-invalid', 'true')
      await expect(page.getByRole('alert')).toHaveText('请输入 1 至 99 的整数。')
      expect(await cartOf(page)).toEqual({ [CUP.sku]: 2 })
    })
})

for (const quantity of [0, -1, 1.5, 1e9, 'two', null, [], '0x10'])
  test(`the door refuses the quantity ${JSON.stringify(quantity)} and changes nothing`, async ({ page }) => {
    await send(page, { sku: CUP.sku })
    for (const operation of ['add', 'set']) {
      const answer = await send(page, { operation, sku: CUP.sku, quantity })
      expect(answer.status()).toBe(422)
      expect(await answer.json()).toEqual({ said: 'Please give a whole number from 1 to 99.' })
    }
    expect(await cartOf(page)).toEqual({ [CUP.sku]: 1 })
  })

test('the door refuses what no page of ours sent, what it cannot read and what it does not sell', async ({ page }) => {
  const status = async (...args: Parameters<typeof send>) => (await send(...args)).status()
  expect(await status(page, { sku: CUP.sku }, { 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await status(page, { sku: CUP.sku }, { 'sec-fetch-site': 'none' })).toBe(403)
  expect(await status(page, { sku: CUP.sku }, { 'content-type': 'text/plain' })).toBe(415)
  expect(await status(page, { sku: CUP.sku, more: 'x'.repeat(10_000) })).toBe(415)
  expect(await status(page, { sku: 'a\u0000b' })).toBe(422)
  expect(await status(page, { sku: CUP.sku, operation: 'drop' })).toBe(422)
  const unknown = await send(page, { sku: 'NO-SUCH-PIECE' })
  expect(unknown.status()).toBe(422)
  expect(await unknown.json()).toMatchObject({ said: 'We do not have this piece any more.' })
  expect(await cartOf(page)).toEqual({})
})

const FORGED: readonly (readonly [kind: string, value: string])[] = [
  ['short', 'x'],
  ['speaking SQL', "' or 1=1 --"],
  ['far too long', 'A'.repeat(9_000)],
  ['holding zero bytes', '%00%ff'],
  ['well made, but of no cart', randomBytes(32).toString('base64url')],
]
for (const [kind, forged] of FORGED)
  test(`a cookie ${kind} opens a new empty cart`, async ({ page }) => {
    const headers = { cookie: `cart=${forged}` }
    const read = await page.request.get('/en/cart', { headers })
    expect(read.status()).toBe(200)
    expect(await read.text()).toContain('Your cart is empty.')
    const added = await send(page, { sku: CUP.sku }, headers)
    expect(added.status()).toBe(200)
    expect(await added.json()).toMatchObject({ cart: { units: 1 } })
  })

test('the secret is hidden from scripts, the badge holds a number only, and no cart is ever cached', async ({
  page,
  context,
}) => {
  const answer = await send(page, { sku: CUP.sku, quantity: 3 })
  expect(answer.headers()['cache-control']).toBe('no-store')
  const cookies = await context.cookies()
  expect(cookies.find(({ name }) => name === 'cart_count')).toMatchObject({ value: '3', httpOnly: false })
  const secret = cookies.find(({ name }) => name.endsWith('cart'))
  expect(secret).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(Buffer.from(secret?.value ?? '', 'base64url')).toHaveLength(32)
})
