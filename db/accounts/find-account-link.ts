import 'server-only'
import { eq } from 'drizzle-orm'
import { type DbOrTransaction, db } from '../client.ts'
import { hashLinkSecret } from './add-account-link.ts'
import { accountLinks, accounts } from './schema.ts'

/** A mailed link with whose it is, as it stands; null for one that nobody was sent. */
export async function findAccountLink(secret: string, tx: DbOrTransaction = db) {
  const [found] = await tx
    .select({ link: accountLinks, account: accounts })
    .from(accountLinks)
    .innerJoin(accounts, eq(accounts.id, accountLinks.accountId))
    .where(eq(accountLinks.secretHash, hashLinkSecret(secret)))
  return found ?? null
}
