import type { getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/locale.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'

export type PaymentWords = Awaited<ReturnType<typeof getTranslations<'officePayments'>>>
export type InPaymentWords = { readonly t: PaymentWords; readonly locale: Locale }

/** An amount, or a dash where there is none. */
export const priceOrDash = (amount: bigint | null, locale: Locale): string =>
  amount === null ? '–' : formatPrice(toFen(amount) as Fen, locale)
