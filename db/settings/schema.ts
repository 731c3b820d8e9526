import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '../columns.ts'

/**
 * What the owner decides about the shop while it runs: one row for each setting that is not as it came
 * (`lib/domain/shop-rules.ts` has them all, with what they are without a row). Small, read at each use.
 */
export const settings = pgTable('settings', {
  name: text().primaryKey(),
  /** In an object, since a bare JSON string comes back from the driver parsed once more: "50" as the number 50. */
  value: jsonb().$type<{ readonly is: unknown }>().notNull(),
  /** One more with each change. */
  version: integer().notNull().default(1),
  changedAt: instant().notNull().defaultNow(),
  /** `staff:<id>`. */
  changedBy: text().notNull(),
})
