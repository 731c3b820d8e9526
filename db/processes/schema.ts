import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '../columns.ts'

/**
 * The processes of the shop, each with the moment at which it last said that it lives (every ten seconds). One that stops
 * takes its row along; that of one which was killed grows old and is swept out after an hour.
 */
export const processes = pgTable(
  'processes',
  {
    id: uuid().primaryKey(),
    kind: text({ enum: ['web', 'worker'] }).notNull(),
    host: text().notNull(),
    pid: integer().notNull(),
    version: text().notNull(),
    startedAt: instant().notNull(),
    seenAt: instant().notNull(),
  },
  (t) => [index('processes_seen').on(t.kind, t.seenAt.desc())],
)
