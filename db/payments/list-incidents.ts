import 'server-only'
import { type Fen, toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'
import type { INCIDENT_KINDS } from './schema.ts'

export type Incident = {
  readonly id: string
  readonly kind: (typeof INCIDENT_KINDS)[number]
  readonly provider: ProviderName
  readonly orderNumber: string
  readonly outTradeNo: string
  /** The provider's event; for a refund its number. */
  readonly eventId: string
  readonly providerTradeNo: string
  readonly providerCode: string | null
  /** What it reported, and what we had asked for. */
  readonly reported: Fen
  readonly currency: string
  readonly asked: Fen
  readonly source: string
  readonly openedAt: Date
  readonly settledAt: Date | null
  /** Who took it last; null while nobody has. */
  readonly owner: string | null
}

type Row = Record<
  | 'id'
  | 'out_trade_no'
  | 'order_number'
  | 'event_id'
  | 'provider_trade_no'
  | 'reported'
  | 'currency'
  | 'asked'
  | 'source',
  string
> & { kind: Incident['kind']; provider: ProviderName; opened_at: string } & Record<
    'provider_code' | 'settled_at' | 'owner',
    string | null
  >

const SELECT = sql`
  select payment_incidents.id, kind, payment_attempts.provider, out_trade_no, orders.number as order_number, event_id,
    payment_incidents.provider_trade_no, provider_code, reported_fen as reported, reported_currency as currency,
    payment_attempts.amount_fen as asked, source, opened_at, settled_at,
    (select name from incident_acts where incident_id = payment_incidents.id and act = 'taken' order by incident_acts.id desc limit 1) as owner
  from payment_incidents
  join payment_attempts on payment_attempts.id = attempt_id
  join payments on payments.id = payment_id
  join orders on orders.id = order_id`

/** Incidents of payments and refunds: those that are open, the oldest first, or those that were settled last. */
export async function listIncidents(
  _: Permit<'payments.read'>,
  which: 'open' | 'settled',
  limit = 200,
): Promise<readonly Incident[]> {
  const rows = await sql<Row[]>`
    ${SELECT}
    where settled_at is ${which === 'open' ? sql`null` : sql`not null`}
    order by ${which === 'open' ? sql`opened_at` : sql`settled_at desc`}, payment_incidents.id limit ${limit}`
  return rows.map(toIncident)
}

export type IncidentAct = {
  readonly act: 'taken' | 'noted' | 'settled'
  readonly name: string
  readonly words: string | null
  readonly at: Date
}

/** One incident with all that was done about it, the first act first. Null when there is none. */
export async function readIncident(
  _: Permit<'payments.read'>,
  id: string,
): Promise<{ readonly incident: Incident; readonly acts: readonly IncidentAct[] } | null> {
  const [row] = await sql<Row[]>`${SELECT} where payment_incidents.id = ${id}`
  if (!row) return null
  const acts = await sql<{ act: IncidentAct['act']; name: string; words: string | null; at: string }[]>`
    select act, name, words, at from incident_acts where incident_id = ${id} order by incident_acts.id`
  return { incident: toIncident(row), acts: acts.map(({ at, ...act }) => ({ ...act, at: new Date(at) })) }
}

const toIncident = (row: Row): Incident => ({
  id: row.id,
  kind: row.kind,
  provider: row.provider,
  orderNumber: row.order_number,
  outTradeNo: row.out_trade_no,
  eventId: row.event_id,
  providerTradeNo: row.provider_trade_no,
  providerCode: row.provider_code,
  reported: toFen(BigInt(row.reported)),
  currency: row.currency,
  asked: toFen(BigInt(row.asked)),
  source: row.source,
  openedAt: new Date(row.opened_at),
  settledAt: row.settled_at === null ? null : new Date(row.settled_at),
  owner: row.owner,
})
