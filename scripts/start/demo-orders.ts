import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { accounts } from '#db/accounts/schema.ts'
import { askRequest } from '#db/after-sales/ask-request.ts'
import { db, sql } from '#db/client.ts'
import { markDelivered } from '#db/fulfilment/mark-delivered.ts'
import { shipLines } from '#db/fulfilment/ship-lines.ts'
import { placeOrder } from '#db/orders/place-order.ts'
import { orders } from '#db/orders/schema.ts'
import { publishReview } from '#db/reviews/judge-review.ts'
import { writeReview } from '#db/reviews/write-review.ts'
import { sampleOrder } from '#db/testing/sample-order.ts'
import { startPayment } from '#lib/checkout/start-payment.ts'
import { grantPermit, type Permission, type Permit } from '#lib/domain/permissions.ts'
import { env } from '#lib/env.ts'
import { paymentProviders } from '#lib/payments/registry.ts'

// Gives the customer of a demonstration orders in different states, each by the ways that a real one takes: placed,
// paid at the pretended gateway, which tells the shop, sent and reviewed by the people of the demonstration. A process
// of its own beside a shop that is up; its argument is where the sandbox is. Does nothing for who has ordered before.

const [sandbox = ''] = process.argv.slice(2)
const CUSTOMER = 'customer@comptoir.example'
const PAID_WITHIN_MS = 15_000

const idOf = async (email: string): Promise<string> => {
  const [account] = await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
  if (!account) throw new Error(`the demonstration has no ${email}`)
  return account.id
}

/** Somebody of the demonstration who may do it. */
async function permitOf<P extends Permission>(name: 'orders' | 'support', permission: P): Promise<Permit<P>> {
  const staffId = await idOf(`${name}@comptoir.example`)
  const permit = grantPermit({ staffId, name, roles: [name] }, permission)
  if (!permit) throw new Error(`${name} may not ${permission}`)
  return permit
}

async function place(accountId: string, pieces: Readonly<Record<string, number>>): Promise<string> {
  const sample = await sampleOrder(pieces)
  const contact = { email: CUSTOMER, phone: '+8613800138000' }
  const placed = await placeOrder({
    ...sample,
    accountId,
    contact,
    address: { ...sample.address, recipient: 'Li Wei' },
  })
  if (!placed.ok) throw new Error(placed.error.code)
  return placed.value.orderId
}

/** Pays at the first try by the code of WeChat Pay, as the sandbox's telephone would, and waits until the shop has heard of it. */
async function pay(orderId: string): Promise<string> {
  const provider = paymentProviders().get('wechatpay')
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  if (!provider || !order) throw new Error('there is nothing to pay, or no way to')
  const { number, expiresAt } = order
  const returnUrl = `${env.PUBLIC_URL}/api/return/wechatpay`
  const subject = `Comptoir ${number}`
  const started = await startPayment(provider, { orderId, expiresAt, scene: { kind: 'qr' }, subject, returnUrl })
  if (!started.ok) throw new Error(started.error.code)
  const paid = await fetch(`${sandbox}/api/wechatpay/trades/${number}01/pay`, { method: 'POST' })
  if (!paid.ok) throw new Error(`the sandbox answered ${paid.status}`)
  const until = Date.now() + PAID_WITHIN_MS
  while ((await db.$count(orders, and(eq(orders.id, orderId), eq(orders.state, 'confirmed')))) === 0) {
    if (Date.now() > until) throw new Error(`order ${number} was not paid in time`)
    await pause(100)
  }
  return orderId
}

async function send(orderId: string, { delivered }: { readonly delivered: boolean }): Promise<string> {
  const permit = await permitOf('orders', 'orders.ship')
  const parcelId = randomUUID()
  const trackingNumber = `SF${BigInt(`0x${parcelId.replaceAll('-', '')}`)}`.slice(0, 15)
  const shipped = await shipLines(permit, { parcelId, orderId, carrier: 'sf', lines: 'rest', trackingNumber, ip: null })
  if (!shipped.ok) throw new Error(shipped.error.code)
  if (delivered) await markDelivered(permit, { parcelId, ip: null })
  return orderId
}

async function review(accountId: string, orderId: string): Promise<void> {
  const written = await writeReview({
    accountId,
    orderId,
    position: 0,
    stars: 5,
    title: 'Every morning since',
    words: 'Light in the hand and easy to clean. The glaze pools a little at the foot, which no photograph shows.',
    author: 'Li Wei',
    locale: 'en',
  })
  if (!written.ok) throw new Error(written.error.code)
  const judged = { reviewId: written.value.reviewId, version: 1, answer: '', ip: null }
  await publishReview(await permitOf('support', 'reviews.moderate'), judged)
}

/** Asks to send a piece back, which waits for the staff of the demonstration. */
async function askBack(orderId: string): Promise<void> {
  const words = 'One of the two has a chip at the rim.'
  const lines = [{ position: 0, quantity: 1 }]
  await askRequest({ requestId: randomUUID(), orderId, kind: 'return', lines, reason: 'damaged', words, photos: [] })
}

const customer = await idOf(CUSTOMER)
if ((await db.$count(orders, eq(orders.accountId, customer))) === 0) {
  const paid = async (pieces: Readonly<Record<string, number>>) => pay(await place(customer, pieces))
  await review(customer, await send(await paid({ 'CPT-TC65-CEL': 2 }), { delivered: true }))
  await askBack(await send(await paid({ 'CPT-DP59-OAT': 2 }), { delivered: true }))
  await send(await paid({ 'CPT-MU69-OAT': 1, 'CPT-RB10-COB': 1 }), { delivered: false })
  await paid({ 'CPT-YU53-OAT': 1 })
  await place(customer, { 'CPT-SP24-IVO': 1 })
}
await sql.end({ timeout: 5 })
