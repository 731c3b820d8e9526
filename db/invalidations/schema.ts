import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * Which cached catalogue reads are out of date since when. Written in the transaction of the change, announced by
 * NOTIFY `cache_invalidated`; every web process applies what it hears, and at its start replays the rows that are
 * younger than the build. One row per tag: only the last time matters.
 */
export const cacheInvalidations = pgTable('cache_invalidations', {
  tag: text().primaryKey(),
  invalidatedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
})
