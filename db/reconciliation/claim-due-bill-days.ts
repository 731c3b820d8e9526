import 'server-only'
import { sql } from 'drizzle-orm'
import type { ProviderName } from '#lib/payments/port.ts'
import type { Transaction } from '../client.ts'
import type { DayOfProvider } from './keep-bill-file.ts'

/** So long a day that was handed out is not handed out again, if nobody says how it ended. */
const LEASE_MINUTES = 120

/** The days that are to be matched now, the oldest first, each handed out once; at most `limit`. */
export async function claimDueBillDays(
  tx: Transaction,
  providers: readonly ProviderName[],
  now: Date,
  limit = 100,
): Promise<DayOfProvider[]> {
  const at = sql`${now.toISOString()}::timestamptz`
  const claimed = await tx.execute<DayOfProvider>(sql`
    with claimed as (
      update bill_days set next_try_at = ${at} + ${LEASE_MINUTES} * interval '1 minute'
      where (provider, day) in (
        select provider, day from bill_days
        where state <> 'matched' and next_try_at <= ${at} and provider in ${[...providers]}
        order by day, provider
        limit ${limit}
        for update skip locked
      )
      returning provider, day
    ) select provider, day::text from claimed order by day, provider`)
  return [...claimed]
}
