import type { NextRequest } from 'next/server'
import { findPhotoOrder } from '#db/after-sales/find-photo-order.ts'
import { isOrderOf } from '#db/orders/is-order-of.ts'
import { openOrder } from '#db/orders/open-order.ts'
import { readPhoto } from '#lib/after-sales/photo-files.ts'
import { currentSession } from '#lib/auth/current-session.ts'
import { mayDo } from '#lib/domain/permissions.ts'
import { isSecret } from '#lib/domain/secret.ts'
import { staffStanding } from '#lib/domain/session-rules.ts'

/**
 * A photograph of a shopper's request, for whose order it is about and for staff who may see orders. Everybody else is
 * told that there is none, as for a name that no photograph has.
 */
export async function GET(
  request: NextRequest,
  { params }: RouteContext<'/api/request-photos/[name]'>,
): Promise<Response> {
  const { name } = await params
  const [orderId, bytes] = await Promise.all([findPhotoOrder(name), readPhoto(name)])
  const allowed = orderId !== null && (await mayLook(orderId, request.nextUrl.searchParams.get('order')))
  if (!bytes || !allowed) return new Response(null, { status: 404, headers: { 'cache-control': 'private, no-store' } })
  return new Response(bytes, {
    headers: {
      'content-type': 'image/jpeg',
      'content-disposition': 'inline; filename="photo.jpg"',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
}

/** @param secret of the order's page, for a shopper without an account. */
async function mayLook(orderId: string, secret: string | null): Promise<boolean> {
  if (secret !== null && isSecret(secret) && (await openOrder(secret))?.id === orderId) return true
  const session = await currentSession()
  if (!session) return false
  const { staff, account } = session
  if (staff && staffStanding(session, new Date()) === 'open' && mayDo(staff.roles, 'orders.read')) return true
  return isOrderOf(account.id, orderId)
}
