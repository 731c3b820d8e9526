import type { TransactionSql } from 'postgres'
import type { ArchivedTable, Personal, Row } from '#lib/archive/archive-format.ts'

export type Period = { readonly from: Date; readonly to: Date }
export type StoredRow = Pick<Row, 'order' | 'fields'> & { readonly personal: Personal | null }

const BATCH = 2_000

/**
 * For each table: where its rows are, which of their columns are archived, and which of those tell of a person. Numbers
 * are texts, times are UTC to the millisecond, so that the same row is the same line on every server.
 */
const time = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const ORDER_OF_ATTEMPT = `left join payments on payments.id = payment_attempts.payment_id
  left join orders on orders.id = payments.order_id`
const SOURCES: Readonly<
  Record<ArchivedTable, { at: string; fields: string; personal: string; rows: string; by: string }>
> = {
  payment_messages: {
    at: 'm.received_at',
    by: 'm.id',
    fields: `'id', m.id::text, 'provider', m.provider, 'source', m.source, 'verdict', m.verdict, 'reason', m.reason,
      'kind', m.kind, 'event_id', m.event_id, 'out_trade_no', m.out_trade_no, 'nonce', m.nonce, 'received_at', ${time('m.received_at')}`,
    personal: `json_build_object('headers', m.headers, 'body', encode(m.body, 'base64'))`,
    rows: `payment_messages m left join payment_attempts on payment_attempts.out_trade_no = m.out_trade_no ${ORDER_OF_ATTEMPT}`,
  },
  payment_events: {
    at: 'e.recorded_at',
    by: 'e.id',
    fields: `'id', e.id::text, 'provider', e.provider, 'event_id', e.event_id, 'out_trade_no', out_trade_no,
      'source', e.source, 'outcome', e.outcome, 'provider_trade_no', e.provider_trade_no, 'amount_fen', e.amount_fen::text,
      'currency', e.currency, 'occurred_at', ${time('e.occurred_at')}, 'recorded_at', ${time('e.recorded_at')}`,
    personal: 'null::json',
    rows: `payment_events e join payment_attempts on payment_attempts.id = e.attempt_id ${ORDER_OF_ATTEMPT}`,
  },
  ledger: {
    at: 'j.booked_at',
    by: 'l.id',
    fields: `'id', l.id::text, 'journal_id', j.id::text, 'kind', j.kind, 'payment_event_id', j.payment_event_id::text,
      'reference', j.reference, 'account', l.account, 'provider', l.provider, 'amount_fen', l.amount_fen::text,
      'currency', l.currency, 'booked_at', ${time('j.booked_at')}`,
    personal: 'null::json',
    rows: 'journals j join ledger_entries l on l.journal_id = j.id left join orders on orders.id = j.order_id',
  },
  order_events: {
    at: 'v.at',
    by: 'v.id',
    fields: `'id', v.id::text, 'axis', v.axis, 'about', v.about::text, 'event', v.event, 'from_state', v.from_state,
      'to_state', v.to_state, 'actor', v.actor, 'at', ${time('v.at')}`,
    personal: `case when v.reason is not null then json_build_object('reason', v.reason) end`,
    rows: 'order_events v join orders on orders.id = v.order_id',
  },
  audit_log: {
    at: 'a.at',
    by: 'a.id',
    fields: `'id', a.id::text, 'at', ${time('a.at')}, 'actor', a.actor, 'action', a.action, 'about_kind', a.about_kind,
      'about_id', a.about_id`,
    personal: `json_build_object('before', a.before, 'after', a.after, 'reason', a.reason, 'ip', a.ip)`,
    rows: `audit_log a left join orders on a.about_kind = 'order' and a.about_id in (orders.number, orders.id::text)`,
  },
}

/** The rows of a table that came in this period, in the order of their ids, a few thousand at a time. */
export async function* readMonth(
  tx: TransactionSql,
  table: ArchivedTable,
  { from, to }: Period,
): AsyncGenerator<readonly StoredRow[]> {
  const { at, by, fields, personal, rows } = SOURCES[table]
  yield* tx
    .unsafe<StoredRow[]>(
      `select orders.number as "order", json_build_object(${fields}) as fields, ${personal} as personal
       from ${rows} where ${at} >= $1::timestamptz and ${at} < $2::timestamptz order by ${by}`,
      [from.toISOString(), to.toISOString()],
    )
    .cursor(BATCH)
}

/** When the first thing happened that is archived; null for a shop in which nothing did. */
export async function findFirstInstant(tx: TransactionSql): Promise<Date | null> {
  const [row] = await tx<{ first: Date | null }[]>`
    select least(
      (select min(received_at) from payment_messages), (select min(recorded_at) from payment_events),
      (select min(booked_at) from journals), (select min(at) from order_events), (select min(at) from audit_log)) as first`
  return row?.first ?? null
}
