import { notFound } from 'next/navigation'
import { readOptionNames } from '#db/catalog/read-option-names.ts'
import { findOrder } from '#db/orders/find-order.ts'
import { listAttempts } from '#db/payments/list-attempts.ts'
import { listRefunds } from '#db/refunds/list-refunds.ts'
import { type ShownOrder, showOrder } from '#lib/checkout/shown-order.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { isUnderWay, orderVersion } from '#lib/domain/order-status.ts'
import { isSecret } from '#lib/domain/secret.ts'
import { showRefund } from '#lib/refunds/shown-refund.ts'

/**
 * The order that the address opens, as it stands and as it is shown; the proxy has turned wrong secrets away.
 * `follow` is the version that it has, null when nothing more is awaited.
 * @param returned true for a browser that comes back from a provider.
 */
export async function openedOrder(secret: string, locale: Locale, { returned }: { returned: boolean }) {
  const order = isSecret(secret) ? await findOrder(secret) : null
  if (!order) notFound()
  const [attempts, refunds, optionNames] = await Promise.all([
    listAttempts(order.id),
    listRefunds(order.id),
    readOptionNames(locale),
  ])
  const { state: paymentState, refundingFen: refunding, refundedFen: refunded } = order.payment
  const standing = { ...order, paymentState, refunding, refunded }
  const follow = isUnderWay(standing) ? orderVersion(standing) : null
  const shown: ShownOrder = showOrder(order, attempts, { locale, optionNames, returned, now: new Date() })
  return { order, attempts, shown, follow, refunds: refunds.map((refund) => showRefund(refund, locale)) }
}
