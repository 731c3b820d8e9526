import { openPayment } from '#db/orders/open-order.ts'
import { streamOrder } from '../../stream-order.ts'

/** Tells the page of an order, or that of somebody who pays it, that it changed. 404 for a wrong secret. */
export async function GET(_: Request, { params }: RouteContext<'/api/orders/[secret]/events'>): Promise<Response> {
  const { secret } = await params
  return streamOrder(() => openPayment(secret))
}
