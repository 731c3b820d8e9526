import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Destination } from '#lib/domain/destinations.ts'
import { accounts } from '../accounts/schema.ts'
import { instant } from '../columns.ts'

/**
 * The address book of a customer; an order has its own copy in `order_addresses`, which no change here reaches. At most
 * one of an account is the default (`addresses_default`), and one is as long as there are any: `save-address.ts` and
 * `remove-address.ts` see to it under the account's lock.
 */
export const addresses = pgTable(
  'addresses',
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    isDefault: boolean().notNull(),
    recipient: text().notNull(),
    /** E.164. */
    phone: text().notNull(),
    country: text().$type<Destination>().notNull(),
    region: text(),
    city: text().notNull(),
    district: text(),
    street: text().notNull(),
    street2: text(),
    postcode: text(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [
    index('addresses_account').on(t.accountId, t.createdAt),
    uniqueIndex('addresses_default').on(t.accountId).where(sql`${t.isDefault}`),
  ],
)
