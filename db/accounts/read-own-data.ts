import 'server-only'
import { asc, desc, eq, inArray } from 'drizzle-orm'
import { db } from '../client.ts'
import { orderAddresses, orderEvents, orderLines, orders } from '../orders/schema.ts'
import { accounts, sessions } from './schema.ts'

/** All that is kept about somebody in their account, for them to take away; amounts in fen, as text. */
export async function readOwnData(accountId: string) {
  const [account] = await db
    .select({
      email: accounts.email,
      name: accounts.name,
      language: accounts.locale,
      createdAt: accounts.createdAt,
      confirmedAt: accounts.confirmedAt,
    })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  const devices = await db
    .select({
      signedInAt: sessions.createdAt,
      seenAt: sessions.seenAt,
      signedOutAt: sessions.revokedAt,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(eq(sessions.accountId, accountId))
    .orderBy(desc(sessions.createdAt))
  return { account: account ?? null, devices, orders: await readOwnOrders(accountId) }
}

async function readOwnOrders(accountId: string) {
  const own = await db.select().from(orders).where(eq(orders.accountId, accountId)).orderBy(desc(orders.placedAt))
  const ids = own.map(({ id }) => id)
  if (ids.length === 0) return []
  const [lines, addresses, events] = await Promise.all([
    db.select().from(orderLines).where(inArray(orderLines.orderId, ids)).orderBy(asc(orderLines.position)),
    db.select().from(orderAddresses).where(inArray(orderAddresses.orderId, ids)),
    db.select().from(orderEvents).where(inArray(orderEvents.orderId, ids)).orderBy(asc(orderEvents.id)),
  ])
  return own.map((order) => ({
    number: order.number,
    placedAt: order.placedAt,
    state: order.state,
    email: order.email,
    phone: order.phone,
    subtotalFen: order.subtotalFen.toString(),
    discountFen: order.discountFen.toString(),
    shippingFen: order.shippingFen.toString(),
    totalFen: order.totalFen.toString(),
    address: withoutOrder(addresses.find(({ orderId }) => orderId === order.id)),
    lines: lines
      .filter(({ orderId }) => orderId === order.id)
      .map(({ sku, name, quantity, unitPriceFen }) => ({ sku, name, quantity, unitPriceFen: unitPriceFen.toString() })),
    history: events
      .filter(({ orderId }) => orderId === order.id)
      .map(({ at, axis, event, toState }) => ({ at, axis, event, toState })),
  }))
}

function withoutOrder<T extends { readonly orderId: string }>(address: T | undefined): Omit<T, 'orderId'> | null {
  if (!address) return null
  const { orderId: _, ...rest } = address
  return rest
}
