import { instant, type Row, text, textOrNull, whole } from '../book/open-book.ts'
import type { Fen } from '../money.ts'
import type { WechatPayRoom } from './room.ts'

export const ACCOUNTS = ['buyer', 'merchant'] as const
export type Account = (typeof ACCOUNTS)[number]
export type EntryKind = 'opening' | 'payment' | 'fee' | 'refund' | 'fee_back' | 'refund_undone' | 'moved'

/** Who pays on the sandbox's phone. */
export const BUYER = { openid: 'oSandbox0Buyer0000000000000a', name: '小满' } as const
const OPENING: Record<Account, Fen> = { buyer: 10_000_000_000n, merchant: 0n }

/** One movement of money: never changed, and the balance after it beside it. */
export interface Entry {
  readonly seq: bigint
  readonly kind: string
  readonly outTradeNo: string | null
  readonly outRefundNo: string | null
  readonly amount: Fen
  readonly balance: Fen
  readonly bookedAt: number
}

export function balanceOf(room: WechatPayRoom, account: Account): Fen {
  const row = room.book.get(
    'select balance_fen from wechatpay_entries where account = ? order by seq desc limit 1',
    account,
  )
  return row ? whole(row, 'balance_fen') : 0n
}

export function bookEntry(
  room: WechatPayRoom,
  account: Account,
  kind: EntryKind,
  entry: { readonly amount: Fen; readonly outTradeNo?: string; readonly outRefundNo?: string },
): void {
  room.book.run(
    `insert into wechatpay_entries (account, kind, out_trade_no, out_refund_no, amount_fen, balance_fen, booked_at)
     values (?, ?, ?, ?, ?, ?, ?)`,
    account,
    kind,
    entry.outTradeNo ?? null,
    entry.outRefundNo ?? null,
    entry.amount,
    balanceOf(room, account) + entry.amount,
    room.clock.now(),
  )
}

/** Gives both accounts their first money, once in the life of a book. */
export function openAccounts(room: WechatPayRoom): void {
  room.book.transaction(() => {
    if (room.book.get('select 1 from wechatpay_entries limit 1')) return
    for (const account of ACCOUNTS) bookEntry(room, account, 'opening', { amount: OPENING[account] })
  })
}

/** Money in or out from outside, so that the account then holds `balance`. */
export function setBalance(room: WechatPayRoom, account: Account, balance: Fen): void {
  room.book.transaction(() => bookEntry(room, account, 'moved', { amount: balance - balanceOf(room, account) }))
}

/** The merchant's movements of a span, in their order; nothing that moved zero. @param to exclusive */
export function merchantEntries(room: WechatPayRoom, from: number, to: number): Entry[] {
  return room.book
    .all(
      `select * from wechatpay_entries
       where account = 'merchant' and booked_at >= ? and booked_at < ? and amount_fen <> 0 order by seq`,
      from,
      to,
    )
    .map(readEntry)
}

const readEntry = (row: Row): Entry => ({
  seq: whole(row, 'seq'),
  kind: text(row, 'kind'),
  outTradeNo: textOrNull(row, 'out_trade_no'),
  outRefundNo: textOrNull(row, 'out_refund_no'),
  amount: whole(row, 'amount_fen'),
  balance: whole(row, 'balance_fen'),
  bookedAt: instant(row, 'booked_at'),
})
