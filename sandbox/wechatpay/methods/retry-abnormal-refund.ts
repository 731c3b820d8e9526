import { constants, privateDecrypt } from 'node:crypto'
import { retryRefund } from '../move-refund.ts'
import { readFields } from '../order-fields.ts'
import { type Outcome, paramError, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import { AbnormalRefund } from '../refund-fields.ts'
import { findRefund } from '../refunds.ts'
import type { WechatPayRoom } from '../room.ts'
import { refundOutcome } from './request-refund.ts'

const SECRET_FIELDS = ['bank_account', 'real_name'] as const

/** Pays a refund that the buyer's account would not take out to a bank card: the buyer's, or back to the merchant's. */
export function retryAbnormalRefund(room: WechatPayRoom, request: GatewayRequest, refundId: string): Outcome {
  const read = readFields(AbnormalRefund, 'body', request.body)
  if ('problem' in read) return read
  const order = read.value
  return room.book.transaction((): Outcome => {
    const refund = findRefund(room, { refundId })
    if (refund?.outRefundNo !== order.out_refund_no) return { problem: problem('RESOURCE_NOT_EXISTS', '退款单不存在') }
    if (refund.status === 'PROCESSING') return refundOutcome(room, refund.outRefundNo)
    if (refund.status !== 'ABNORMAL') return { problem: problem('INVALID_REQUEST', '退款单状态不是退款异常') }
    if (order.type === 'USER_BANK_CARD') {
      for (const field of [...SECRET_FIELDS, 'bank_type'] as const)
        if (order[field] === undefined) return { problem: paramError('body', `/${field}`, '规则校验失败') }
      for (const field of SECRET_FIELDS)
        if (!isSealedForUs(room, request.platformSerial, order[field] ?? ''))
          return { problem: paramError('body', `/${field}`, '敏感信息解密失败') }
    }
    retryRefund(room, refund, order.type)
    return refundOutcome(room, refund.outRefundNo)
  })
}

/** Secrets are encrypted with the platform's key that the merchant names: RSA-OAEP with SHA-1. */
function isSealedForUs({ keys }: WechatPayRoom, serial: string | null, text: string): boolean {
  const key = [keys.publicKey, ...keys.certificates()].find((known) => known.serial === serial)
  if (!key) return false
  try {
    const padding = { key: key.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
    return privateDecrypt(padding, Buffer.from(text, 'base64')).length > 0
  } catch {
    return false
  }
}
