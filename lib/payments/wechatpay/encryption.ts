import { createDecipheriv } from 'node:crypto'
import { err, ok, type Result } from '../../result.ts'

/** What WeChat Pay encrypts with the APIv3 key: notifications and platform certificates. */
export type Sealed = {
  /** Base64; its last 16 bytes are the tag. */
  readonly ciphertext: string
  readonly nonce: string
  /** Empty when the message names none. */
  readonly associatedData: string
}

export const API_V3_KEY_BYTES = 32
const TAG_BYTES = 16
/** OpenSSL takes other lengths too; WeChat Pay always uses this one. */
const NONCE_BYTES = 12
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

const refuse = (reason: string) => err({ code: 'not_opened', reason })

/**
 * Opens a sealed text, AES-256-GCM with its tag checked to the end.
 * @param key the APIv3 key.
 */
export function openSealed(
  { ciphertext, nonce, associatedData }: Sealed,
  key: Uint8Array,
): Result<string, { readonly code: 'not_opened'; readonly reason: string }> {
  if (key.length !== API_V3_KEY_BYTES) return refuse(`the key has ${key.length} bytes instead of ${API_V3_KEY_BYTES}`)
  const iv = Buffer.from(nonce)
  if (iv.length !== NONCE_BYTES) return refuse(`the nonce has ${iv.length} bytes instead of ${NONCE_BYTES}`)
  if (!BASE64.test(ciphertext)) return refuse('the ciphertext is not base64')
  const sealed = Buffer.from(ciphertext, 'base64')
  if (sealed.toString('base64') !== ciphertext) return refuse('the ciphertext is not base64')
  if (sealed.length < TAG_BYTES) return refuse('the ciphertext is shorter than its tag')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(associatedData))
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()])
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(plain))
  } catch {
    return refuse('the tag does not fit: it was altered, or sealed with another key')
  }
}
