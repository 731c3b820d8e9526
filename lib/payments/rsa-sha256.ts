import { type KeyObject, sign, verify } from 'node:crypto'

/** RSASSA-PKCS1-v1_5 with SHA-256, in base64: what all three gateways sign with. */
export const signText = (text: string, privateKey: KeyObject): string =>
  sign('sha256', Buffer.from(text), privateKey).toString('base64')

/**
 * Checks such a signature. The digest is fixed: what a message claims of its own signature is never followed.
 * @param signature canonical base64; anything else, such as blanks where `+` stood, is refused.
 */
export function signatureHolds(bytes: Uint8Array, signature: string, publicKey: KeyObject): boolean {
  const raw = Buffer.from(signature, 'base64')
  return raw.length > 0 && raw.toString('base64') === signature && verify('sha256', bytes, publicKey, raw)
}
