import { createCipheriv, createDecipheriv, type KeyLike, sign, verify } from 'node:crypto'
import { type Charset, encodeText } from './charset.ts'

/**
 * The text under a signature: named parameters without the left-out ones and without empty values,
 * by code unit of the name, `name=value` joined by `&`, values as they are sent.
 */
export function canonicalText(parameters: ReadonlyMap<string, string>, leftOut: readonly string[]): string {
  return [...parameters]
    .filter(([name, value]) => name !== '' && value !== '' && !leftOut.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** RSA2: RSASSA-PKCS1-v1_5 with SHA-256, base64. */
export function signText(text: string, charset: Charset, privateKey: KeyLike): string {
  return sign('sha256', encodeText(text, charset), privateKey).toString('base64')
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** Strict about the base64 as well: Node would skip what it does not know. */
export function verifyText(text: string, charset: Charset, publicKey: KeyLike, signature: string): boolean {
  if (!BASE64.test(signature) || signature.length % 4 !== 0) return false
  return verify('sha256', encodeText(text, charset), publicKey, Buffer.from(signature, 'base64'))
}

const ZERO_IV = Buffer.alloc(16)

/** Content encryption: AES-128-CBC, PKCS#7, an IV of zeros (the protocol's choice), base64. */
export function encryptContent(text: string, keyBase64: string): string {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(keyBase64, 'base64'), ZERO_IV)
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64')
}

/** Null when the text was not encrypted with this key. */
export function decryptContent(base64: string, keyBase64: string): string | null {
  try {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(keyBase64, 'base64'), ZERO_IV)
    return Buffer.concat([decipher.update(base64, 'base64'), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
