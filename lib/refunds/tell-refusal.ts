import type { AnswerRequestError } from '#db/after-sales/answer-request.ts'
import type { ReceiveGoodsError } from '#db/after-sales/receive-goods.ts'
import type { DecideProposalError } from '#db/refunds/decide-proposal.ts'
import type { RefundByStaffError } from '#db/refunds/refund-by-staff.ts'
import type { ResendRefundError } from '#db/refunds/resend-refund.ts'
import type { Locale } from '../domain/locale.ts'
import { formatPrice } from '../i18n/format-price.ts'
import { formatTime } from '../i18n/format-time.ts'
import { translator } from '../i18n/translator.ts'
import type { RecallRefundError } from './recall-refund.ts'

export type AfterSaleRefusal =
  | AnswerRequestError
  | ReceiveGoodsError
  | DecideProposalError
  | RefundByStaffError
  | ResendRefundError
  | RecallRefundError

/** Whom a refusal names. */
export const actorsOfRefusal = (refusal: AfterSaleRefusal): readonly string[] => ('by' in refusal ? [refusal.by] : [])

/** Why nothing was done, in a sentence; with what happened meanwhile. */
export function tellAfterSaleRefusal(
  refusal: AfterSaleRefusal,
  locale: Locale,
  nameOf: (actor: string) => string,
): string {
  const t = translator(locale)
  const left = 'left' in refusal ? refusal.left : 0
  return t(`officeReturns.refused.${refusal.code}`, {
    line: 'position' in refusal ? refusal.position + 1 : 0,
    left: typeof left === 'bigint' ? formatPrice(left, locale) : left,
    most: 'most' in refusal ? refusal.most : 0,
    state: 'state' in refusal ? t(`officeReturns.state.${refusal.state}`) : '',
    decision: 'decision' in refusal ? refusal.decision : 'approved',
    by: 'by' in refusal ? nameOf(refusal.by) : '',
    at: 'at' in refusal ? formatTime(refusal.at, locale) : '',
    until: 'until' in refusal ? formatTime(refusal.until, locale) : '',
    why: 'reason' in refusal ? refusal.reason : '',
  })
}
