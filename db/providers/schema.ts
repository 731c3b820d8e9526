import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import { instant, isOneOf } from '../columns.ts'

/**
 * Our calls to providers and whether they were answered: by these alone it is judged who can be reached. Written beside
 * each call that opens or asks about a payment, and by the probes; kept for a day.
 */
export const providerCalls = pgTable(
  'provider_calls',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    call: text({ enum: ['create', 'query', 'probe'] }).notNull(),
    answered: boolean().notNull(),
    tookMs: integer().notNull(),
    /** Of a beginning of a payment: its way, its order's number, and whether it was refused. */
    scene: text(),
    order: text('order_number'),
    refused: boolean().notNull().default(false),
    at: instant().notNull(),
  },
  (t) => [
    index('provider_calls_latest').on(t.provider, t.at.desc()),
    check('provider_calls_provider', isOneOf(t.provider, PROVIDER_NAMES)),
  ],
)

/**
 * A provider that is not offered to shoppers until a person says so: the watch pauses one after three reports that can't
 * be right. What was begun there goes on; nothing new is.
 */
export const providerPauses = pgTable(
  'provider_pauses',
  {
    id: uuid().primaryKey().defaultRandom(),
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    reason: text().notNull(),
    /** `system` or `staff:<id>`. */
    pausedBy: text().notNull(),
    pausedAt: instant().notNull(),
    endedBy: text(),
    endedAt: instant(),
  },
  (t) => [
    uniqueIndex('provider_pauses_open').on(t.provider).where(sql`${t.endedAt} is null`),
    check('provider_pauses_end', sql`(${t.endedAt} is null) = (${t.endedBy} is null)`),
  ],
)

/** Somebody's word that a provider is to be offered until then, whatever our calls say. */
export const offeringOverrides = pgTable(
  'offering_overrides',
  {
    id: uuid().primaryKey().defaultRandom(),
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    actor: text().notNull(),
    reason: text().notNull(),
    at: instant().notNull(),
    until: instant().notNull(),
  },
  (t) => [index('offering_overrides_until').on(t.until)],
)

/** What the shop hides from shoppers by itself at this moment, so that each change is told in the audit log once. */
export const hiddenWays = pgTable('hidden_ways', { way: text().primaryKey(), since: instant().notNull() })
