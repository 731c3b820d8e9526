import { addressLines } from '#lib/domain/address.ts'
import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import { subtractFen, timesFen, toFen } from '#lib/domain/money.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { translator } from '#lib/i18n/translator.ts'
import type { AttemptRecord, OrderRecord, Rows } from '../checkout/shown-order.ts'
import type { RefundRecord } from '../refunds/shown-refund.ts'

export const DOCUMENT_KINDS = ['invoice', 'receipt'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** What the database knows of an order, as far as its papers tell it. */
export type DocumentedOrder = Omit<OrderRecord, 'payment' | 'events'> & {
  readonly locale: Locale
  readonly placedAt: Date
  readonly payment: { readonly capturedFen: bigint; readonly refundedFen: bigint }
}
type OptionNames = ReadonlyMap<string, readonly { readonly value: string; readonly name: string }[]>

/** A paper about an order in words, ready to be set. */
export type OrderDocument = {
  readonly locale: Locale
  /** What a reader finds it by. */
  readonly name: string
  readonly title: string
  readonly issuedAt: Date
  readonly facts: Rows
  readonly parties: readonly { readonly title: string; readonly lines: readonly string[] }[]
  readonly columns: readonly [piece: string, quantity: string, each: string, total: string]
  readonly lines: readonly DocumentLine[]
  /** The last one is what counts. */
  readonly sums: Rows
  readonly parts: readonly { readonly title: string; readonly blocks: readonly Rows[] }[]
  readonly notes: readonly string[]
  /** `1` of `2` in words. */
  readonly page: (page: number, of: number) => string
}
export type DocumentLine = {
  readonly name: string
  readonly details: string
  readonly quantity: string
  readonly each: string
  readonly total: string
}

/** Papers tell of money that came, so there are none before. */
export const hasDocuments = ({ payment }: Pick<DocumentedOrder, 'payment'>): boolean => payment.capturedFen > 0n

/**
 * The invoice (what was bought) or the receipt (what was paid, and what went back) of an order, in the order's own
 * language.
 * @param seller the shop's name and address, line by line.
 */
export function orderDocument(
  kind: DocumentKind,
  order: DocumentedOrder,
  { attempts, refunds, optionNames, seller, now }: DocumentSources,
): OrderDocument {
  const { locale, number, payment } = order
  const t = translator(locale)
  const price = (amount: bigint) => formatPrice(toFen(amount), locale)
  const payments = attempts.flatMap((attempt) => paymentRows(attempt, locale))
  const goneBack = refunds.flatMap((refund) => refundRows(refund, locale))
  return {
    locale,
    name: `comptoir-${kind}-${number}`,
    title: t(`documents.${kind}.title`),
    issuedAt: now,
    facts: [
      [t('documents.order'), number],
      [t('documents.placedAt'), formatTime(order.placedAt, locale)],
      [t('documents.issuedAt'), formatTime(now, locale)],
    ],
    parties: [
      { title: t('documents.from'), lines: seller },
      { title: t('documents.to'), lines: buyerLines(order) },
    ],
    columns: [t('documents.piece'), t('documents.quantity'), t('documents.each'), t('documents.amount')],
    lines: order.lines.map((line) => ({
      name: line.name[locale],
      details: [...optionsOf(line.options, optionNames), line.sku].join(' · '),
      quantity: String(line.quantity),
      each: price(line.unitPriceFen),
      total: formatPrice(timesFen(toFen(line.unitPriceFen), line.quantity), locale),
    })),
    sums: [
      [t('order.subtotal'), price(order.subtotalFen)],
      ...(order.discountFen > 0n ? [[t('order.discount'), price(-order.discountFen)] as const] : []),
      [t('order.shipping'), order.shippingFen === 0n ? t('order.free') : price(order.shippingFen)],
      [t('order.total'), price(order.totalFen)],
      ...(kind === 'receipt' ? [[t('documents.paid'), price(payment.capturedFen)] as const] : []),
      ...(payment.refundedFen > 0n ? [[t('documents.refunded'), price(-payment.refundedFen)] as const] : []),
      ...(kind === 'receipt' || payment.refundedFen > 0n
        ? [[t('documents.kept'), formatPrice(keptOf(payment), locale)] as const]
        : []),
    ],
    parts: [
      { title: t('documents.payments'), blocks: payments },
      { title: t('documents.refunds'), blocks: goneBack },
    ].filter(({ blocks }) => blocks.length > 0),
    notes: [...(payment.refundedFen > 0n ? [t('documents.refundedNote')] : []), t(`documents.${kind}.note`)],
    page: (page, of) => t('documents.page', { page, of }),
  }
}

export type DocumentSources = {
  readonly attempts: readonly AttemptRecord[]
  readonly refunds: readonly RefundRecord[]
  readonly optionNames: OptionNames
  readonly seller: readonly string[]
  readonly now: Date
}

const keptOf = ({ capturedFen, refundedFen }: DocumentedOrder['payment']) =>
  subtractFen(toFen(capturedFen), toFen(refundedFen))

const optionsOf = (options: Readonly<Record<string, string>>, names: OptionNames): readonly string[] =>
  Object.entries(options).map(
    ([option, value]) => names.get(option)?.find((known) => known.value === value)?.name ?? value,
  )

/** An address that was erased leaves nothing of the buyer on paper. */
function buyerLines({ address, locale, email }: DocumentedOrder): readonly string[] {
  if (!address) return []
  const countries = new Intl.DisplayNames(LANGUAGE_TAG[locale], { type: 'region' })
  const country = countries.of(address.country) ?? address.country
  return [...addressLines({ ...address, country }, address.country === 'CN'), address.phone, email]
}

function paymentRows({ provider, amountFen, providerTradeNo, paidAt }: AttemptRecord, locale: Locale): Rows[] {
  if (!providerTradeNo || !paidAt) return []
  const t = translator(locale)
  const name = t(`order.provider.${provider}`)
  return [
    [
      [t('order.receipt.by'), name],
      [t('order.receipt.at'), formatTime(paidAt, locale)],
      [t('order.receipt.amount'), formatPrice(toFen(amountFen), locale)],
      [t('order.receipt.number', { provider: name }), providerTradeNo],
    ],
  ]
}

/** What failed moved no money, so a paper does not tell of it. */
function refundRows({ provider, refundNo, state, amountFen, refundedAt }: RefundRecord, locale: Locale): Rows[] {
  if (state === 'failed') return []
  const t = translator(locale)
  return [
    [
      [t('documents.refundBy'), t(`order.provider.${provider}`)],
      [t('documents.refundAt'), refundedAt ? formatTime(refundedAt, locale) : t('documents.onItsWay')],
      [t('order.refund.amount'), formatPrice(toFen(amountFen), locale)],
      [t('order.refund.number'), refundNo],
    ],
  ]
}
