import 'server-only'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Fen } from '#lib/domain/money.ts'
import type { Transaction } from '../client.ts'
import type { Book } from '../payments/lock-book.ts'
import { type EVENT_SOURCES, paymentIncidents, REFUND_INCIDENT_KINDS } from '../payments/schema.ts'
import type { refunds } from './schema.ts'

type AboutRefund = { readonly book: Book; readonly refund: typeof refunds.$inferSelect }

export type RefundIncident = AboutRefund & {
  readonly kind: (typeof REFUND_INCIDENT_KINDS)[number] | 'amount'
  readonly providerCode: string | null
  /** What the provider says went back, where that is the trouble. */
  readonly reported: Fen | null
  readonly source: (typeof EVENT_SOURCES)[number]
}

/**
 * Calls a person to a refund. One that fails again after it was seen to is open again; what can't be right is told once.
 * @returns false when they were called to the same before.
 */
export async function openRefundIncident(tx: Transaction, incident: RefundIncident): Promise<boolean> {
  const { book, refund, kind, providerCode, reported, source } = incident
  const insert = tx.insert(paymentIncidents).values({
    attemptId: book.attempt.id,
    kind,
    eventId: refund.refundNo,
    providerCode,
    providerTradeNo: book.attempt.providerTradeNo ?? book.attempt.outTradeNo,
    reportedFen: reported ?? refund.amountFen,
    reportedCurrency: refund.currency,
    source,
  })
  const { attemptId, eventId, reportedFen, reportedCurrency } = paymentIncidents
  const target = [attemptId, paymentIncidents.kind, eventId, reportedFen, reportedCurrency]
  const opened = await (kind === 'amount'
    ? insert.onConflictDoNothing().returning()
    : insert.onConflictDoUpdate({ target, set: { providerCode, settledAt: null } }).returning())
  return opened.length > 0
}

/** Closes what a person was called for: the refund was sent again, or arrived after all. A dispute stays open. */
export async function closeRefundIncidents(
  tx: Transaction,
  { book, refund, now }: AboutRefund & { readonly now: Date },
): Promise<void> {
  await tx
    .update(paymentIncidents)
    .set({ settledAt: now })
    .where(
      and(
        eq(paymentIncidents.attemptId, book.attempt.id),
        eq(paymentIncidents.eventId, refund.refundNo),
        inArray(paymentIncidents.kind, REFUND_INCIDENT_KINDS),
        isNull(paymentIncidents.settledAt),
      ),
    )
}
