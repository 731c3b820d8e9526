import 'server-only'
import { and, eq } from 'drizzle-orm'
import { db } from '../client.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { billDays, billFiles } from './schema.ts'

/** How far a day is, and with which bill. Null when nobody has looked at it. */
export async function readBillDay({ provider, day }: DayOfProvider) {
  const [row] = await db
    .select({
      state: billDays.state,
      problem: billDays.problem,
      nextTryAt: billDays.nextTryAt,
      matchedAt: billDays.matchedAt,
      payments: billDays.payments,
      refunds: billDays.refunds,
      paidFen: billDays.paidFen,
      refundedFen: billDays.refundedFen,
      feesFen: billDays.feesFen,
      fileId: billDays.fileId,
      sha256: billFiles.sha256,
      bytes: billFiles.bytes,
    })
    .from(billDays)
    .leftJoin(billFiles, eq(billFiles.id, billDays.fileId))
    .where(and(eq(billDays.provider, provider), eq(billDays.day, day)))
  return row ?? null
}
export type ReadBillDay = NonNullable<Awaited<ReturnType<typeof readBillDay>>>
