import { openAccountOrder } from '#db/orders/open-order.ts'
import { currentAccount } from '#lib/auth/current-account.ts'
import { streamOrder } from '../../../../orders/stream-order.ts'

/** Tells the page of a customer's order that it changed. 404 for who is signed out, and for somebody else's. */
export async function GET(
  _: Request,
  { params }: RouteContext<'/api/account/orders/[number]/events'>,
): Promise<Response> {
  const [{ number }, account] = await Promise.all([params, currentAccount()])
  if (!account) return new Response(null, { status: 404 })
  return streamOrder(() => openAccountOrder(account.id, number))
}
