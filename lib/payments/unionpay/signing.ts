import { createHash, type KeyObject } from 'node:crypto'
import { signatureHolds, signText } from '../rsa-sha256.ts'

/** The fields of one message by name. */
export type Fields = ReadonlyMap<string, string>

export const VERSION = '5.1.0'
/** RSA with certificates. */
export const SIGN_METHOD = '01'

/** The text under a signature: all but `signature`, empty values dropped, sorted by code unit, values as they are. */
export function signedText(fields: Iterable<readonly [name: string, value: string]>): string {
  return [...fields]
    .filter(([name, value]) => name !== 'signature' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** What RSA is applied to: not the text but its SHA-256 in lower-case hex, which RSA then hashes once more. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The `signature` of version 5.1.0 with method 01. */
export const signDigest = (text: string, privateKey: KeyObject): string => signText(digestOf(text), privateKey)

/** @param signature canonical base64; anything else, such as blanks where `+` stood, is refused. */
export const digestSignatureHolds = (text: string, signature: string, publicKey: KeyObject): boolean =>
  signatureHolds(Buffer.from(digestOf(text)), signature, publicKey)
