import 'server-only'
import { and, asc, eq, gt } from 'drizzle-orm'
import { nameActors } from '../accounts/name-actors.ts'
import { db } from '../client.ts'
import { orderEvents } from '../orders/schema.ts'

const NEWS_AT_MOST = 5

export type News = Awaited<ReturnType<typeof listNews>>[number]

/** What happened to an order since an event, oldest first, each with who did it by name. */
export async function listNews(orderId: string, after: bigint) {
  const events = await db
    .select({ event: orderEvents.event, actor: orderEvents.actor, at: orderEvents.at })
    .from(orderEvents)
    .where(and(eq(orderEvents.orderId, orderId), gt(orderEvents.id, after)))
    .orderBy(asc(orderEvents.id))
    .limit(NEWS_AT_MOST)
  const names = await nameActors(events.map(({ actor }) => actor))
  return events.map((event) => ({ ...event, name: names.get(event.actor) ?? null }))
}
