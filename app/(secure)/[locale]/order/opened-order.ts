import { notFound } from 'next/navigation'
import { listRequestsOf } from '#db/after-sales/list-requests-of.ts'
import { readOptionNames } from '#db/catalog/read-option-names.ts'
import { listParcelsOf } from '#db/fulfilment/list-parcels-of.ts'
import { findAccountOrder, findOrder, type OrderView } from '#db/orders/find-order.ts'
import { listAttempts } from '#db/payments/list-attempts.ts'
import { listRefunds } from '#db/refunds/list-refunds.ts'
import { type ShownOrder, showOrder } from '#lib/checkout/shown-order.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { isUnderWay, orderVersion } from '#lib/domain/order-status.ts'
import { isSecret } from '#lib/domain/secret.ts'
import { showParcel } from '#lib/orders/shown-parcel.ts'
import { showRefund } from '#lib/refunds/shown-refund.ts'

export type OpenedOrder = Awaited<ReturnType<typeof showOpened>>
type Visit = {
  /** True for a browser that comes back from a provider. */
  readonly returned: boolean
}

/** The order that the address opens; the proxy has turned wrong secrets away. */
export async function openedOrder(secret: string, locale: Locale, visit: Visit): Promise<OpenedOrder> {
  return showOpened(isSecret(secret) ? await findOrder(secret) : null, locale, visit)
}

/** A customer's own order by its number. */
export async function openedAccountOrder(accountId: string, number: string, locale: Locale): Promise<OpenedOrder> {
  return showOpened(await findAccountOrder(accountId, number), locale, { returned: false })
}

/** The order as it stands and as it is shown. `follow` is the version that it has, null when nothing more is awaited. */
async function showOpened(order: OrderView | null, locale: Locale, { returned }: Visit) {
  if (!order) notFound()
  const [attempts, refunds, parcels, requests, optionNames] = await Promise.all([
    listAttempts(order.id),
    listRefunds(order.id),
    listParcelsOf(order.id),
    listRequestsOf(order.id),
    readOptionNames(locale),
  ])
  const { state: paymentState, refundingFen: refunding, refundedFen: refunded } = order.payment
  const lastEvent = order.events.at(-1)?.id ?? 0n
  const standing = { ...order, paymentState, refunding, refunded, lastEvent }
  const follow = isUnderWay(standing) ? orderVersion(standing) : null
  const shown: ShownOrder = showOrder(order, attempts, { locale, optionNames, returned, now: new Date() })
  return {
    order,
    attempts,
    shown,
    follow,
    askedToCancel: requests.some(({ kind, state }) => kind === 'cancellation' && state === 'requested'),
    refunds: refunds.map((refund) => showRefund(refund, locale)),
    parcels: parcels.map((parcel) => showParcel(parcel, order.lines, locale)),
  }
}
