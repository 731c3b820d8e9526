import 'server-only'
import { and, asc, eq, ne } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { billDifferences } from './schema.ts'

export const MOST_DIFFERENCES = 200

const COLUMNS = {
  id: billDifferences.id,
  provider: billDifferences.provider,
  day: billDifferences.day,
  finding: billDifferences.finding,
  proposal: billDifferences.proposal,
  subject: billDifferences.subject,
  line: billDifferences.line,
  orderNumber: orders.number,
  orderId: billDifferences.orderId,
  attemptId: billDifferences.attemptId,
  billedFen: billDifferences.billedFen,
  billedFeeFen: billDifferences.billedFeeFen,
  oursFen: billDifferences.oursFen,
  detail: billDifferences.detail,
  state: billDifferences.state,
  note: billDifferences.note,
  openedAt: billDifferences.openedAt,
  settledAt: billDifferences.settledAt,
  settledBy: billDifferences.settledBy,
  resolution: billDifferences.resolution,
}

/** Differences of all days that nobody settled, the oldest first; at most 200. */
export const listOpenDifferences = (_: Permit<'payments.read'>) =>
  db
    .select(COLUMNS)
    .from(billDifferences)
    .leftJoin(orders, eq(orders.id, billDifferences.orderId))
    .where(ne(billDifferences.state, 'settled'))
    .orderBy(asc(billDifferences.openedAt), asc(billDifferences.id))
    .limit(MOST_DIFFERENCES)
export type Difference = Awaited<ReturnType<typeof listOpenDifferences>>[number]

/** One difference. Null when there is none. */
export async function readDifference(_: Permit<'payments.read'>, id: string): Promise<Difference | null> {
  const [row] = await db
    .select(COLUMNS)
    .from(billDifferences)
    .leftJoin(orders, eq(orders.id, billDifferences.orderId))
    .where(and(eq(billDifferences.id, id)))
  return row ?? null
}
