import { type KeyLike, sign, verify } from 'node:crypto'

/** RSASSA-PKCS1-v1_5 with SHA-256, base64. */
export const signBytes = (bytes: Uint8Array, privateKey: KeyLike): string =>
  sign('sha256', bytes, privateKey).toString('base64')

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** Strict about the base64 as well: Node would skip what it does not know. */
export function verifyBytes(bytes: Uint8Array, publicKey: KeyLike, signature: string): boolean {
  if (!BASE64.test(signature) || signature.length % 4 !== 0) return false
  return verify('sha256', bytes, publicKey, Buffer.from(signature, 'base64'))
}
