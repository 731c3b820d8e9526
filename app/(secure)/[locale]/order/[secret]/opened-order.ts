import { notFound } from 'next/navigation'
import { readOptionNames } from '#db/catalog/read-option-names.ts'
import { findOrder } from '#db/orders/find-order.ts'
import { listAttempts } from '#db/payments/list-attempts.ts'
import { type ShownOrder, showOrder } from '#lib/checkout/shown-order.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { orderVersion } from '#lib/domain/order-status.ts'
import { isSecret } from '#lib/domain/secret.ts'

/**
 * The order that the address opens, as it stands and as it is shown; the proxy has turned wrong secrets away.
 * @param returned true for a browser that comes back from a provider.
 */
export async function openedOrder(secret: string, locale: Locale, { returned }: { returned: boolean }) {
  const order = isSecret(secret) ? await findOrder(secret) : null
  if (!order) notFound()
  const [attempts, optionNames] = await Promise.all([listAttempts(order.id), readOptionNames(locale)])
  const version = orderVersion({ ...order, paymentState: order.payment.state })
  const shown: ShownOrder = showOrder(order, attempts, { locale, optionNames, returned, now: new Date() })
  return { order, attempts, version, shown }
}
