import { REFUNDING_STATES } from '#lib/domain/after-sale-state.ts'
import { BOOKINGS } from '#lib/domain/journal.ts'
import { OPEN_REFUND_STATES } from '#lib/domain/refund-state.ts'
import { APPEND_ONLY_TABLES } from '../append-only-tables.ts'
import { type AuditRule, rowList, wordList } from './audit-rule.ts'

/** Which account a journal of each kind may debit (1) and credit (−1). */
const allowedSides = Object.entries(BOOKINGS).flatMap(([kind, { debit, credit }]) => [
  ...Object.keys(debit).map((account) => [kind, account, 1] as const),
  ...Object.keys(credit).map((account) => [kind, account, -1] as const),
])
const eventKinds = [
  ['captured', 'capture', 1],
  ['surplus', 'surplus', 1],
  ['late', 'surplus', 1],
  ['refunded', 'refund_sent', -1],
] as const

export const LEDGER_RULES = {
  journal_balances: {
    invariant: 'I1',
    sentence: 'A journal does not sum to nothing.',
    sql: `select 'journal ' || journal_id || ': ' || sum(amount_fen) || ' fen' as what
      from ledger_entries group by journal_id, provider, currency having sum(amount_fen) <> 0`,
  },
  journal_has_entries: {
    invariant: 'I1',
    sentence: 'A journal has no two sides, or has one account twice.',
    sql: `select 'journal ' || journals.id || ' (' || kind || ')' as what
      from journals left join ledger_entries on journal_id = journals.id
      group by journals.id having count(account) < 2 or count(account) <> count(distinct account)`,
  },
  journal_sides: {
    invariant: 'I1',
    sentence: 'A journal moves an account that its kind does not move, or in the other direction.',
    sql: `select 'journal ' || journals.id || ' (' || kind || '): ' || account || ' ' || amount_fen as what
      from ledger_entries join journals on journals.id = journal_id
      where kind <> 'correction' and not exists (
        select from (values ${rowList(allowedSides)}) as side (kind, account, sign)
        where side.kind = journals.kind and side.account = ledger_entries.account and side.sign = sign(amount_fen))`,
  },
  event_is_booked: {
    invariant: 'I2',
    sentence: 'Money that a provider told of is not in the ledger, or is there with another amount, provider or kind.',
    sql: `select 'event ' || payment_events.id || ' (' || outcome || ' ' || payment_events.amount_fen || ' fen)' as what
      from payment_events join (values ${rowList(eventKinds)}) as told (outcome, kind, sign) using (outcome)
      where told.sign * payment_events.amount_fen is distinct from (
        select sum(ledger_entries.amount_fen) from journals join ledger_entries on journal_id = journals.id
        where payment_event_id = payment_events.id and account = 'clearing' and journals.kind = told.kind
          and ledger_entries.provider = payment_events.provider and ledger_entries.currency = payment_events.currency)`,
  },
  journal_books_event: {
    invariant: 'I2',
    sentence: 'A journal says that money moved at a provider, and no event tells of it.',
    sql: `select 'journal ' || journals.id || ' (' || kind || ')' as what from journals
      left join payment_events on payment_events.id = payment_event_id
      where kind in (${wordList(eventKinds.map(([, kind]) => kind))})
        and not exists (
          select from (values ${rowList(eventKinds)}) as told (outcome, kind, sign)
          where told.outcome = payment_events.outcome and told.kind = journals.kind)`,
  },
  promise_is_booked: {
    invariant: 'I2',
    sentence: 'A promise to give money back, or its end, is not in the ledger, or is there without having happened.',
    sql: `select 'order event ' || order_events.id || ' (' || event || ')' as what from order_events
      where axis = 'after_sale' and event in ('refund_started', 'refund_failed') and not exists (
        select from journals
        where reference = 'order_event:' || order_events.id and journals.order_id = order_events.order_id
          and kind = any (case event when 'refund_started' then array['refund_requested', 'surplus_returned']
            else array['refund_failed', 'surplus_return_failed'] end))
      union all
      select 'journal ' || journals.id || ' (' || kind || ')' from journals
      where kind in ('refund_requested', 'surplus_returned', 'refund_failed', 'surplus_return_failed') and not exists (
        select from order_events
        where 'order_event:' || order_events.id = reference and order_events.order_id = journals.order_id
          and axis = 'after_sale' and event like 'refund_%')`,
  },
  clearing_is_events: {
    invariant: 'I2',
    sentence:
      'What came and went at a provider, less its fees and corrections, is not the balance of its clearing account.',
    sql: `select provider || ': ' || coalesce(told, 0) || ' fen told, ' || coalesce(booked, 0) || ' fen booked' as what
      from (
        select provider, sum(case when outcome = 'refunded' then -amount_fen else amount_fen end) as told
        from payment_events where outcome in (${wordList(eventKinds.map(([outcome]) => outcome))}) group by 1
      ) as events full join (
        select provider, sum(amount_fen) as booked from ledger_entries join journals on journals.id = journal_id
        where account = 'clearing' and kind not in ('fee', 'fee_returned', 'correction') group by 1
      ) as ledger using (provider)
      where coalesce(told, 0) <> coalesce(booked, 0)`,
  },
  payment_is_its_ledger: {
    invariant: 'I2',
    sentence: 'What a payment took and gave back is not what the ledger has for its order.',
    sql: `select 'payment ' || payments.id || ': captured ' || captured_fen || ', refunded ' || refunded_fen
        || ', ledger ' || coalesce(came, 0) || ' and ' || coalesce(went, 0) || ' fen' as what
      from payments left join (
        select order_id, sum(amount_fen) filter (where amount_fen > 0) as came,
          -sum(amount_fen) filter (where amount_fen < 0) as went
        from journals join ledger_entries on journal_id = journals.id
        where account = 'clearing' and kind in ('capture', 'surplus', 'refund_sent') group by 1
      ) as ledger using (order_id)
      where captured_fen <> coalesce(came, 0) or refunded_fen <> coalesce(went, 0)`,
  },
  fees_are_bills: {
    invariant: 'I2',
    sentence: 'The fees in the ledger are not those of the bills that were booked.',
    sql: `select provider || ': ' || coalesce(booked, 0) || ' fen in the ledger, ' || coalesce(billed, 0) || ' fen in bills' as what
      from (
        select provider, sum(amount_fen) as booked from ledger_entries join journals on journals.id = journal_id
        where account = 'fees' and kind <> 'correction' group by 1
      ) as ledger full join (
        select provider, sum(fees_booked_fen) as billed from bill_days group by 1
      ) as bills using (provider)
      where coalesce(booked, 0) <> coalesce(billed, 0)`,
  },
  promised_is_under_way: {
    invariant: 'I6',
    sentence: 'What the ledger says is promised back for an order is not what its refunds under way are worth.',
    sql: `select 'order ' || number || ': ' || coalesce(promised, 0) || ' fen promised, ' || coalesce(under_way, 0) || ' fen under way' as what
      from (
        select order_id, -sum(amount_fen) as promised from ledger_entries join journals on journals.id = journal_id
        where account = 'refunds_payable' and kind <> 'correction' group by 1
      ) as ledger full join (
        select order_id, sum(refunds.amount_fen) as under_way from refunds join refund_requests on refund_requests.id = request_id
        where refunds.state in (${wordList(OPEN_REFUND_STATES)}) group by 1
      ) as going using (order_id) join orders on orders.id = order_id
      where coalesce(promised, 0) <> coalesce(under_way, 0)`,
  },
  surplus_is_claimed: {
    invariant: 'I6',
    sentence: 'What the ledger owes to shoppers who paid too much is not what they can claim.',
    sql: `select 'order ' || number || ': ' || coalesce(owed, 0) || ' fen owed, ' || coalesce(claimed, 0) || ' fen to claim' as what
      from (
        select order_id, -sum(amount_fen) as owed from ledger_entries join journals on journals.id = journal_id
        where account = 'surplus' and kind <> 'correction' group by 1
      ) as ledger full join (
        select payments.order_id, sum(refunds_due.amount_fen) as claimed
        from refunds_due join payment_attempts on payment_attempts.id = refunds_due.attempt_id
        join payments on payments.id = payment_id
        left join refund_requests on refund_due_id = refunds_due.id
        where refund_requests.state is null or refund_requests.state not in (${wordList(REFUNDING_STATES)}) group by 1
      ) as claims using (order_id) join orders on orders.id = order_id
      where coalesce(owed, 0) <> coalesce(claimed, 0)`,
  },
  journal_will_be_sealed: {
    invariant: 'I15',
    sentence: 'A journal is not sealed and does not wait for it.',
    sql: `select 'journal ' || id || ' (' || kind || ')' as what from journals
      where not exists (select from journal_seals where journal_id = journals.id)
        and not exists (select from unsealed_journals where journal_id = journals.id)`,
  },
  books_are_locked: {
    invariant: 'I15',
    sentence: 'A table that is only ever added to has lost the trigger that refuses changes.',
    sql: `select name as what from unnest(array[${wordList(APPEND_ONLY_TABLES)}]) as name
      where not exists (
        select from pg_trigger
        where tgrelid = to_regclass(name) and tgname = name || '_append_only' and tgenabled in ('O', 'A'))`,
  },
  books_are_closed_to_shop: {
    invariant: 'I15',
    sentence: 'The role that the shop connects as may change a table that is only ever added to.',
    sql: `select rolname || ': ' || name as what
      from pg_roles, unnest(array[${wordList(APPEND_ONLY_TABLES)}]) as name
      where rolname = left(current_database(), 58) || '_shop'
        and has_table_privilege(rolname, name, 'update, delete, truncate')`,
  },
} as const satisfies Record<string, AuditRule>
