import 'server-only'
import { and, asc, eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { billDifferences } from './schema.ts'

/** Everything that was found about a day, in the order of the bill; what no line tells of comes last. */
export function listDifferences({ provider, day }: DayOfProvider) {
  return db
    .select({
      id: billDifferences.id,
      finding: billDifferences.finding,
      kind: billDifferences.kind,
      proposal: billDifferences.proposal,
      subject: billDifferences.subject,
      line: billDifferences.line,
      orderNumber: orders.number,
      billedFen: billDifferences.billedFen,
      billedFeeFen: billDifferences.billedFeeFen,
      oursFen: billDifferences.oursFen,
      detail: billDifferences.detail,
      state: billDifferences.state,
      resolution: billDifferences.resolution,
      settledBy: billDifferences.settledBy,
      note: billDifferences.note,
    })
    .from(billDifferences)
    .leftJoin(orders, eq(orders.id, billDifferences.orderId))
    .where(and(eq(billDifferences.provider, provider), eq(billDifferences.day, day)))
    .orderBy(asc(billDifferences.line), asc(billDifferences.subject), asc(billDifferences.finding))
}
export type ListedDifference = Awaited<ReturnType<typeof listDifferences>>[number]
