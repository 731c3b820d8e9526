import { createHash, type KeyLike, sign } from 'node:crypto'
import { type Charset, encodeText } from '../http/charset.ts'
import { canonicalText } from '../keys/canonical-text.ts'
import { signBytes, verifyBytes } from '../keys/rsa-sha256.ts'

/** What version 5.1.0 signs: not the text of the fields but the lower-case hex of its SHA-256. */
function digestOf(fields: ReadonlyMap<string, string>, charset: Charset, hash: 'sha256' | 'sha1'): Buffer {
  const text = encodeText(canonicalText(fields, ['signature']), charset)
  return Buffer.from(createHash(hash).update(text).digest('hex'), 'ascii')
}

export const signFields = (fields: ReadonlyMap<string, string>, charset: Charset, privateKey: KeyLike): string =>
  signBytes(digestOf(fields, charset, 'sha256'), privateKey)

/** As version 5.0.0 signed, for a fault. */
export const signFieldsWeakly = (fields: ReadonlyMap<string, string>, charset: Charset, privateKey: KeyLike): string =>
  sign('sha1', digestOf(fields, charset, 'sha1'), privateKey).toString('base64')

export function verifyFields(fields: ReadonlyMap<string, string>, charset: Charset, publicKey: KeyLike): boolean {
  return verifyBytes(digestOf(fields, charset, 'sha256'), publicKey, fields.get('signature') ?? '')
}
