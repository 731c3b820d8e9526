import 'server-only'
import { sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Transaction } from '../../client.ts'

/** Numbers rows from 0 in the order in which their ids are given. */
export async function setPositions(
  tx: Transaction,
  table: PgTable & { readonly id: PgColumn; readonly position: PgColumn },
  ids: readonly number[],
): Promise<void> {
  await tx.execute(sql`
    update ${table} set position = wanted.place - 1
    from json_array_elements_text(${JSON.stringify(ids)}::text::json) with ordinality as wanted (id, place)
    where ${table.id} = wanted.id::int`)
}

/** True when both hold the same ids, each once, in whatever order. */
export const sameIds = (known: readonly number[], given: readonly number[]): boolean =>
  known.length === given.length && known.every((id) => given.includes(id))
