import { createHash } from 'node:crypto'

/** 256 random bits, base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** The key of a cart, or null for a token that no browser of ours can hold. */
export const cartKey = (token: string | undefined): Buffer | null =>
  token !== undefined && TOKEN.test(token) ? createHash('sha256').update(token).digest() : null
