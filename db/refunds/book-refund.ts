import 'server-only'
import type { Journal } from '#lib/domain/journal.ts'
import { promisedJournal } from '#lib/domain/refund-effects.ts'
import type { Transaction } from '../client.ts'
import { bookJournal, type JournalSource } from '../ledger/book-journal.ts'
import type { Book } from '../payments/lock-book.ts'
import type { refundRequests } from './schema.ts'

type Request = typeof refundRequests.$inferSelect
/** `promised` and `failed` are booked by the order's event that tells of them, `sent` by the provider's. */
export type RefundStep = 'promised' | 'failed' | 'sent'

/** Books one step of a refund: against what the order brought, or against the claim of a shopper who owed nothing. */
export async function bookRefund(
  tx: Transaction,
  step: RefundStep,
  { request, attempt, source }: { request: Request; attempt: Book['attempt']; source: JournalSource },
): Promise<void> {
  const { orderId } = request
  const { provider, currency } = attempt
  await bookJournal(tx, journalOf(step, request), { source, orderId, provider, currency })
}

function journalOf(step: RefundStep, request: Request): Journal {
  const { amountFen: amount, goodsFen, discountFen: discount, shippingFen: shipping } = request
  if (step === 'sent') return { kind: 'refund_sent', amount }
  if (request.refundDueId) return { kind: step === 'promised' ? 'surplus_returned' : 'surplus_return_failed', amount }
  const promised = promisedJournal({ goods: goodsFen, discount, shipping })
  return step === 'promised' ? promised : { ...promised, kind: 'refund_failed' }
}

export const byOrderEvent = (id: bigint): JournalSource => ({ reference: `order_event:${id}` })
