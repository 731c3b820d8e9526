import { eq } from 'drizzle-orm'
import { beforeAll, expect, test, vi } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db } from '#db/client.ts'
import { findOrder } from '#db/orders/find-order.ts'
import { orders } from '#db/orders/schema.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import type { OrderMail } from './order-mail.ts'
import { writeOrderMail } from './write-order-mail.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const SHOP = 'https://shop.example'

beforeAll(async () => {
  await seedCatalog(db, NOW)
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
      send: vi.fn(async (to: string, messageId: string) => {
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
