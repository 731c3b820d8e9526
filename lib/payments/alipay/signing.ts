import { type KeyObject, sign, verify } from 'node:crypto'

/** Fields by name, values as the bytes that travel, so that a message in GBK is checked as it was signed. */
export type SignedFields = ReadonlyMap<string, Uint8Array>

/** The text of a request under its signature: all but `sign`, empty values dropped, sorted by code unit, raw values. */
export function requestText(parameters: Iterable<readonly [name: string, value: string]>): string {
  return [...parameters]
    .filter(([name, value]) => name !== '' && name !== 'sign' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** RSA2: RSASSA-PKCS1-v1_5 with SHA-256, in base64. */
export const signText = (text: string, privateKey: KeyObject): string =>
  sign('sha256', Buffer.from(text), privateKey).toString('base64')

/** The bytes of a message under its signature. Empty values stay: Alipay's own libraries keep them. */
export function messageBytes(fields: SignedFields, leaveOut: readonly string[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const name of [...fields.keys()].sort()) {
    const value = fields.get(name)
    if (value === undefined || leaveOut.includes(name)) continue
    parts.push(Buffer.from(`${parts.length === 0 ? '' : '&'}${name}=`, 'latin1'), value)
  }
  return Buffer.concat(parts)
}

/**
 * Checks an RSA2 signature. The digest is fixed: what a message claims in `sign_type` is never followed.
 * @param signature canonical base64; anything else, such as blanks where `+` stood, is refused.
 */
export function signatureHolds(bytes: Uint8Array, signature: string, publicKey: KeyObject): boolean {
  const raw = Buffer.from(signature, 'base64')
  return raw.length > 0 && raw.toString('base64') === signature && verify('sha256', bytes, publicKey, raw)
}
