import 'server-only'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { refundProposals } from '../after-sales/schema.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'

export type OpenProposal = Awaited<ReturnType<typeof listOpenProposals>>[number]

/** Refunds that wait for a second person, the oldest first; of one order, or all. */
export async function listOpenProposals(_permit: Permit<'orders.read'>, orderId?: string) {
  const { id, orderId: of, requestId, amountFen, reason, proposedBy, proposedAt } = refundProposals
  return db
    .select({
      id,
      orderId: of,
      requestId,
      amount: amountFen,
      reason,
      proposedBy,
      proposedAt,
      orderNumber: orders.number,
    })
    .from(refundProposals)
    .innerJoin(orders, eq(orders.id, refundProposals.orderId))
    .where(and(isNull(refundProposals.decision), orderId ? eq(refundProposals.orderId, orderId) : undefined))
    .orderBy(asc(refundProposals.proposedAt))
}
