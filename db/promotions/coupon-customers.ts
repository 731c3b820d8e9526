import 'server-only'
import { createHash } from 'node:crypto'
import { mailboxOf } from '#lib/domain/coupon-customer.ts'

const keyOf = (kind: 'mailbox' | 'account', id: string) =>
  createHash('sha256').update(`${kind}:${id}`).digest('base64url')

/** By what a customer is known to a coupon's limit: the mailbox, and the account where there is one. */
export const couponCustomersOf = (email: string | null, accountId: string | null): readonly string[] =>
  [...(email ? [keyOf('mailbox', mailboxOf(email))] : []), ...(accountId ? [keyOf('account', accountId)] : [])].sort()
