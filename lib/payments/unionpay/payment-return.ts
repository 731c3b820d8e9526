import { err, ok, type Result } from '../../result.ts'
import type { VerifyError } from '../errors.ts'
import type { PaymentReturn, ReturnMessage } from '../port.ts'
import type { UnionpayClient } from './client.ts'
import { verifyNotice } from './notification.ts'
import { PAYMENT_TYPE } from './wire.ts'

/** The signed form that the buyer's browser posts to us. It can be kept and sent again: it names an order, no more. */
export function verifyReturn(
  client: UnionpayClient,
  { body }: ReturnMessage,
  now: Date,
): Result<PaymentReturn, VerifyError> {
  const verified = verifyNotice(client, body, now)
  if (!verified.ok) return verified
  const { txnType, orderId, queryId } = verified.value
  if (txnType !== PAYMENT_TYPE) return err({ code: 'malformed', reason: 'genuine, but no return of a payment' })
  return ok({ outTradeNo: orderId, providerTradeNo: queryId })
}
