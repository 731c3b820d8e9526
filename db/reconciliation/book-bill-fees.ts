import 'server-only'
import { and, eq } from 'drizzle-orm'
import { subtractFen, toFen } from '#lib/domain/money.ts'
import { db } from '../client.ts'
import { bookJournal } from '../ledger/book-journal.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { billDays } from './schema.ts'

/**
 * Books what the provider kept on a matched day, as one journal of the whole bill, since no fee belongs to an order
 * alone until somebody asks: `bill_lines` has them one by one. A later bill of the same day books the rest. Safe to
 * repeat.
 */
export async function bookBillFees({ provider, day }: DayOfProvider): Promise<void> {
  const ofDay = and(eq(billDays.provider, provider), eq(billDays.day, day))
  await db.transaction(async (tx) => {
    const [row] = await tx
      .select({ fees: billDays.feesFen, booked: billDays.feesBookedFen, matchedAt: billDays.matchedAt })
      .from(billDays)
      .where(ofDay)
      .for('update')
    if (!row?.matchedAt || row.fees === row.booked) return
    const due = subtractFen(row.fees, row.booked)
    await bookJournal(tx, due > 0n ? { kind: 'fee', amount: due } : { kind: 'fee_returned', amount: toFen(-due) }, {
      source: { reference: `bill_day:${provider}:${day}:${row.matchedAt.getTime()}` },
      orderId: null,
      provider,
      currency: 'CNY',
    })
    await tx.update(billDays).set({ feesBookedFen: row.fees }).where(ofDay)
  })
}
