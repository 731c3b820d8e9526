import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { type AccountLinkKind, LINK_GOOD_FOR_MS } from '#lib/domain/account-links.ts'
import { db } from '../client.ts'
import { accountLinks } from './schema.ts'

export const hashLinkSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Makes a link for somebody to be mailed. @returns its secret, which is kept nowhere. */
export async function addAccountLink(
  link: { readonly kind: AccountLinkKind; readonly accountId: string; readonly email: string },
  now: Date,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  await db.insert(accountLinks).values({
    ...link,
    secretHash: hashLinkSecret(secret),
    createdAt: now,
    expiresAt: new Date(now.getTime() + LINK_GOOD_FOR_MS[link.kind]),
  })
  return secret
}
