import 'server-only'
import { nextAfterSaleState } from '#lib/domain/after-sale-state.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { db } from '../client.ts'
import { announceOrderChange } from '../orders/order-changed.ts'
import { moveRequest } from '../refunds/move-request.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { lockRequest, type MovedOn, movedOn } from './lock-request.ts'

export type WithdrawRequestError = { readonly code: 'unknown_request' } | MovedOn

/**
 * The shopper does not want it any more. Possible until pieces came back or money was sent.
 * @param orderId of an order that belongs to whoever asks: a request of another one is unknown.
 */
export async function withdrawRequest(requestId: string, orderId: string): Promise<Result<null, WithdrawRequestError>> {
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const locked = await lockRequest(tx, requestId)
      if (!locked || locked.request.orderId !== orderId) return err({ code: 'unknown_request' })
      const { request, refundTried } = locked
      if (refundTried || nextAfterSaleState(request.state, 'withdrawn') === null) return err(await movedOn(tx, request))
      await moveRequest(tx, request, { event: 'withdrawn', actor: 'shopper', reason: null })
      await announceOrderChange(tx, orderId)
      return ok(null)
    }),
  )
}
