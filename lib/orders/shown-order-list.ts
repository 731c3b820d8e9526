import { LANGUAGE_TAG, type Locale, type LocalizedText } from '../domain/locale.ts'
import { toFen } from '../domain/money.ts'
import { type OrderFacts, orderStatus } from '../domain/order-status.ts'
import { formatPrice } from '../i18n/format-price.ts'
import { formatTime } from '../i18n/format-time.ts'
import { translator } from '../i18n/translator.ts'
import { accountOrderPath } from '../paths.ts'

/** What the database knows of an order in a list. */
export type ListedOrderRecord = Omit<OrderFacts, 'overdue' | 'returned'> & {
  readonly number: string
  readonly placedAt: Date
  readonly expiresAt: Date
  readonly totalFen: bigint
  readonly units: number
  readonly pieces: readonly { readonly image: string; readonly name: LocalizedText }[]
}

/** An order of a list in words. */
export type ShownListedOrder = {
  readonly href: string
  readonly number: string
  readonly status: string
  readonly placedAt: string
  readonly pieces: string
  readonly total: string
  readonly images: readonly string[]
}

export function showListedOrder(order: ListedOrderRecord, locale: Locale, now: Date): ShownListedOrder {
  const t = translator(locale)
  const status = orderStatus({ ...order, overdue: order.expiresAt <= now, returned: false })
  const names = order.pieces.map(({ name }) => name[locale])
  return {
    href: accountOrderPath(locale, order.number),
    number: t('order.title', { number: order.number }),
    status: t(`customer.orders.status.${status}`),
    placedAt: formatTime(order.placedAt, locale),
    pieces: t('customer.orders.pieces', {
      units: order.units,
      names: new Intl.ListFormat(LANGUAGE_TAG[locale], { type: 'unit', style: 'short' }).format([...new Set(names)]),
    }),
    total: formatPrice(toFen(order.totalFen), locale),
    images: order.pieces.map(({ image }) => image),
  }
}
