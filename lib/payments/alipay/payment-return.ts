import { z } from 'zod'
import { err, ok, type Result } from '../../result.ts'
import type { VerifyError } from '../errors.ts'
import type { PaymentReturn, ReturnMessage } from '../port.ts'
import type { AlipayClient } from './client.ts'
import { verifyMessage } from './verify-message.ts'

const MAX_QUERY_LENGTH = 8192

const SignedReturn = z.object({
  method: z.enum(['alipay.trade.page.pay.return', 'alipay.trade.wap.pay.return']),
  out_trade_no: z.string().min(1).max(64),
  trade_no: z.string().min(1).max(64),
})

/** The signed query with which Alipay sends the buyer back. It carries no status and can be replayed: display only. */
export async function verifyReturn(
  client: AlipayClient,
  { search }: ReturnMessage,
  now: Date,
): Promise<Result<PaymentReturn, VerifyError>> {
  if (search.length > MAX_QUERY_LENGTH) return err({ code: 'too_large', reason: 'the query is too long' })
  const verified = await verifyMessage(client, Buffer.from(search.replace(/^\?/, ''), 'latin1'), now)
  if (!verified.ok) return verified
  const fields = SignedReturn.safeParse(Object.fromEntries(verified.value))
  if (!fields.success) return err({ code: 'malformed', reason: 'genuine, but no return of a trade' })
  return ok({ outTradeNo: fields.data.out_trade_no, providerTradeNo: fields.data.trade_no })
}
