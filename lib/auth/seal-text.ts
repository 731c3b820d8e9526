import 'server-only'
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '#lib/env.ts'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** What is sealed for one purpose opens for no other. */
export type SealPurpose = 'second-factor' | 'answer' | 'mail-choice'

const keyFrom = (secret: string, purpose: SealPurpose): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))

/**
 * Seals a text that must be readable again: base64url of nonce, tag and text.
 * @throws when the shop was started without AUTH_SECRET.
 */
export function sealText(purpose: SealPurpose, text: string, secret: string | undefined = env.AUTH_SECRET): string {
  if (secret === undefined) throw new Error('AUTH_SECRET is not set, so nothing can be sealed.')
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, keyFrom(secret, purpose), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Opens what one of the secrets has sealed, the present one or the one before; null for everything else. */
export function openText(
  purpose: SealPurpose,
  sealed: string,
  secrets: readonly (string | undefined)[] = [env.AUTH_SECRET, env.AUTH_SECRET_PREVIOUS],
): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null
  for (const secret of secrets) {
    if (secret === undefined) continue
    try {
      const decipher = createDecipheriv(CIPHER, keyFrom(secret, purpose), bytes.subarray(0, NONCE_BYTES))
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    } catch {
      // Sealed by another key.
    }
  }
  return null
}
