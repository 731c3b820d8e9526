import { createCipheriv, createDecipheriv, type KeyLike } from 'node:crypto'
import { type Charset, encodeText } from '../http/charset.ts'
import { signBytes, verifyBytes } from '../keys/rsa-sha256.ts'

/** RSA2, base64. */
export function signText(text: string, charset: Charset, privateKey: KeyLike): string {
  return signBytes(encodeText(text, charset), privateKey)
}

export function verifyText(text: string, charset: Charset, publicKey: KeyLike, signature: string): boolean {
  return verifyBytes(encodeText(text, charset), publicKey, signature)
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
