/**
 * `unionpay_transactions`: one row per payment (01), refund (04) and cancel (31), named by the merchant's `order_id` and
 * `txn_time` together, and by our `query_id`; amounts in fen. A payment is `open` while its buyer is at the cashier,
 * `resp_code` is then the bank's last refusal; `pending` is a bank that has not answered, or a refund that is accepted
 * and not executed: `decides_at` ends that by itself, null waits for the switchboard. `settle_day` is the settlement day
 * (23:00 to 23:00) on which the money moved. `terms` holds what only the messages need.
 */
export const UNIONPAY_TABLES = `
  create table if not exists unionpay_transactions (
    seq integer primary key,
    query_id text not null unique,
    txn_type text not null check (txn_type in ('01', '04', '31')),
    order_id text not null,
    txn_time text not null,
    status text not null check (status in ('open', 'pending', 'succeeded', 'failed', 'expired')),
    resp_code text,
    amount_fen integer not null check (amount_fen > 0),
    orig_query_id text references unionpay_transactions (query_id),
    trace_no text not null,
    token text unique,
    terms text not null,
    card_no text,
    created_at integer not null,
    expires_at integer,
    decides_at integer,
    done_at integer,
    settle_day text,
    unique (order_id, txn_time)
  ) strict;
  create index if not exists unionpay_transactions_open on unionpay_transactions (expires_at) where status = 'open';
  create index if not exists unionpay_transactions_pending on unionpay_transactions (decides_at) where status = 'pending';
  create index if not exists unionpay_transactions_of on unionpay_transactions (orig_query_id) where orig_query_id is not null;
  create index if not exists unionpay_transactions_day on unionpay_transactions (settle_day) where settle_day is not null;
`
