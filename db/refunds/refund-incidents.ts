import 'server-only'
import { type Fen, toFen } from '#lib/domain/money.ts'
import { REFUND_INCIDENT_KINDS } from '#lib/domain/risk/incident-kinds.ts'
import type { Transaction } from '../client.ts'
import { openReport, passReports } from '../incidents/open-report.ts'
import type { Book } from '../payments/lock-book.ts'
import type { EVENT_SOURCES } from '../payments/schema.ts'
import type { refunds } from './schema.ts'

type AboutRefund = { readonly book: Book; readonly refund: typeof refunds.$inferSelect }

export type RefundIncident = AboutRefund & {
  readonly kind: (typeof REFUND_INCIDENT_KINDS)[number] | 'disputed_amount'
  readonly providerCode: string | null
  /** What the provider says went back, where that is the trouble. */
  readonly reported: Fen | null
  readonly source: (typeof EVENT_SOURCES)[number]
}

/**
 * Calls a person to a refund. One that fails again after it was seen to is open again; what can't be right is told once.
 * @returns false when they were called to the same before.
 */
export const openRefundIncident = (tx: Transaction, incident: RefundIncident): Promise<boolean> => {
  const { book, refund, kind, providerCode, reported, source } = incident
  return openReport(tx, book, {
    kind,
    eventId: refund.refundNo,
    providerCode,
    providerTradeNo: book.attempt.providerTradeNo ?? book.attempt.outTradeNo,
    reported: reported ?? toFen(refund.amountFen),
    currency: refund.currency,
    source,
    mayReopen: kind !== 'disputed_amount',
  })
}

/** Closes what a person was called for: the refund was sent again, or arrived after all. A dispute stays open. */
export const closeRefundIncidents = (
  tx: Transaction,
  { book, refund, now }: AboutRefund & { readonly now: Date },
): Promise<void> =>
  passReports(tx, { attemptId: book.attempt.id, kinds: REFUND_INCIDENT_KINDS, eventId: refund.refundNo }, now)
