import 'server-only'
import { eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { accounts } from './schema.ts'

/** @param email as `parseEmail` gives it. Null for an address that nobody has. */
export async function findAccountByEmail(email: string) {
  const [account] = await db.select().from(accounts).where(eq(accounts.email, email))
  return account ?? null
}
