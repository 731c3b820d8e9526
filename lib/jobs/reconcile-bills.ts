import 'server-only'
import { z } from 'zod'
import { db } from '#db/client.ts'
import { enqueue } from '#db/jobs/enqueue.ts'
import { bookBillFees } from '#db/reconciliation/book-bill-fees.ts'
import { claimDueBillDays } from '#db/reconciliation/claim-due-bill-days.ts'
import { listUnbookedBillDays } from '#db/reconciliation/list-unbooked-bill-days.ts'
import { planBillDays } from '#db/reconciliation/plan-bill-days.ts'
import { lastReadyDay } from '../domain/bill-day.ts'
import { type PaymentRegistry, paymentProviders } from '../payments/registry.ts'
import { settleByRule } from '../reconciliation/settle-by-rule.ts'
import { defineJob } from './job.ts'

/**
 * Looks which days of which providers are to be matched, books the fees of those whose worker died before it could, and
 * asks about differences that an answer can end.
 */
export const reconcileBillsJob = defineJob({
  name: 'reconcile-bills',
  data: z.strictObject({}),
  cron: '*/10 * * * *',
  run: async (_, { now }) => {
    const days = await startDueDays(paymentProviders(), now)
    for (const day of await listUnbookedBillDays()) await bookBillFees(day)
    return { days, settled: await settleByRule(paymentProviders(), now) }
  },
})

/** Hands out each day whose bill should be there and that is not matched yet. @returns how many. */
export async function startDueDays(providers: PaymentRegistry, now: Date): Promise<number> {
  for (const { name, billDay } of providers.values())
    await planBillDays(name, { startsAt: billDay.startsAt, lastDay: lastReadyDay(now, billDay.readyAt), now })
  return db.transaction(async (tx) => {
    const days = await claimDueBillDays(tx, [...providers.keys()], now)
    if (days.length > 0) await enqueue(tx, ...days.map((data) => ({ name: 'reconcile-day', data }) as const))
    return days.length
  })
}
