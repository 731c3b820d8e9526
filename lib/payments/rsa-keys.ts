import {
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  type KeyObject,
  X509Certificate,
} from 'node:crypto'
import { err, ok, type Result } from '../result.ts'

export type KeyError = { readonly code: 'bad_key'; readonly reason: string }

const ARMOUR = /-----BEGIN ([A-Z ]+)-----([\s\S]*?)-----END \1-----/
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
/** What copying from a web page leaves behind: line ends (also written out as `\n`), blanks of all kinds, byte order marks, zero-width spaces. */
const INVISIBLE = /\\[nr]|[\s\u00a0\u200b-\u200d\u2060\ufeff]/g
const MIN_BITS = 2048

const refuse = (reason: string) => err({ code: 'bad_key', reason })

/** A private RSA key of at least 2048 bits, as PKCS#1 or PKCS#8, with or without PEM armour, stray blanks tolerated. */
export function readPrivateKey(text: string): Result<KeyObject, KeyError> {
  const found = unwrap(text)
  if (!found) return refuse('it is not base64')
  if (found.label.includes('ENCRYPTED')) return refuse('it is protected by a password; give it without one')
  if (found.label.includes('PUBLIC') || found.label.includes('CERTIFICATE')) return refuse('it is not a private key')
  for (const type of ['pkcs8', 'pkcs1'] as const) {
    const key = attempt(() => createPrivateKey({ key: found.der, format: 'der', type }))
    if (key) return strongRsa(key)
  }
  return refuse('it is not a private key')
}

/** A public RSA key of at least 2048 bits: SPKI or PKCS#1, armour optional, or the first certificate of a file. */
export function readPublicKey(text: string): Result<KeyObject, KeyError> {
  const found = unwrap(text)
  if (!found) return refuse('it is not base64')
  if (found.label.includes('PRIVATE')) return refuse('it is a private key where a public one belongs')
  for (const type of ['spki', 'pkcs1'] as const) {
    const key = attempt(() => createPublicKey({ key: found.der, format: 'der', type }))
    if (key) return strongRsa(key)
  }
  const certificate = attempt(() => new X509Certificate(found.der).publicKey)
  return certificate ? strongRsa(certificate) : refuse('it is not a public key')
}

/** True when `publicKey` checks what `privateKey` signs. */
export function keysPair(privateKey: KeyObject, publicKey: KeyObject): boolean {
  const probe = 'the two halves belong together'
  const signature = createSign('sha256').update(probe).sign(privateKey)
  return createVerify('sha256').update(probe).verify(publicKey, signature)
}

function unwrap(text: string): { label: string; der: Buffer } | null {
  const [, label = '', armoured] = ARMOUR.exec(text) ?? []
  const base64 = (armoured ?? text).replace(INVISIBLE, '')
  return BASE64.test(base64) ? { label, der: Buffer.from(base64, 'base64') } : null
}

function strongRsa(key: KeyObject): Result<KeyObject, KeyError> {
  if (key.asymmetricKeyType !== 'rsa') return refuse(`it is a key of type ${key.asymmetricKeyType}, RSA is needed`)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  return bits < MIN_BITS ? refuse(`it has ${bits} bits, at least ${MIN_BITS} are needed`) : ok(key)
}

function attempt<T>(parse: () => T): T | null {
  try {
    return parse()
  } catch {
    return null
  }
}
