/**
 * `alipay_trades`: one row per trade from the moment a buyer reaches the cashier; amounts in fen; `context` is what a
 * second request with the same number must repeat. `alipay_refunds`: one row per refund that moved money, unique by the
 * merchant's request number. `alipay_visits`: an order that a merchant has signed and no buyer has opened yet (page, wap)
 * or scanned (qr); it is not a trade. `alipay_entries`: money of the two accounts, never updated, each with the balance after it.
 * `alipay_bill_links`: addresses of bills, each good for seconds.
 */
export const ALIPAY_TABLES = `
  create table if not exists alipay_trades (
    trade_no text primary key,
    out_trade_no text not null unique,
    status text not null check (status in ('WAIT_BUYER_PAY', 'TRADE_SUCCESS', 'TRADE_CLOSED', 'TRADE_FINISHED')),
    product_code text not null,
    total_fen integer not null check (total_fen > 0),
    refunded_fen integer not null default 0 check (refunded_fen between 0 and total_fen),
    subject text not null,
    body text,
    passback_params text,
    notify_url text,
    return_url text,
    quit_url text,
    mode text not null check (mode in ('key', 'certificate')),
    context text not null,
    created_at integer not null,
    expires_at integer not null,
    paid_at integer,
    closed_at integer
  ) strict;
  create index if not exists alipay_trades_unpaid on alipay_trades (expires_at) where status = 'WAIT_BUYER_PAY';
  create index if not exists alipay_trades_paid on alipay_trades (paid_at) where paid_at is not null;
  create index if not exists alipay_trades_refundable on alipay_trades (paid_at) where status = 'TRADE_SUCCESS';
  create table if not exists alipay_refunds (
    seq integer primary key,
    trade_no text not null references alipay_trades,
    out_request_no text not null,
    amount_fen integer not null check (amount_fen > 0),
    fee_back_fen integer not null,
    reason text,
    refunded_at integer not null,
    unique (trade_no, out_request_no)
  ) strict;
  create index if not exists alipay_refunds_day on alipay_refunds (refunded_at);
  create table if not exists alipay_visits (
    token text primary key,
    channel text not null check (channel in ('page', 'wap', 'qr')),
    out_trade_no text not null,
    terms text not null,
    context text not null,
    created_at integer not null,
    expires_at integer not null
  ) strict;
  create index if not exists alipay_visits_order on alipay_visits (out_trade_no);
  create table if not exists alipay_entries (
    seq integer primary key,
    account text not null check (account in ('buyer', 'seller')),
    kind text not null check (kind in ('opening', 'payment', 'fee', 'refund', 'fee_back', 'moved')),
    trade_no text,
    amount_fen integer not null,
    balance_fen integer not null,
    booked_at integer not null
  ) strict;
  create index if not exists alipay_entries_account on alipay_entries (account, seq);
  create table if not exists alipay_bill_links (
    token text primary key,
    bill_date text not null,
    issued_at integer not null
  ) strict;
`
