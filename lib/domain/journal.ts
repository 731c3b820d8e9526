import { addFen, type Fen, subtractFen, toFen } from './money.ts'

/**
 * The chart of accounts, each with the side on which it grows. Every entry also names a provider, so there is one
 * clearing account for each.
 */
export const ACCOUNTS = {
  clearing: { grows: 'debit', holds: 'What a provider took for us, before it pays out.' },
  sales: { grows: 'credit', holds: 'Goods at catalogue prices, less those that were given back.' },
  shipping: { grows: 'credit', holds: 'Delivery that shoppers paid for.' },
  discounts: { grows: 'debit', holds: 'What we took off catalogue prices.' },
  surplus: { grows: 'credit', holds: 'What we owe to shoppers who paid what nobody asked for.' },
  refunds_payable: { grows: 'credit', holds: 'What we promised back and is not there yet.' },
  fees: { grows: 'debit', holds: 'What providers keep for their service.' },
  suspense: { grows: 'debit', holds: 'Differences that a person looked at and nobody could explain.' },
} as const satisfies Record<string, { grows: 'debit' | 'credit'; holds: string }>
export type Account = keyof typeof ACCOUNTS
export const ACCOUNT_NAMES = Object.keys(ACCOUNTS) as [Account, ...Account[]]

/** What an amount of money is made of: `total = subtotal − discount + shipping`. None is negative. */
export type Parts = {
  /** Goods at catalogue prices, before the discount. */
  readonly subtotal: Fen
  readonly discount: Fen
  readonly shipping: Fen
}

type Sides<Part extends string> = Readonly<Partial<Record<Account, Part>>>
type Booking<Part extends string> = { readonly when: string; readonly debit: Sides<Part>; readonly credit: Sides<Part> }

/** Where the parts of an order's money go. */
const BY_PARTS = {
  capture: {
    when: 'A provider took what an order costs.',
    debit: { clearing: 'total', discounts: 'discount' },
    credit: { sales: 'subtotal', shipping: 'shipping' },
  },
  refund_requested: {
    when: 'We promise money back for goods, shipping or both.',
    debit: { sales: 'subtotal', shipping: 'shipping' },
    credit: { refunds_payable: 'total', discounts: 'discount' },
  },
  refund_failed: {
    when: 'That promise is void: the provider could not do it.',
    debit: { refunds_payable: 'total', discounts: 'discount' },
    credit: { sales: 'subtotal', shipping: 'shipping' },
  },
} as const satisfies Record<string, Booking<'total' | keyof Parts>>

/** Where one amount goes as a whole. */
const WHOLE = {
  surplus: {
    when: 'A provider took money that nobody owes: a second payment, or one for an order that had ended.',
    debit: { clearing: 'amount' },
    credit: { surplus: 'amount' },
  },
  surplus_returned: {
    when: 'We promise such money back.',
    debit: { surplus: 'amount' },
    credit: { refunds_payable: 'amount' },
  },
  surplus_return_failed: {
    when: 'The provider could not do it: we owe it still.',
    debit: { refunds_payable: 'amount' },
    credit: { surplus: 'amount' },
  },
  refund_sent: {
    when: 'What was promised back went back.',
    debit: { refunds_payable: 'amount' },
    credit: { clearing: 'amount' },
  },
  fee: {
    when: 'A bill says what the provider kept.',
    debit: { fees: 'amount' },
    credit: { clearing: 'amount' },
  },
  fee_returned: {
    when: 'A bill says that it gave a fee back, say with a refund.',
    debit: { clearing: 'amount' },
    credit: { fees: 'amount' },
  },
} as const satisfies Record<string, Booking<'amount'>>

/** How each kind of journal is booked. A `correction` names its own two sides: a person decides on it. */
export const BOOKINGS = { ...BY_PARTS, ...WHOLE } as const
export type JournalKind = keyof typeof BOOKINGS | 'correction'
export const JOURNAL_KINDS = Object.keys({ ...BOOKINGS, correction: null }) as [JournalKind, ...JournalKind[]]

export type Journal =
  | { readonly kind: keyof typeof BY_PARTS; readonly parts: Parts }
  | { readonly kind: keyof typeof WHOLE; readonly amount: Fen }
  | { readonly kind: 'correction'; readonly debit: Account; readonly credit: Account; readonly amount: Fen }

/** One side of a journal: debits are positive, credits negative. */
export type Entry = { readonly account: Account; readonly amount: Fen }

export const totalOfParts = ({ subtotal, discount, shipping }: Parts): Fen =>
  addFen(subtractFen(subtotal, discount), shipping)

/**
 * The entries of a journal, which sum to nothing. Sides of nothing are left out.
 * @throws {RangeError} for a negative part, an amount that is not positive, or a correction of an account by itself.
 */
export function entriesOf(journal: Journal): readonly Entry[] {
  if (journal.kind === 'correction') {
    if (journal.debit === journal.credit) throw new RangeError(`a correction of ${journal.debit} by itself`)
    return sides<'amount'>({ debit: { [journal.debit]: 'amount' }, credit: { [journal.credit]: 'amount' } }, journal)
  }
  if (!('parts' in journal)) return sides(WHOLE[journal.kind], journal)
  const { subtotal, discount, shipping } = journal.parts
  return sides(BY_PARTS[journal.kind], { total: totalOfParts(journal.parts), subtotal, discount, shipping })
}

function sides<Part extends string>(
  booking: Omit<Booking<Part>, 'when'>,
  amounts: Readonly<Record<Part, Fen>>,
): readonly Entry[] {
  const entries: Entry[] = []
  const write = (side: Sides<Part>, sign: 1n | -1n) => {
    for (const [account, part] of Object.entries(side) as [Account, Part][]) {
      const amount = amounts[part]
      if (amount < 0n) throw new RangeError(`${part} of ${amount} fen in a journal`)
      if (amount > 0n) entries.push({ account, amount: toFen(sign * amount) })
    }
  }
  write(booking.debit, 1n)
  write(booking.credit, -1n)
  if (entries.length === 0) throw new RangeError('a journal of nothing')
  return entries
}
