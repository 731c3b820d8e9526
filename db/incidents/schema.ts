import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import {
  type Evidence,
  INCIDENT_KIND_NAMES,
  PAYMENT_INCIDENT_KINDS,
  SEVERITIES,
} from '#lib/domain/risk/incident-kinds.ts'
import { fen, instant, isOneOf } from '../columns.ts'
import { EVENT_SOURCES, paymentAttempts } from '../payments/schema.ts'

/**
 * What needs a person, of whatever kind. What the watch sees has one open row for each kind and subject
 * (`incidents_open`), however often it is seen. What a provider reported of an attempt and can't be right, and a refund
 * that does not arrive, has a row for each report (`incidents_report`), written in the transaction that finds it: nothing
 * was delivered for a dispute. Worked at the desk of incidents; settled by a person, by what turned out well or, for what
 * passes, by the watch.
 */
export const incidents = pgTable(
  'incidents',
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: text({ enum: INCIDENT_KIND_NAMES }).notNull(),
    /** What it is about: `provider:alipay`, `order:2611…`; empty for the shop as a whole. */
    subject: text().notNull(),
    severity: text({ enum: SEVERITIES }).notNull(),
    /** Of the latest sighting. */
    evidence: jsonb().$type<Evidence>().notNull(),
    /** Sightings. */
    count: integer().notNull().default(1),
    /** The account of the member of staff who works on it. */
    owner: text(),
    openedAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    settledAt: instant(),
    /** Of reports about an attempt, null for all else. The provider's event; for a refund its number. */
    attemptId: uuid().references(() => paymentAttempts.id),
    eventId: text(),
    /** The provider's own word for what is wrong, where it gave one. */
    providerCode: text(),
    providerTradeNo: text(),
    reportedFen: fen(),
    reportedCurrency: text(),
    source: text({ enum: EVENT_SOURCES }),
  },
  (t) => [
    uniqueIndex('incidents_open').on(t.kind, t.subject).where(sql`${t.settledAt} is null and ${t.attemptId} is null`),
    uniqueIndex('incidents_report')
      .on(t.attemptId, t.kind, t.eventId, t.reportedFen, t.reportedCurrency)
      .where(sql`${t.attemptId} is not null`),
    index('incidents_unsettled').on(t.openedAt).where(sql`${t.settledAt} is null`),
    check(
      'incidents_of_payment',
      sql`(${isOneOf(t.kind, PAYMENT_INCIDENT_KINDS)}) = (${t.attemptId} is not null) and (${t.attemptId} is null or num_nulls(${t.eventId}, ${t.providerTradeNo}, ${t.reportedFen}, ${t.reportedCurrency}, ${t.source}) = 0)`,
    ),
    index('incidents_opened_at').on(t.openedAt.desc(), t.id),
    check('incidents_kind', isOneOf(t.kind, INCIDENT_KIND_NAMES)),
    check('incidents_count', sql`${t.count} >= 1`),
  ],
)

/** Which sightings were counted, so that one which a person has settled is not opened again while it can still be seen. */
export const incidentSightings = pgTable(
  'incident_sightings',
  {
    kind: text({ enum: INCIDENT_KIND_NAMES }).notNull(),
    subject: text().notNull(),
    occurrence: text().notNull(),
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id),
    seenAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.subject, t.occurrence] })],
)

/** `acted` and `undone` are of the shop itself: a provider that was hidden, an order that was held. */
export const INCIDENT_STEPS = ['opened', 'taken', 'noted', 'acted', 'undone', 'settled', 'passed'] as const

/** What happened to an incident, append-only: who did what, when, with their words. */
export const incidentSteps = pgTable(
  'incident_steps',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id),
    step: text({ enum: INCIDENT_STEPS }).notNull(),
    /** `system` or `staff:<id>`. */
    actor: text().notNull(),
    note: text(),
    at: instant().notNull(),
  },
  (t) => [
    index('incident_steps_incident').on(t.incidentId, t.id),
    check('incident_steps_step', isOneOf(t.step, INCIDENT_STEPS)),
  ],
)

/** Each try to tell the operator of an incident, by mail or by webhook, and how it ended. */
export const incidentCalls = pgTable(
  'incident_calls',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id),
    channel: text({ enum: ['mail', 'webhook'] }).notNull(),
    /** What the other side said; null when it was taken. */
    failure: text(),
    at: instant().notNull(),
  },
  (t) => [index('incident_calls_incident').on(t.incidentId, t.id)],
)
