import 'server-only'
import { and, eq, ne } from 'drizzle-orm'
import { db } from '../client.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { billDays } from './schema.ts'

/** Matched days whose fees the ledger has not got: their worker died between the two. */
export function listUnbookedBillDays(): Promise<DayOfProvider[]> {
  return db
    .select({ provider: billDays.provider, day: billDays.day })
    .from(billDays)
    .where(and(eq(billDays.state, 'matched'), ne(billDays.feesFen, billDays.feesBookedFen)))
}
