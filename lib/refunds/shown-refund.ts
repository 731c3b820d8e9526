import type { Locale } from '../domain/locale.ts'
import { toFen } from '../domain/money.ts'
import type { RefundState } from '../domain/refund-state.ts'
import { formatPrice } from '../i18n/format-price.ts'
import { formatTime } from '../i18n/format-time.ts'
import { translator } from '../i18n/translator.ts'
import type { ProviderName } from '../payments/port.ts'

/** What the database knows of a refund, as far as the order's page tells it. */
export type RefundRecord = {
  readonly cause: 'staff' | 'shopper' | 'surplus' | 'late'
  readonly provider: ProviderName
  readonly refundNo: string
  readonly state: RefundState
  readonly amountFen: bigint
  readonly refundedAt: Date | null
  /** When its money was called back to us; it did not reach the shopper then, whatever the provider says. */
  readonly recalledAt?: Date | null
}

export type ShownRefund = {
  readonly refundNo: string
  /** Why, what, and when it can be seen; one to three sentences. */
  readonly text: string
  readonly rows: readonly (readonly [name: string, value: string])[]
}

const TOLD_AS = {
  pending: 'on_its_way',
  processing: 'on_its_way',
  succeeded: 'arrived',
  failed: 'delayed',
  abnormal: 'astray',
} as const satisfies Record<RefundState, string>

/** A refund in words: where the money is, and when the way that it was paid by will show it. */
export function showRefund(refund: RefundRecord, locale: Locale): ShownRefund {
  const t = translator(locale)
  const { cause, provider, refundNo, state, refundedAt } = refund
  const amount = formatPrice(toFen(refund.amountFen), locale)
  const told = refund.recalledAt ? 'astray' : TOLD_AS[state]
  const values = {
    amount,
    provider: t(`order.provider.${provider}`),
    at: refundedAt ? formatTime(refundedAt, locale) : '',
  }
  const hasArrival = told === 'on_its_way' || told === 'arrived'
  const sentences = [
    ...(cause === 'surplus' || cause === 'late' ? [t(`order.refund.cause.${cause}`)] : []),
    t(`order.refund.state.${told}`, values),
    ...(hasArrival ? [t(`order.refund.arrival.${provider}`)] : []),
  ]
  return {
    refundNo,
    // The full stop of Chinese has its space in it.
    text: sentences.join(locale === 'zh' ? '' : ' '),
    rows: [
      [t('order.refund.amount'), amount],
      [t('order.refund.number'), refundNo],
    ],
  }
}
