'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { type BookRefundError, bookConsoleRefund } from '#db/reconciliation/book-console-refund.ts'
import { correctDifference, type DecideError, explainDifference } from '#db/reconciliation/decide-difference.ts'
import { rerunBillDay } from '#db/reconciliation/rerun-bill-day.ts'
import { ACCOUNT_NAMES } from '#lib/domain/journal.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { parseYuan } from '#lib/domain/money.ts'
import { done, type Outcome, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import type { Result } from '#lib/result.ts'

const Id = z.uuid()
const Reason = z.string().trim().min(3, 'officePayments.errors.reason').max(2000)

/** What came of a decision, and the page as it is now. */
function answer(decided: Result<null, DecideError | BookRefundError>, locale: Locale): Outcome {
  const t = translator(locale)
  if (!decided.ok) return refused(t(`officePayments.errors.${decided.error.code}`))
  refresh()
  return done(t('officePayments.decided'))
}

/** Settles a difference that needs no booking. */
export const explainDifferenceAction = staffAction(
  'payments.reconcile',
  z.object({ id: Id, reason: Reason }),
  async ({ id, reason }, { permit, ip, locale }) => answer(await explainDifference(permit, id, { reason, ip }), locale),
)

/** Settles a difference by a journal between two accounts. */
export const correctDifferenceAction = staffAction(
  'payments.reconcile',
  z.object({
    id: Id,
    debit: z.enum(ACCOUNT_NAMES),
    credit: z.enum(ACCOUNT_NAMES),
    amount: z.string().trim().max(20),
    reason: Reason,
  }),
  async ({ id, debit, credit, amount, reason }, { permit, ip, locale }) => {
    const fen = parseYuan(amount)
    if (fen === null) return refused(null, { amount: translator(locale)('officePayments.errors.no_amount') })
    return answer(await correctDifference(permit, id, { debit, credit, amount: fen }, { reason, ip }), locale)
  },
  { stepUp: true },
)

/** Takes a refund into the book that was made at the provider's own console. */
export const bookRefundAction = staffAction(
  'payments.reconcile',
  z.object({ id: Id, reason: Reason }),
  async ({ id, reason }, { permit, ip, locale }) => answer(await bookConsoleRefund(permit, id, { reason, ip }), locale),
  { stepUp: true },
)

/** Has the bill of a day fetched and matched again. */
export const rerunBillDayAction = staffAction(
  'payments.reconcile',
  z.object({ provider: z.enum(PROVIDER_NAMES), day: z.iso.date() }),
  async (ofDay, { permit, ip, locale }) => {
    const t = translator(locale)
    return (await rerunBillDay(permit, ofDay, ip))
      ? done(t('officePayments.bills.asked'))
      : refused(t('officePayments.errors.unknown'))
  },
)
