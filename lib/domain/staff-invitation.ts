/** How somebody who was invited to work here stands. */
export type InvitationStanding = 'open' | 'expired'

/** How long an invitation is good, in milliseconds. */
export const INVITATION_GOOD_FOR_MS = 3 * 86_400_000

export const invitationStanding = ({ expiresAt }: { readonly expiresAt: Date }, now: Date): InvitationStanding =>
  now < expiresAt ? 'open' : 'expired'
