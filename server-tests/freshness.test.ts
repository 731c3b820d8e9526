import { eq } from 'drizzle-orm'
import postgres from 'postgres'
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { changePrice } from '#db/catalog/change-price.ts'
import { products } from '#db/catalog/schema.ts'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { INVALIDATIONS_CHANNEL } from '#db/invalidations/channel.ts'
import { invalidateTags } from '#db/invalidations/invalidate-tags.ts'
import { publishReview } from '#db/reviews/judge-review.ts'
import { withdrawReview } from '#db/reviews/withdraw-review.ts'
import { writeReview } from '#db/reviews/write-review.ts'
import { adjustStock } from '#db/stock/adjust-stock.ts'
import { sendOrderTo } from '#db/testing/delivered-order.ts'
import { permitFor } from '#db/testing/permit-for.ts'
import { productTag } from '#lib/domain/cache-tags.ts'
import { toFen } from '#lib/domain/money.ts'
import { env } from '#lib/env.ts'
import { newVisitor } from './support/people.ts'
import { startNode, stopNode } from './support/start-node.ts'
import { type Shop, startShop } from './support/start-shop.ts'

const SKU = 'CPT-RT90-CEL'
const PRODUCT = '/en/product/round-teapot'
const SHELF = '/zh/category/tea'
const why = { reason: 'server test', actor: 'server test' }
/** What the shop promises: a sale or an edit is on every page within a second. */
const SHOWN_WITHIN_MS = 1_000

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

const read = async (shop: Shop, path: string) => (await fetch(shop.url + path)).text()

/** Makes the change in a third process, and returns when that has ended. */
async function change(...args: readonly string[]): Promise<void> {
  const changing = startNode(['--conditions=react-server', 'server-tests/support/change-catalogue.ts', ...args])
  await expect.poll(() => changing.child.exitCode, { timeout: 10_000 }).not.toBeNull()
  expect(changing.child.exitCode, changing.output()).toBe(0)
}

const shows = (shop: Shop, path: string, text: string, withinMs = SHOWN_WITHIN_MS) =>
  expect.poll(() => read(shop, path), { timeout: withinMs, interval: 50 }).toContain(text)

test('two web processes show a price and a sale that a third process wrote, and again after a restart', async () => {
  const [first, second] = await Promise.all([startShop(), startShop()])
  for (const shop of [first, second]) {
    const built = await fetch(shop.url + PRODUCT)
    expect(built.headers.get('x-nextjs-cache')).toBe('HIT')
    expect(await built.text()).not.toContain('123.45')
  }

  // The first rendering of a process loads the page's code; the promise is for a shop that runs.
  await change('price', SKU, '12345')
  for (const shop of [first, second]) for (const path of [PRODUCT, SHELF]) await shows(shop, path, '123.45', 10_000)

  await change('stock', SKU, '-6')
  await Promise.all([first, second].map((shop) => shows(shop, PRODUCT, 'Only 3 left')))

  await stopNode(second, 'SIGTERM')
  await change('price', SKU, '23456')
  await change('stock', SKU, '-1')
  const restarted = await startShop()
  const firstAnswer = await read(restarted, PRODUCT)
  expect(firstAnswer).toContain('234.56')
  expect(firstAnswer).toContain('Only 2 left')
  await Promise.all([shows(first, PRODUCT, '234.56'), shows(first, PRODUCT, 'Only 2 left')])
})

test('a published review is on the static page of its piece, and off it within a second of being taken back', async () => {
  const shop = await startShop()
  const { accountId } = await newVisitor()
  const sku = 'CPT-TC76-COB'
  const page = '/en/product/tea-caddy'
  await adjustStock({ sku, delta: 5, ...why })
  const { orderId } = await sendOrderTo(accountId, { [sku]: 1 })
  const words = 'Keeps its heat & <b>pours</b> well.'
  const said = { accountId, orderId, position: 0, stars: 4, title: 'Every morning', words, author: 'Lin' } as const
  const written = await writeReview({ ...said, locale: 'en' })
  if (!written.ok) throw new Error(written.error.code)
  const { reviewId } = written.value
  const built = await read(shop, page)
  for (const word of ['Every morning', 'aggregateRating']) expect(built.includes(word), word).toBe(false)

  await publishReview(permitFor('reviews.moderate'), { reviewId, version: 1, answer: '', ip: null })
  await shows(shop, page, 'Every morning', 10_000)
  const shown = await fetch(shop.url + page)
  expect(shown.headers.get('x-nextjs-cache')).toBe('HIT')
  const html = await shown.text()
  expect(html.includes('Keeps its heat &amp; &lt;b&gt;pours&lt;/b&gt; well.')).toBe(true)
  expect(html.includes('"aggregateRating":{"@type":"AggregateRating","ratingValue":4,"reviewCount":1,')).toBe(true)
  await withdrawReview(accountId, reviewId)
  const isShown = async () => (await read(shop, page)).includes('Every morning')
  await expect.poll(isShown, { timeout: SHOWN_WITHIN_MS, interval: 50 }).toBe(false)
})

test('catalogue pages are static: from the cache, without a cookie; what does not exist is a 404 at once', async () => {
  const shop = await startShop()
  const pages = ['en', 'fr', 'zh'].flatMap((locale) => [
    `/${locale}`,
    `/${locale}/category/cups`,
    `/${locale}/product/gaiwan`,
  ])
  for (const path of pages) {
    const { status, headers } = await fetch(shop.url + path)
    const seen = { status, cache: headers.get('x-nextjs-cache'), prerender: headers.get('x-nextjs-prerender') }
    // Headers of one name are joined by fetch: Next sends its mark twice with a page from the cache.
    expect(seen, path).toMatchObject({ status: 200, cache: 'HIT', prerender: expect.stringContaining('1') })
    expect(headers.getSetCookie(), path).toEqual([])
  }
  for (const path of ['/en/product/no-such-piece', '/fr/category/no-such-shelf', '/zh/product/%00', '/en/nowhere'])
    expect((await fetch(shop.url + path)).status, path).toBe(404)
})

test('an address that the build does not know is a 404 until a piece is there, then a page from the cache', async () => {
  const shop = await startShop()
  const statusOf = async (slug: string) => (await fetch(`${shop.url}/fr/product/${slug}`)).status
  expect(await statusOf('cup-of-today')).toBe(404)

  await db.transaction(async (tx) => {
    await tx.update(products).set({ slug: 'cup-of-today' }).where(eq(products.slug, 'tasting-cup'))
    await invalidateTags(tx, [productTag('cup-of-today'), productTag('tasting-cup')])
  })
  await expect.poll(() => statusOf('cup-of-today'), { timeout: 5_000 }).toBe(200)
  await expect.poll(() => statusOf('tasting-cup'), { timeout: 5_000 }).toBe(404)
  await expect
    .poll(async () => (await fetch(`${shop.url}/fr/product/cup-of-today`)).headers.get('x-nextjs-cache'))
    .toBe('HIT')
})

test('a page whose rendering overlapped a change does not stay old', async () => {
  const shop = await startShop()
  const heard = vi.fn()
  await sql.listen(INVALIDATIONS_CHANNEL, heard)

  // The render reads the price, then waits here for the names of the options, while the price changes once more.
  const blocker = await sql.reserve()
  await blocker`begin`
  await blocker`lock table option_values in access exclusive mode`
  await changePrice({ sku: SKU, priceFen: toFen(11_100n), ...why })
  await expect.poll(() => heard.mock.calls.length).toBe(1)
  const overlapping = read(shop, PRODUCT)
  await expect.poll(() => blocker`select from pg_locks where not granted`).toHaveLength(1)
  await changePrice({ sku: SKU, priceFen: toFen(22_200n), ...why })
  await expect.poll(() => heard.mock.calls.length).toBe(2)
  await blocker`commit`
  blocker.release()

  expect(await overlapping).toContain('111.00')
  await shows(shop, PRODUCT, '222.00')
})

test('a web process that lost its database says so, goes on showing pages, and catches up by itself', async () => {
  const shop = await startShop()
  const health = async () => {
    const answer = await fetch(`${shop.url}/api/health`)
    return { status: answer.status, ...(await answer.json()) }
  }
  const database = new URL(env.DATABASE_URL).pathname.slice(1)
  const server = new URL(env.DATABASE_URL)
  server.pathname = '/postgres'
  const admin = postgres(server.href, { max: 1 })
  onTestFinished(() => admin.end())

  await admin`alter database ${admin(database)} with allow_connections false`
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database}`
  await expect.poll(health, { timeout: 10_000 }).toMatchObject({ status: 503, live: true, ready: false })
  expect((await health()).reasons).toContain('database_unreachable')
  // A page that is known to be old is not shown; all others are.
  expect((await fetch(`${shop.url}/en/category/vases`)).status).toBe(200)

  await admin`alter database ${admin(database)} with allow_connections true`
  await change('price', SKU, '34567')
  await expect.poll(() => read(shop, PRODUCT), { timeout: 5_000 }).toContain('345.67')
  await expect.poll(health, { timeout: 5_000 }).toMatchObject({ status: 200, live: true, ready: true, reasons: [] })
})
