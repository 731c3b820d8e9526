import 'server-only'
import { and, asc, isNull, lte, or, sql } from 'drizzle-orm'
import { CARRIER_CODES, CARRIERS } from '#lib/domain/carriers.ts'
import { db } from '../client.ts'
import { parcels } from './schema.ts'

const DAY_MS = 86_400_000

/** Ids of parcels that must have arrived by `now`, since nobody said otherwise for as long as their carrier may take; at most `limit`. */
export async function listPresumedParcels(now: Date, limit = 200): Promise<string[]> {
  const longAgo = CARRIER_CODES.map((carrier) =>
    and(
      sql`${parcels.carrier} = ${carrier}`,
      lte(parcels.shippedAt, new Date(now.getTime() - CARRIERS[carrier].presumedDays * DAY_MS)),
    ),
  )
  const rows = await db
    .select({ id: parcels.id })
    .from(parcels)
    .where(and(isNull(parcels.deliveredAt), isNull(parcels.undoneAt), or(...longAgo)))
    .orderBy(asc(parcels.shippedAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}
