import { createCipheriv, createDecipheriv } from 'node:crypto'

/** Alipay's content encryption is AES-128-CBC with PKCS7 padding and a zero vector; the signature protects the result. */
const ZERO_IV = Buffer.alloc(16)
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** @param key 16 bytes. Answers base64. */
export function encryptContent(text: string, key: Uint8Array): string {
  const cipher = createCipheriv('aes-128-cbc', key, ZERO_IV)
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64')
}

/** @param content base64. Null when it was not made with `key`. */
export function decryptContent(content: string, key: Uint8Array): string | null {
  if (!BASE64.test(content)) return null
  try {
    const decipher = createDecipheriv('aes-128-cbc', key, ZERO_IV)
    return Buffer.concat([decipher.update(content, 'base64'), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
