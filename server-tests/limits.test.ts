import { beforeAll, expect, test } from 'vitest'
import { products } from '#db/catalog/schema.ts'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db } from '#db/client.ts'
import { LIMITS, type LimitName } from '#lib/domain/limits.ts'
import { actionBody, readActionIds } from './support/actions.ts'
import { AUTH_SECRET, newVisitor } from './support/people.ts'
import { type Shop, startShop } from './support/start-shop.ts'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

/** Posts to an action from an address, with fields of no form: the limit counts before anything is read. */
const call = (shop: Shop, action: string, page: string, ip: string) =>
  fetch(shop.url + page, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'next-action': readActionIds().get(action) ?? '',
      'sec-fetch-site': 'same-origin',
      origin: shop.url,
      'x-forwarded-for': ip,
    },
    body: actionBody({ 'no such field': 'x' }),
  })

const FORMS = [
  ['look-up', 'app/(secure)/[locale]/find-order/actions.ts#findOrderAction', '/en/find-order'],
  ['upload', 'app/(secure)/[locale]/order/request-actions.ts#askRequestAction', '/en/find-order'],
] as const satisfies readonly (readonly [LimitName, string, string])[]

test.each(FORMS)(
  '%s: a form says in words and by its status when one may try again, and somebody else may go on',
  async (name, action, page) => {
    const shop = await startShop({ AUTH_SECRET })
    const TOO_OFTEN = 'That was tried too often'
    for (let tried = 0; tried < LIMITS[name].times; tried++) {
      const answer = await call(shop, action, page, '203.0.113.7')
      expect(await answer.text(), `try ${tried + 1}`).not.toContain(TOO_OFTEN)
    }
    const last = await call(shop, action, page, '203.0.113.7')
    expect([last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect(await last.text()).toContain(TOO_OFTEN)
    expect(await (await call(shop, action, page, '203.0.113.8')).text()).not.toContain(TOO_OFTEN)
  },
  60_000,
)

test('upload: the door for pictures answers 429 with the time to wait', async () => {
  const shop = await startShop({ AUTH_SECRET })
  const [product] = await db.select({ id: products.id }).from(products).limit(1)
  const { cookie } = await newVisitor('catalogue')
  const send = () =>
    fetch(`${shop.url}/en/admin/products/${product?.id}/photos`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, 'sec-fetch-site': 'same-origin', origin: shop.url },
      body: new FormData(),
    })
  const answers = []
  for (let tried = 0; tried <= LIMITS.upload.times; tried++) answers.push(await send())
  const last = answers.pop()
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]))
  expect(last?.status).toBe(429)
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
}, 60_000)
