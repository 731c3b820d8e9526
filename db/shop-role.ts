import { createHmac, randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { err, ok, type Result } from '#lib/result.ts'
import { APPEND_ONLY_TABLES } from './append-only-tables.ts'

/** `reason` is PostgreSQL's own. */
type ShopRoleError = { readonly code: 'not_allowed' | 'not_let_in'; readonly reason: string }

const SCHEMAS = 'public, pgboss'
const INSUFFICIENT_PRIVILEGE = '42501'

/**
 * Makes the role `<database>_shop` that web and worker connect as, or brings its rights up to date: it reads and writes
 * rows, owns nothing, and cannot update, delete or truncate what is append-only, nor switch off a trigger. To be called
 * by the owner of the tables after each migration; safe to repeat, also by several at once.
 * @returns the URL to connect with. Its password follows from the owner's, so that launchers which share a database
 * agree on it.
 */
export async function makeShopRole(ownerUrl: string): Promise<Result<{ url: string; role: string }, ShopRoleError>> {
  const url = new URL(ownerUrl)
  const database = decodeURIComponent(url.pathname.slice(1))
  const role = `${database.slice(0, 58)}_shop`
  const password = url.password
    ? createHmac('sha256', url.password).update(role).digest('hex')
    : randomBytes(32).toString('hex')
  const refused = await grant(ownerUrl, { database, role, password })
  if (refused) return err(refused)

  url.username = encodeURIComponent(role)
  url.password = password
  const kept = await tryToConnect(url.href)
  return kept ? err(kept) : ok({ url: url.href, role })
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

async function grant(
  ownerUrl: string,
  { database, role, password }: { database: string; role: string; password: string },
): Promise<ShopRoleError | null> {
  const sql = postgres(ownerUrl, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  const name = quoted(role)
  try {
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('shop-role'))`
      const [known] = await tx`select from pg_roles where rolname = ${role}`
      await tx.unsafe(`${known ? 'alter' : 'create'} role ${name} login password '${password}'`)
      await tx.unsafe(`grant connect on database ${quoted(database)} to ${name}`)
      await tx.unsafe(`grant usage on schema ${SCHEMAS} to ${name}`)
      await tx.unsafe(`grant select, insert, update, delete on all tables in schema ${SCHEMAS} to ${name}`)
      // Select as well, and what migrations were made: the worker makes the backups.
      await tx.unsafe(`grant usage, select on all sequences in schema ${SCHEMAS} to ${name}`)
      await tx.unsafe(`grant usage on schema drizzle to ${name}`)
      await tx.unsafe(`grant select on all tables in schema drizzle to ${name}`)
      await tx.unsafe(`revoke update, delete, truncate on ${APPEND_ONLY_TABLES.join(', ')} from ${name}`)
    })
    return null
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || error.code !== INSUFFICIENT_PRIVILEGE) throw error
    return { code: 'not_allowed', reason: error.message }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** A server may let in only the users that its own configuration names. */
async function tryToConnect(url: string): Promise<ShopRoleError | null> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    await sql`select 1`
    return null
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error
    return { code: 'not_let_in', reason: error.message }
  } finally {
    await sql.end({ timeout: 5 })
  }
}
