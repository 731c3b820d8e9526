import { bigint, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/schema.ts'
import { instant } from '../columns.ts'

/** What staff wrote down about a customer, for each other; goes with the account. */
export const customerNotes = pgTable(
  'customer_notes',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    body: text().notNull(),
    /** `staff:<id>`. */
    actor: text().notNull(),
    at: instant().notNull().defaultNow(),
  },
  (t) => [index('customer_notes_account').on(t.accountId, t.id)],
)
