import { addressLines } from '#lib/domain/address.ts'
import type { AttemptState } from '#lib/domain/attempt-state.ts'
import { LANGUAGE_TAG, type Locale, type LocalizedText } from '#lib/domain/locale.ts'
import { type Fen, timesFen, toFen } from '#lib/domain/money.ts'
import { mayPay, type OrderFacts, type OrderStatus, orderStatus } from '#lib/domain/order-status.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { translator } from '#lib/i18n/translator.ts'
import { productPath } from '#lib/paths.ts'
import type { ProviderName } from '../payments/port.ts'

/** What the database knows of an order, as far as its page tells it. */
export type OrderRecord = Omit<OrderFacts, 'paymentState' | 'overdue' | 'returned'> & {
  readonly number: string
  readonly email: string
  readonly expiresAt: Date
  readonly subtotalFen: bigint
  readonly discountFen: bigint
  readonly couponCode: string | null
  readonly shippingFen: bigint
  readonly totalFen: bigint
  readonly payment: { readonly state: OrderFacts['paymentState'] }
  readonly address: (Parameters<typeof addressLines>[0] & { readonly phone: string }) | null
  readonly lines: readonly {
    readonly sku: string
    readonly productSlug: string
    readonly variantSlug: string
    readonly name: LocalizedText
    readonly options: Readonly<Record<string, string>>
    readonly image: string
    readonly unitPriceFen: bigint
    readonly quantity: number
  }[]
  readonly events: readonly { readonly axis: string; readonly event: string; readonly at: Date }[]
}

export type AttemptRecord = {
  readonly provider: ProviderName
  readonly state: AttemptState
  readonly amountFen: bigint
  readonly providerTradeNo: string | null
  readonly paidAt: Date | null
}

/** An order in words, ready to be set out. */
export type ShownOrder = {
  readonly status: OrderStatus
  readonly heading: string
  readonly text: string
  /** Whether a way to pay may be offered. */
  readonly payable: boolean
  readonly title: string
  readonly total: string
  readonly receipts: readonly Rows[]
  readonly lines: readonly ShownOrderLine[]
  readonly sums: Rows
  readonly address: readonly string[]
  readonly history: Rows
}
/** Names with what belongs to them. */
export type Rows = readonly (readonly [name: string, value: string])[]
type OptionNames = ReadonlyMap<string, readonly { readonly value: string; readonly name: string }[]>
export type ShowOptions = {
  readonly locale: Locale
  readonly optionNames: OptionNames
  readonly returned: boolean
  readonly now: Date
}
export type ShownOrderLine = {
  readonly sku: string
  readonly href: string
  readonly name: string
  readonly options: string
  readonly image: string
  readonly quantity: string
  readonly total: string
}

const TOLD = {
  placed: 'placed',
  attempt_started: 'attempt_started',
  captured: 'captured',
  attempt_failed: 'attempt_failed',
  attempt_closed: 'attempt_closed',
  attempt_deadline_passed: 'attempt_closed',
  cancelled: 'cancelled',
  deadline_passed: 'deadline_passed',
  completed: 'completed',
  surplus: 'surplus',
  late: 'late',
  revived: 'revived',
  refund_started: 'refund_started',
  refund_succeeded: 'refund_succeeded',
  refund_failed: 'refund_failed',
  refund_went_astray: 'refund_went_astray',
  refund_unasked: 'refunded',
  shipped_in_part: 'shipped_in_part',
  shipped_in_full: 'shipped_in_full',
  delivered_in_part: 'delivered_in_part',
  delivered: 'delivered',
  returned: 'returned',
} as const
const isTold = (event: string): event is keyof typeof TOLD => Object.hasOwn(TOLD, event)

/**
 * @param optionNames option → its values with their names, in the page's language.
 * @param returned true for a browser that comes back from a provider.
 * @param now compared with the deadline.
 */
export function showOrder(
  order: OrderRecord,
  attempts: readonly AttemptRecord[],
  { locale, optionNames, returned, now }: ShowOptions,
): ShownOrder {
  const t = translator(locale)
  const price = (amount: bigint) => formatPrice(toFen(amount), locale)
  const facts = { ...order, paymentState: order.payment.state, overdue: order.expiresAt <= now, returned }
  const status = orderStatus(facts)
  const reducedBy = order.discountFen > 0n ? 'discount' : 'shipping'
  /** The code stands beside the sum that it made smaller. */
  const nameOf = (sum: 'discount' | 'shipping') =>
    order.couponCode !== null && sum === reducedBy
      ? t('order.withCode', { sum: t(`order.${sum}`), code: order.couponCode })
      : t(`order.${sum}`)
  const told = { deadline: formatTime(order.expiresAt, locale), email: order.email }
  return {
    status,
    heading: t(`order.status.${status}.heading`),
    text: t(`order.status.${status}.text`, told),
    payable: mayPay(facts),
    title: t('order.title', { number: order.number }),
    total: price(order.totalFen),
    receipts: attempts.flatMap((attempt) => showReceipt(attempt, locale)),
    lines: order.lines.map((line) => showLine(line, locale, optionNames)),
    sums: [
      [t('order.subtotal'), price(order.subtotalFen)],
      ...(order.discountFen > 0n ? [[nameOf('discount'), price(-order.discountFen)] as const] : []),
      [nameOf('shipping'), order.shippingFen === 0n ? t('order.free') : price(order.shippingFen)],
      [t('order.total'), price(order.totalFen)],
    ],
    address: order.address ? showAddress(order.address, locale) : [],
    history: order.events.flatMap((event) => showEvent(event, locale)).filter(isFirst),
  }
}

/** Each step of a refund is told by its payment already. */
function showEvent({ axis, event, at }: OrderRecord['events'][number], locale: Locale): Rows {
  if (axis === 'after_sale' || !isTold(event)) return []
  return [[formatTime(at, locale), translator(locale)(`order.event.${TOLD[event]}`)]]
}

/** What happened twice in a minute is told once. */
const isFirst = ([at, what]: Rows[number], place: number, history: Rows): boolean =>
  history.findIndex((other) => other[0] === at && other[1] === what) === place

/** The provider's own number stands on the shopper's statement: by it both find the payment. */
function showReceipt({ provider, amountFen, providerTradeNo, paidAt }: AttemptRecord, locale: Locale): readonly Rows[] {
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

function showLine(line: OrderRecord['lines'][number], locale: Locale, names: OptionNames): ShownOrderLine {
  const nameOf = ([option, value]: [string, string]) =>
    names.get(option)?.find((known) => known.value === value)?.name ?? value
  const unit: Fen = toFen(line.unitPriceFen)
  return {
    sku: line.sku,
    href: productPath(locale, line.productSlug, line.variantSlug),
    name: line.name[locale],
    options: Object.entries(line.options).map(nameOf).join(' · '),
    image: line.image,
    quantity: translator(locale)('order.quantity', { quantity: line.quantity, price: formatPrice(unit, locale) }),
    total: formatPrice(timesFen(unit, line.quantity), locale),
  }
}

function showAddress(address: NonNullable<OrderRecord['address']>, locale: Locale): readonly string[] {
  const countries = new Intl.DisplayNames(LANGUAGE_TAG[locale], { type: 'region' })
  const country = countries.of(address.country) ?? address.country
  return [...addressLines({ ...address, country }, address.country === 'CN'), address.phone]
}
