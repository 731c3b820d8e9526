import { err, ok, type Result } from '../../result.ts'
import type { VerifyError } from '../errors.ts'
import { signatureHolds } from '../rsa-sha256.ts'
import { messageBytes } from './signing.ts'
import type { WechatKeys } from './wechat-keys.ts'

const WINDOW_MS = 300_000
const SIGNATURE_TYPE = 'WECHATPAY2-SHA256-RSA2048'
/** Deliberately wrong signatures by which WeChat Pay tests whether anybody looks. The right message follows. */
const PROBE = 'WECHATPAY/SIGNTEST/'
const SECONDS = /^\d{10}$/
const NONCE = /^[\x21-\x7e]{1,128}$/

export type SignedMessage = { readonly headers: Pick<Headers, 'get'>; readonly body: Uint8Array }

/**
 * Checks the signature of an answer or a notification over the bytes that arrived, and that it was made within five
 * minutes of `now`. Answers its nonce.
 */
export async function verifyMessage(
  keys: WechatKeys,
  { headers, body }: SignedMessage,
  now: Date,
): Promise<Result<string, VerifyError>> {
  const [timestamp, nonce, signature, serial] = ['timestamp', 'nonce', 'signature', 'serial'].map(
    (name) => headers.get(`wechatpay-${name}`) ?? '',
  )
  if (!timestamp || !nonce || !signature || !serial) {
    return err({ code: 'not_signed', reason: 'a header of the signature is missing' })
  }
  if (!SECONDS.test(timestamp)) return err({ code: 'malformed', reason: 'the timestamp is not in seconds' })
  if (!NONCE.test(nonce)) return err({ code: 'malformed', reason: 'the nonce is not one' })
  if (signature.startsWith(PROBE)) return err({ code: 'probe', reason: 'WeChat Pay tested whether we look' })
  const type = headers.get('wechatpay-signature-type') ?? SIGNATURE_TYPE
  if (type !== SIGNATURE_TYPE) return err({ code: 'bad_signature', reason: `signed by ${type.slice(0, 40)}` })
  const secondsOff = Math.round((now.getTime() - Number(timestamp) * 1000) / 1000)
  if (Math.abs(secondsOff) * 1000 > WINDOW_MS) {
    return err({ code: 'stale', reason: `made ${secondsOff} s before our time` })
  }
  const key = await keys.keyFor(serial, now)
  if (!key.ok) {
    const { code, reason } = key.error
    return err({ code: code === 'key_unavailable' ? code : 'bad_signature', reason })
  }
  return signatureHolds(messageBytes({ timestamp, nonce, body }), signature, key.value)
    ? ok(nonce)
    : err({ code: 'bad_signature', reason: 'the signature does not hold' })
}
