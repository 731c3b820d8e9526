import { createHash } from 'node:crypto'
import { isSecret } from '#lib/domain/secret.ts'

/** The key of a cart, or null for a token that no browser of ours can hold. */
export const cartKey = (token: string | undefined): Buffer | null =>
  token !== undefined && isSecret(token) ? createHash('sha256').update(token).digest() : null
