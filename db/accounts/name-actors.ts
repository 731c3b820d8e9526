import 'server-only'
import { inArray } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '../client.ts'
import { accounts } from './schema.ts'

const STAFF = 'staff:'

/** The names of staff among these actors, by actor; one without a name has the e-mail, one who is gone is left out. */
export async function nameActors(actors: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = actors
    .filter((actor) => actor.startsWith(STAFF))
    .map((actor) => actor.slice(STAFF.length))
    .filter((id) => z.uuid().safeParse(id).success)
  if (ids.length === 0) return new Map()
  const people = await db
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(inArray(accounts.id, ids))
  return new Map(people.map(({ id, name, email }) => [`${STAFF}${id}`, name ?? email]))
}
