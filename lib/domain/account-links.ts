import { INVITATION_GOOD_FOR_MS } from './staff-invitation.ts'

/** What a mailed link can be for. */
export const ACCOUNT_LINK_KINDS = ['confirm', 'sign_in', 'reset', 'change_email', 'invite'] as const
export type AccountLinkKind = (typeof ACCOUNT_LINK_KINDS)[number]

const MINUTE_MS = 60_000
/** How long a link is good, in milliseconds: the more it opens, the shorter. */
export const LINK_GOOD_FOR_MS = {
  confirm: 3 * 24 * 60 * MINUTE_MS,
  sign_in: 15 * MINUTE_MS,
  reset: 30 * MINUTE_MS,
  change_email: 24 * 60 * MINUTE_MS,
  invite: INVITATION_GOOD_FOR_MS,
} as const satisfies Record<AccountLinkKind, number>

/** What a link is now. One that was used is told as used, also when its time is over. */
export function linkStanding(
  { usedAt, expiresAt }: { readonly usedAt: Date | null; readonly expiresAt: Date },
  now: Date,
): 'good' | 'used' | 'expired' {
  if (usedAt !== null) return 'used'
  return now < expiresAt ? 'good' : 'expired'
}
