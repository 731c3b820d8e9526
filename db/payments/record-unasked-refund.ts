import 'server-only'
import { and, eq, ne, sum } from 'drizzle-orm'
import type { Fen } from '#lib/domain/money.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { openReport } from '../incidents/open-report.ts'
import { refunds } from '../refunds/schema.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { lockBook } from './lock-book.ts'
import { type EVENT_SOURCES, paymentAttempts } from './schema.ts'
import { updatePaymentState } from './update-payment-state.ts'

export type UnaskedRefund = {
  readonly provider: ProviderName
  readonly outTradeNo: string
  readonly providerTradeNo: string
  /** All that went back on this trade so far. */
  readonly refundedTotal: Fen
  readonly source: (typeof EVENT_SOURCES)[number]
}

/**
 * Money that went back at the provider without our asking, say from its own console: kept as an incident for a person,
 * once for each total, however we hear of it. A total that our own refunds of the attempt explain is none, also while
 * they are under way. The attempt must be one of ours.
 */
export async function recordUnaskedRefund(refund: UnaskedRefund): Promise<void> {
  const { provider, outTradeNo, providerTradeNo, refundedTotal, source } = refund
  await retryConflicts(() =>
    db.transaction(async (tx) => {
      const thisAttempt = and(eq(paymentAttempts.provider, provider), eq(paymentAttempts.outTradeNo, outTradeNo))
      const book = await lockBook(tx, thisAttempt)
      const [ours] = await tx
        .select({ total: sum(refunds.amountFen).mapWith(BigInt) })
        .from(refunds)
        .where(and(eq(refunds.attemptId, book.attempt.id), ne(refunds.state, 'failed')))
      if (refundedTotal <= (ours?.total ?? 0n)) return
      const isNew = await openReport(tx, book, {
        kind: 'refund_unasked',
        eventId: `refunded:${providerTradeNo}`,
        providerCode: null,
        providerTradeNo,
        reported: refundedTotal,
        currency: book.attempt.currency,
        source,
        mayReopen: false,
      })
      if (!isNew) return
      await updatePaymentState(tx, book, { event: 'refund_unasked', actor: `provider:${provider}`, reason: source })
    }),
  )
}
