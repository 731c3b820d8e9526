import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test, vi } from 'vitest'
import { accounts } from '#db/accounts/schema.ts'
import { askRequest } from '#db/after-sales/ask-request.ts'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { chooseMails } from '#db/mails/mail-choices.ts'
import { orderMails } from '#db/mails/schema.ts'
import { findOrder } from '#db/orders/find-order.ts'
import { orders } from '#db/orders/schema.ts'
import { writeReview } from '#db/reviews/write-review.ts'
import { adjustStock } from '#db/stock/adjust-stock.ts'
import { sendOrderTo } from '#db/testing/delivered-order.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import { aboutOfMail } from './about-mail.ts'
import { openMailChoice } from './mail-choice-link.ts'
import type { OrderMail, OrderMailKind, RenderedMail } from './order-mail.ts'
import { writeOrderMail } from './write-order-mail.ts'

vi.hoisted(() => {
  process.env['AUTH_SECRET'] = 'a secret of this test alone, and of nothing else'
})

const NOW = new Date('2026-11-21T12:00:00Z')
const SHOP = 'https://shop.example'

beforeAll(async () => {
  await seedCatalog(db, NOW)
  for (const sku of ['CPT-RT90-CEL', 'CPT-TC65-CEL'])
    await adjustStock({ sku, delta: 50, reason: 'opening_stock', actor: 'test' })
})

/** Counts what leaves the shop. `refuse` makes the mail server refuse the next one. */
function outbox() {
  const rendered: OrderMail[] = []
  const sent: { to: string; messageId: string }[] = []
  let refusals = 0
  return {
    rendered,
    sent,
    refuse: () => refusals++,
    sender: {
      render: async (mail: OrderMail) => {
        rendered.push(mail)
        return { subject: mail.kind, html: '', text: '' }
      },
      send: vi.fn(async (to: string, messageId: string, _mail: RenderedMail, _unsubscribeUrl: string | null) => {
        if (refusals-- > 0) throw new Error('451 try again later')
        refusals = 0
        sent.push({ to, messageId })
      }),
    },
  }
}

const place = async () => (await placeSample({ 'CPT-RT90-CEL': 1 })).orderId

test('a mail goes out once, with a link that opens the order, however often its job runs', async () => {
  const orderId = await place()
  const { rendered, sent, sender } = outbox()
  const mail = { orderId, kind: 'order_placed' } as const
  expect(await writeOrderMail(mail, sender, SHOP, NOW)).toBe('sent')
  expect(await writeOrderMail(mail, sender, SHOP, NOW)).toBe('sent_before')

  expect(sent).toEqual([{ to: 'lin@example.com', messageId: expect.stringMatching(/^[0-9a-f-]{36}@shop\.example$/) }])
  expect(rendered[0]?.order.lines).toMatchObject([
    { name: 'Round teapot', option: 'Celadon', quantity: 1, total: 46_800n },
  ])
  expect(rendered[0]?.order.address).toEqual(['Lin Wei', '浙江省 杭州市 西湖区', '龙井路 1 号', '310013'])
  const secret = rendered[0]?.order.url.split('/').at(-1) ?? ''
  expect((await findOrder(secret))?.id).toBe(orderId)
})

test('a mail that the server refused is tried again under the same message id', async () => {
  const orderId = await place()
  const { sent, sender, refuse } = outbox()
  const mail = { orderId, kind: 'order_placed' } as const
  refuse()
  await expect(writeOrderMail(mail, sender, SHOP, NOW)).rejects.toThrow('451')
  expect(await writeOrderMail(mail, sender, SHOP, NOW)).toBe('sent')
  expect(sent).toHaveLength(1)
  expect(new Set(sender.send.mock.calls.map(([, messageId]) => messageId)).size).toBe(1)
})

test('nobody is asked to pay what is paid, or told of a payment that has not come', async () => {
  const orderId = await place()
  const { sent, sender } = outbox()
  expect(await writeOrderMail({ orderId, kind: 'order_paid' }, sender, SHOP, NOW)).toBe('overtaken')
  await db.update(orders).set({ state: 'confirmed' }).where(eq(orders.id, orderId))
  expect(await writeOrderMail({ orderId, kind: 'order_expiring' }, sender, SHOP, NOW)).toBe('overtaken')
  expect(await writeOrderMail({ orderId, kind: 'order_paid' }, sender, SHOP, NOW)).toBe('sent')
  expect(sent).toHaveLength(1)
})

test('an order that is not there is no reason to try for ever', async () => {
  const orderId = '00000000-0000-4000-8000-000000000000'
  expect(await writeOrderMail({ orderId, kind: 'order_paid' }, outbox().sender, SHOP, NOW)).toBe('unknown_order')
})

const accountOf = async (email: string) => {
  const [account] = await db.insert(accounts).values({ email, locale: 'en' }).returning({ id: accounts.id })
  if (!account) throw new Error('no account')
  return account.id
}

test('mails that one may do without carry the way out of them, and stop; the others carry none and go on', async () => {
  const { sent, rendered, sender } = outbox()
  const accountId = await accountOf('own@example.com')
  const { orderId, parcelId } = await sendOrderTo(accountId, { 'CPT-RT90-CEL': 1 })
  const write = (kind: OrderMailKind) =>
    writeOrderMail({ orderId, kind, ...aboutOfMail(kind, parcelId) }, sender, SHOP, NOW)
  expect(await write('order_paid')).toBe('sent')
  expect(rendered[0]?.choicesUrl).toBeNull()
  expect(sender.send.mock.lastCall?.[3]).toBeNull()
  expect(await write('parcel_delivered')).toBe('sent')
  const oneClick = sender.send.mock.lastCall?.[3] ?? ''
  expect(rendered[1]?.choicesUrl).toMatch(/^https:\/\/shop\.example\/en\/messages\/[\w-]+$/)
  expect(openMailChoice(oneClick.split('/').at(-1) ?? '')).toEqual({
    email: 'lin@example.com',
    topic: 'delivered',
    locale: 'en',
  })
  expect(openMailChoice(`${oneClick.split('/').at(-1)}x`.slice(1))).toBeNull()

  await chooseMails('own@example.com', { review: false, delivered: false }, 'account', NOW)
  expect(await write('review_asked')).toBe('unwanted')
  await db.update(orderMails).set({ sentAt: null }).where(eq(orderMails.orderId, orderId))
  expect(await write('parcel_delivered')).toBe('unwanted')
  expect(await write('order_paid')).toBe('sent')
  expect(sent).toHaveLength(3)
})

test('what one thinks of the pieces is asked once, of who can say it: an account that kept them and has not said it yet', async () => {
  const { sent, rendered, sender } = outbox()
  const ask = (orderId: string) => writeOrderMail({ orderId, kind: 'review_asked' }, sender, SHOP, NOW)
  const accountId = await accountOf('asked@example.com')
  const cup = { 'CPT-TC65-CEL': 1 }
  const onTheWay = await sendOrderTo(accountId, cup, { arrived: false })
  const guests = await sendOrderTo(accountId, cup)
  await db.update(orders).set({ accountId: null }).where(eq(orders.id, guests.orderId))
  const returned = await sendOrderTo(accountId, cup)
  const wish = {
    kind: 'return',
    lines: [{ position: 0, quantity: 1 }],
    reason: 'damaged',
    words: '',
    photos: [],
  } as const
  await askRequest({ requestId: randomUUID(), orderId: returned.orderId, ...wish })
  for (const { orderId } of [onTheWay, guests, returned]) expect(await ask(orderId)).toBe('overtaken')

  const { orderId } = await sendOrderTo(accountId, cup)
  const jobs = await sql`select start_after - now() > interval '6 days' as later from pgboss.job
    where data ->> 'orderId' = ${orderId} and data ->> 'kind' = 'review_asked'`
  expect(jobs).toEqual([{ later: true }])
  expect([await ask(orderId), await ask(orderId)]).toEqual(['sent', 'sent_before'])
  expect(rendered[0]?.order.url).toMatch(/^https:\/\/shop\.example\/en\/account\/orders\/\w+#reviews$/)
  expect(sent).toHaveLength(1)

  const again = await sendOrderTo(accountId, cup)
  const words = { stars: 5, title: 'Light', words: 'And thin.', author: 'Lin', locale: 'en' } as const
  await writeReview({ accountId, orderId: again.orderId, position: 0, ...words })
  expect(await ask(again.orderId)).toBe('overtaken')
})
