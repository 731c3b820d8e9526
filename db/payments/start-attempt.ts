import 'server-only'
import { type AttemptState, OPEN_ATTEMPT_STATES } from '#lib/domain/attempt-state.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import { HIGHEST_ATTEMPT } from '#lib/domain/order-number.ts'
import { nextOrderState, ORDER_STATES } from '#lib/domain/order-state.ts'
import { nextQueryAt } from '#lib/domain/query-schedule.ts'
import { ADDRESS_ONLY, type BrowserAction, type ProviderName, type Scene } from '#lib/payments/port.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { sql } from '../client.ts'
import { insertJobs } from '../jobs/insert-jobs.ts'
import { announceOrder } from '../orders/announce-order.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { readAction } from './stored-action.ts'

export type StartAttempt = {
  readonly orderId: string
  readonly provider: ProviderName
  readonly scene: Scene['kind']
  /** When the order expires: known to the caller, who shows it, and checked here. */
  readonly expiresAt: Date
}

export type StartedAttempt = {
  readonly attemptId: string
  readonly outTradeNo: string
  readonly amount: Fen
  readonly startedAt: Date
  readonly expiresAt: Date
  /** What the browser has to do when the provider has told it before; null when it is to be asked for. */
  readonly action: BrowserAction | null
}

export type StartAttemptError =
  /** Paid, cancelled, expired, or there is no such order. */
  { readonly code: 'not_payable' } | { readonly code: 'too_many_attempts' }

type Row = {
  payable: boolean
  attempts: number
  id: string | null
  out_trade_no: string
  amount_fen: string
  started_at: string
  expires_at: string
  action: unknown
}

const AWAITING = ORDER_STATES.filter((state) => nextOrderState(state, 'payment_captured') !== null)
const TRIES = 5

/**
 * Reserves an attempt and its number before the provider is called, with the job that asks about it. An attempt that is
 * open by the same way to pay is given again: repeating the provider's call with its number is safe, and two tabs share
 * one payment. One statement.
 */
export async function startAttempt(
  attempt: StartAttempt,
  now: Date = new Date(),
): Promise<Result<StartedAttempt, StartAttemptError>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const row = await retryConflicts(() => reserve(attempt, now))
    if (!row?.payable) return err({ code: 'not_payable' })
    if (row.id !== null) {
      if (row.action === null) announceOrder(attempt.orderId)
      return ok({
        attemptId: row.id,
        outTradeNo: row.out_trade_no,
        amount: toFen(BigInt(row.amount_fen)),
        startedAt: new Date(row.started_at),
        expiresAt: new Date(row.expires_at),
        action: readAction(row.action),
      })
    }
    if (row.attempts >= HIGHEST_ATTEMPT) return err({ code: 'too_many_attempts' })
    // Another tab reserved one between our snapshot and its lock: look again.
  }
  throw new Error(`attempts of order ${attempt.orderId} kept changing`)
}

/** Locks payment, then order. The row tells whether it can be paid; its attempt is null when another came between. */
async function reserve({ orderId, provider, scene, expiresAt }: StartAttempt, now: Date): Promise<Row | undefined> {
  const at = now.toISOString()
  const state: AttemptState = ADDRESS_ONLY.includes(scene) ? 'redirected' : 'created'
  const queryAt = nextQueryAt(now, expiresAt, now)?.toISOString() ?? null
  const [row] = await sql<Row[]>`
    with payment as materialized (
      select id, order_id, amount_fen, currency, state from payments where order_id = ${orderId} for update
    ), ordered as materialized (
      select id, number, expires_at from orders
      where id = (select order_id from payment) and state = any (${AWAITING}) and expires_at > ${at}::timestamptz
      for share
    ), existing as materialized (
      select * from payment_attempts
      where payment_id = (select id from payment) and provider = ${provider} and scene = ${scene}
        and state = any (${[...OPEN_ATTEMPT_STATES]})
    ), latest as (
      select coalesce(max(sequence), 0) as sequence from payment_attempts
      where payment_id = (select id from payment)
    ), started as (
      insert into payment_attempts (
        payment_id, sequence, provider, scene, out_trade_no, amount_fen, currency, state, started_at, expires_at,
        next_query_at
      )
      select payment.id, latest.sequence + 1, ${provider}, ${scene},
        ordered.number || lpad((latest.sequence + 1)::text, 2, '0'), payment.amount_fen, payment.currency,
        ${state}, ${at}::timestamptz, ordered.expires_at, ${queryAt}::timestamptz
      from payment, ordered, latest
      where not exists (select from existing) and latest.sequence < ${HIGHEST_ATTEMPT}
      on conflict do nothing
      returning *
    ), payment_opened as (
      update payments set state = 'paying'
      where id = (select id from payment) and state = 'unpaid' and exists (select from started)
      returning state
    ), event_written as (
      insert into order_events (order_id, axis, event, from_state, to_state, actor, reason, at)
      select payment.order_id, 'payment', 'attempt_started', payment.state, coalesce(payment_opened.state, payment.state),
        'shopper', ${`${provider} ${scene}`}, ${at}::timestamptz
      from payment join started on true left join payment_opened on true
    ), job as (
      select 'query-attempt' as name, jsonb_build_object('attemptId', id) as data, next_query_at as start_after
      from started where next_query_at is not null
    ), jobs_written as (
      ${insertJobs()}
    ), given as (
      select * from existing union all select * from started
    )
    select exists (select from ordered) as payable, latest.sequence as attempts, given.id, given.out_trade_no,
      given.amount_fen, given.started_at, given.expires_at, given.action
    from payment cross join latest left join given on true`
  return row
}
