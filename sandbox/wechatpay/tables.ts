/**
 * `wechatpay_trades`: one row per order from the moment the merchant creates it; amounts in fen; `request` is what a
 * second request with the same number must repeat. `wechatpay_prepays`: the ways in that were given out for it, each with
 * its own life. `wechatpay_refunds`: one row per refund that was accepted, unique by the merchant's number.
 * `wechatpay_entries`: money of the two accounts, never updated, each with the balance after it. `wechatpay_nonces`: those
 * of requests within the window. `wechatpay_oauth_codes`: each good for one openid. `wechatpay_bill_links`: bills
 * that were asked for, each good for minutes.
 */
export const WECHATPAY_TABLES = `
  create table if not exists wechatpay_trades (
    out_trade_no text primary key,
    transaction_id text not null unique,
    trade_type text not null check (trade_type in ('NATIVE', 'MWEB', 'JSAPI')),
    status text not null check (status in ('NOTPAY', 'SUCCESS', 'REFUND', 'CLOSED', 'PAYERROR')),
    total_fen integer not null check (total_fen > 0),
    refunded_fen integer not null default 0 check (refunded_fen between 0 and total_fen),
    description text not null,
    attach text,
    notify_url text not null,
    openid text,
    request text not null,
    created_at integer not null,
    pay_before integer not null,
    paid_at integer,
    closed_at integer
  ) strict;
  create index if not exists wechatpay_trades_unpaid on wechatpay_trades (created_at) where status = 'NOTPAY';
  create index if not exists wechatpay_trades_paid on wechatpay_trades (paid_at) where paid_at is not null;
  create table if not exists wechatpay_prepays (
    token text primary key,
    out_trade_no text not null references wechatpay_trades,
    created_at integer not null,
    expires_at integer not null
  ) strict;
  create index if not exists wechatpay_prepays_order on wechatpay_prepays (out_trade_no);
  create table if not exists wechatpay_refunds (
    seq integer primary key,
    refund_id text not null unique,
    out_refund_no text not null unique,
    out_trade_no text not null references wechatpay_trades,
    status text not null check (status in ('PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED')),
    ends text not null check (ends in ('SUCCESS', 'ABNORMAL', 'CLOSED')),
    pays_out text not null check (pays_out in ('ORIGINAL', 'USER_BANK_CARD', 'MERCHANT_BANK_CARD')),
    amount_fen integer not null check (amount_fen > 0),
    fee_back_fen integer not null,
    reason text,
    notify_url text,
    request text not null,
    created_at integer not null,
    ends_at integer,
    ended_at integer
  ) strict;
  create index if not exists wechatpay_refunds_trade on wechatpay_refunds (out_trade_no);
  create index if not exists wechatpay_refunds_due on wechatpay_refunds (ends_at) where ends_at is not null;
  create index if not exists wechatpay_refunds_day on wechatpay_refunds (created_at);
  create table if not exists wechatpay_entries (
    seq integer primary key,
    account text not null check (account in ('buyer', 'merchant')),
    kind text not null check (kind in ('opening', 'payment', 'fee', 'refund', 'fee_back', 'refund_undone', 'moved')),
    out_trade_no text,
    out_refund_no text,
    amount_fen integer not null,
    balance_fen integer not null,
    booked_at integer not null
  ) strict;
  create index if not exists wechatpay_entries_account on wechatpay_entries (account, seq);
  create index if not exists wechatpay_entries_day on wechatpay_entries (account, booked_at);
  create table if not exists wechatpay_nonces (
    nonce text primary key,
    seen_at integer not null
  ) strict;
  create index if not exists wechatpay_nonces_age on wechatpay_nonces (seen_at);
  create table if not exists wechatpay_oauth_codes (
    code text primary key,
    openid text not null,
    scope text not null,
    issued_at integer not null
  ) strict;
  create table if not exists wechatpay_bill_links (
    token text primary key,
    gzipped integer not null,
    text text not null,
    issued_at integer not null
  ) strict;
`
