import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * Which cached catalogue reads are out of date since when. Written in the transaction of the change, announced by
 * NOTIFY `cache_invalidated`; every web process then reads the rows that it has not applied yet, and at its start
 * those that are younger than the build. One row per tag: only the last time matters. The worker removes rows that no
 * build can be older than. `cache_invalidations_at` serves both.
 */
export const cacheInvalidations = pgTable(
  'cache_invalidations',
  {
    tag: text().primaryKey(),
    invalidatedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [index('cache_invalidations_at').on(t.invalidatedAt)],
)
