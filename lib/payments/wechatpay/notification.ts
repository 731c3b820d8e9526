import { z } from 'zod'
import { err, ok, type Result } from '../../result.ts'
import type { VerifyError } from '../errors.ts'
import type { IncomingMessage, Notification } from '../port.ts'
import type { WechatClient } from './client.ts'
import { openSealed } from './encryption.ts'
import { parseJson } from './read-answer.ts'
import { paymentOf } from './trade-calls.ts'
import { verifyMessage } from './verify-message.ts'
import { RefundNotice, SealedField, Transaction } from './wire.ts'

const MAX_BODY_BYTES = 65_536

const Notice = z.object({
  id: z.string().min(1).max(64),
  event_type: z.string().min(1).max(64),
  resource_type: z.literal('encrypt-resource'),
  resource: SealedField.extend({ original_type: z.string().max(64) }),
})

/** Reads what WeChat Pay posts: size, signature, window, form, seal, fields, merchant and application, in this order. */
export async function verifyNotification(
  client: WechatClient,
  message: IncomingMessage,
  now: Date,
): Promise<Result<Notification, VerifyError>> {
  if (message.body.length > MAX_BODY_BYTES) {
    return err({ code: 'too_large', reason: `longer than ${MAX_BODY_BYTES} bytes` })
  }
  const nonce = await verifyMessage(client.keys, message, now)
  if (!nonce.ok) return nonce
  const notice = Notice.safeParse(parseJson(message.body))
  if (!notice.success) return err(strange(notice.error))
  const { id, event_type: event, resource } = notice.data
  const sealed = { ...resource, associatedData: resource.associated_data }
  const byPresent = openSealed(sealed, client.apiV3Key)
  const opened = byPresent.ok || !client.formerApiV3Key ? byPresent : openSealed(sealed, client.formerApiV3Key)
  if (!opened.ok) return err({ code: 'malformed', reason: `genuine, but not to be opened: ${opened.error.reason}` })
  const content = parseJson(Buffer.from(opened.value))
  const told = { provider: 'wechatpay', messageId: id, nonce: nonce.value } as const
  if (event === 'TRANSACTION.SUCCESS') return readPayment(client, told, content)
  if (event.startsWith('REFUND.')) return readRefund(client, told, content)
  return ok({
    ...told,
    kind: 'nothing',
    eventId: `other:${id}`,
    outTradeNo: '',
    providerTradeNo: '',
    reason: `an event of the kind ${event}`,
  })
}

type Told = Pick<Notification, 'provider' | 'messageId' | 'nonce'>

function readPayment({ access }: WechatClient, told: Told, content: unknown): Result<Notification, VerifyError> {
  const parsed = Transaction.safeParse(content)
  if (!parsed.success) return err(strange(parsed.error))
  const { mchid, appid, out_trade_no: outTradeNo, trade_state: state } = parsed.data
  if (mchid !== access.mchId) return err({ code: 'other_merchant', reason: `meant for merchant ${mchid}` })
  if (appid !== access.appId) return err({ code: 'other_application', reason: `meant for application ${appid}` })
  const payment = paymentOf(parsed.data)
  if (state !== 'SUCCESS' || !payment) {
    return err({ code: 'malformed', reason: `genuine, but no payment: its state is ${state}` })
  }
  const { eventId, providerTradeNo } = payment
  return ok({ ...told, kind: 'paid', eventId, outTradeNo, providerTradeNo, payment })
}

function readRefund({ access }: WechatClient, told: Told, content: unknown): Result<Notification, VerifyError> {
  const parsed = RefundNotice.safeParse(content)
  if (!parsed.success) return err(strange(parsed.error))
  const { mchid, appid = access.appId, refund_status: status, refund_id: refundId, amount, ...notice } = parsed.data
  if (mchid !== access.mchId) return err({ code: 'other_merchant', reason: `meant for merchant ${mchid}` })
  if (appid !== access.appId) return err({ code: 'other_application', reason: `meant for application ${appid}` })
  const about = {
    ...told,
    outTradeNo: notice.out_trade_no,
    providerTradeNo: notice.transaction_id,
    refundNo: notice.out_refund_no,
    eventId: `${status.toLowerCase()}:${refundId}`,
  }
  switch (status) {
    case 'SUCCESS':
      return ok({
        ...about,
        kind: 'refunded',
        eventId: `refunded:${refundId}`,
        payment: null,
        amount: amount.refund,
        refundedTotal: null,
        complete: amount.refund === amount.total,
      })
    case 'CLOSED':
      return ok({ ...about, kind: 'refund_failed', providerCode: status })
    case 'ABNORMAL':
      return ok({ ...about, kind: 'refund_abnormal', providerCode: status })
    case 'PROCESSING':
      return ok({ ...about, kind: 'nothing', reason: 'a refund that is under way' })
  }
}

const strange = (error: z.ZodError): VerifyError => {
  const fields = error.issues.map((issue) => issue.path.join('.')).filter(Boolean)
  return { code: 'malformed', reason: `genuine, but not as documented: ${fields.join(', ') || 'no JSON object'}` }
}
