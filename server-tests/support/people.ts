import { randomUUID } from 'node:crypto'
import { accounts, sessions, staff } from '#db/accounts/schema.ts'
import { db } from '#db/client.ts'
import type { Role } from '#lib/domain/permissions.ts'

/** What `next start` is given, so that a test can seal what it accepts. */
export const AUTH_SECRET = 'a secret of the server tests alone, nowhere else'

export type Visitor = {
  readonly accountId: string
  readonly email: string
  readonly name: string
  readonly cookie: string
}

/** Somebody with an account, signed in; with a role they have given the code of their device just now. */
export async function newVisitor(role: Role | null = null): Promise<Visitor> {
  const { encode } = await import('next-auth/jwt')
  const mark = randomUUID().slice(0, 8)
  const [email, name] = [`${role ?? 'customer'}-${mark}@example.com`, `Canary ${mark}`]
  const [account] = await db
    .insert(accounts)
    .values({ email, name, locale: 'en', confirmedAt: new Date() })
    .returning({ id: accounts.id })
  if (!account) throw new Error('no account')
  const now = new Date()
  if (role) await db.insert(staff).values({ accountId: account.id, roles: [role], totpConfirmedAt: now })
  const [session] = await db
    .insert(sessions)
    .values({
      accountId: account.id,
      expiresAt: new Date(now.getTime() + 3_600_000),
      ...(role ? { secondFactorAt: now, steppedUpAt: now } : {}),
    })
    .returning({ id: sessions.id })
  if (!session) throw new Error('no session')
  const token = await encode({ token: { sid: session.id }, secret: AUTH_SECRET })
  return { accountId: account.id, email, name, cookie: `session=${token}` }
}
