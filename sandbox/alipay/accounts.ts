import { whole } from '../book/open-book.ts'
import type { Fen } from '../money.ts'
import type { AlipayRoom } from './room.ts'

export type Account = 'buyer' | 'seller'
type EntryKind = 'opening' | 'payment' | 'fee' | 'refund' | 'fee_back' | 'moved'

export const BUYER = { userId: '2088722000000016', logonId: 'buy***@sandbox.example' } as const
const OPENING: Record<Account, Fen> = { buyer: 10_000_000_000n, seller: 0n }

export function balanceOf(room: AlipayRoom, account: Account): Fen {
  const row = room.book.get(
    'select balance_fen from alipay_entries where account = ? order by seq desc limit 1',
    account,
  )
  return row ? whole(row, 'balance_fen') : 0n
}

export function bookEntry(
  room: AlipayRoom,
  account: Account,
  kind: EntryKind,
  tradeNo: string | null,
  amount: Fen,
): void {
  room.book.run(
    `insert into alipay_entries (account, kind, trade_no, amount_fen, balance_fen, booked_at)
     values (?, ?, ?, ?, ?, ?)`,
    account,
    kind,
    tradeNo,
    amount,
    balanceOf(room, account) + amount,
    room.clock.now(),
  )
}

/** Gives both accounts their first money, once in the life of a book. */
export function openAccounts(room: AlipayRoom): void {
  room.book.transaction(() => {
    if (room.book.get('select 1 from alipay_entries limit 1')) return
    for (const account of ['buyer', 'seller'] as const) bookEntry(room, account, 'opening', null, OPENING[account])
  })
}

/** Money in or out from outside, so that the account then holds `balance`. */
export function setBalance(room: AlipayRoom, account: Account, balance: Fen): void {
  room.book.transaction(() => bookEntry(room, account, 'moved', null, balance - balanceOf(room, account)))
}
