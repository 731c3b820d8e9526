import { bigint, check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import { fen, instant, isOneOf } from '../columns.ts'
import { orders } from '../orders/schema.ts'
import { paymentEvents } from '../payments/schema.ts'

/** One movement of money, booked once for each payment event; append-only. */
export const journals = pgTable(
  'journals',
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: text({ enum: ['capture', 'surplus'] }).notNull(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    paymentEventId: bigint({ mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => paymentEvents.id),
    bookedAt: instant().notNull().defaultNow(),
  },
  (t) => [index('journals_order').on(t.orderId)],
)

/** `clearing`: what a provider owes us. `surplus`: what we owe to a shopper who paid what nobody asked for. */
export const LEDGER_ACCOUNTS = ['clearing', 'sales', 'shipping', 'discounts', 'surplus'] as const

/**
 * The two or more sides of a journal; append-only. Debits are positive, credits negative, and each journal sums to
 * nothing: a trigger refuses an insert that does not.
 */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    journalId: uuid()
      .notNull()
      .references(() => journals.id),
    account: text({ enum: LEDGER_ACCOUNTS }).notNull(),
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    amountFen: fen().notNull(),
    currency: text().notNull(),
  },
  (t) => [
    index('ledger_entries_journal').on(t.journalId),
    check('ledger_entries_account', isOneOf(t.account, LEDGER_ACCOUNTS)),
  ],
)
