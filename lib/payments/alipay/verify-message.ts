import { err, ok, type Result } from '../../result.ts'
import type { VerifyError } from '../errors.ts'
import { parseFormBody } from '../form-body.ts'
import { signatureHolds } from '../rsa-sha256.ts'
import { decodeText } from './charset.ts'
import type { AlipayClient } from './client.ts'
import { messageBytes, type SignedFields } from './signing.ts'

/** Not part of what Alipay signs in messages about trades. (Other kinds of message do sign `sign_type`: not ours.) */
export const UNSIGNED_FIELDS = ['sign', 'sign_type', 'alipay_cert_sn'] as const

/**
 * The fields of a notification or of a return, once the signature over the bytes that arrived holds and they are
 * meant for our application and our account.
 * @param form percent-encoded as it travelled: a body, or the query of a return.
 */
export async function verifyMessage(
  client: AlipayClient,
  form: Uint8Array,
  now: Date,
): Promise<Result<ReadonlyMap<string, string>, VerifyError>> {
  const parsed = parseFormBody(form)
  if (!parsed.ok) return parsed
  const ascii = (name: string) => Buffer.from(parsed.value.get(name) ?? []).toString('latin1')

  const key = await client.keys.keyFor(ascii('alipay_cert_sn') || null, now)
  if (!key.ok) return key
  if (!signatureHolds(messageBytes(parsed.value, UNSIGNED_FIELDS), ascii('sign'), key.value)) {
    return err({ code: 'bad_signature', reason: ascii('sign') ? 'the signature does not hold' : 'there is none' })
  }
  const text = decodeFields(parsed.value, ascii('charset') || 'utf-8')
  if (!text) return err({ code: 'malformed', reason: 'the bytes are not in the charset that the message names' })
  if (text.get('app_id') !== client.access.appId) {
    return err({ code: 'other_application', reason: `meant for application ${text.get('app_id')}` })
  }
  if (text.get('seller_id') !== client.sellerId) {
    return err({ code: 'other_merchant', reason: `meant for seller ${text.get('seller_id')}` })
  }
  return ok(text)
}

function decodeFields(fields: SignedFields, charset: string): ReadonlyMap<string, string> | null {
  const text = new Map<string, string>()
  for (const [name, value] of fields) {
    const decoded = decodeText(value, charset)
    if (decoded === null) return null
    text.set(name, decoded)
  }
  return text
}
