import { followOrder } from '#db/orders/follow-order.ts'
import type { OpenedOrder } from '#db/orders/open-order.ts'
import { orderStream } from '#lib/checkout/order-stream.ts'
import { isUnderWay, orderVersion } from '#lib/domain/order-status.ts'

/** A stream costs a socket and a timer: enough for every shopper who is paying, and few for one order. */
const STREAMS_AT_MOST = 1_000
const STREAMS_OF_ONE_ORDER_AT_MOST = 8

const open = new Map<string, number>()
let total = 0

function count(orderId: string, change: 1 | -1) {
  const left = (open.get(orderId) ?? 0) + change
  if (left > 0) open.set(orderId, left)
  else open.delete(orderId)
  total += change
}

/**
 * Tells a page of an order that it changed. 404 where there is none, 503 when too many are following.
 * @param read the order as it stands, for whoever asks.
 */
export async function streamOrder(read: () => Promise<OpenedOrder | null>): Promise<Response> {
  const order = await read()
  if (!order) return new Response(null, { status: 404 })
  if (total >= STREAMS_AT_MOST || (open.get(order.id) ?? 0) >= STREAMS_OF_ONE_ORDER_AT_MOST)
    return new Response(null, { status: 503, headers: { 'retry-after': '30' } })

  count(order.id, 1)
  const stream = orderStream({
    read: async () => {
      const now = await read()
      return now && { version: orderVersion(now), final: !isUnderWay(now) }
    },
    follow: (onChange) => followOrder(order.id, onChange),
    onEnd: () => count(order.id, -1),
  })
  // `no-transform` keeps compression from holding events back.
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' }
  return new Response(stream, { headers })
}
