import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { type AccountLinkKind, linkStanding } from '#lib/domain/account-links.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Transaction } from '../client.ts'
import { carryMailChoices } from '../mails/mail-choices.ts'
import { undoWhenRefused } from '../undo-when-refused.ts'
import { endAllSessions } from './end-sessions.ts'
import { findAccountLink } from './find-account-link.ts'
import { requestAccountMail } from './request-account-mail.ts'
import { accountLinks, accounts } from './schema.ts'

export type LinkRefusal = { readonly code: 'unknown' | 'used' | 'expired' | 'email_taken' }
/** Somebody else made an account of the address meanwhile. */
const TAKEN = { accounts_email_unique: { code: 'email_taken' } } as const
type LinkedAccount = {
  readonly id: string
  readonly name: string | null
  readonly email: string
  readonly locale: Locale
}

/**
 * Spends a link of one kind and does what it is for, together or not at all; of two at once one finds it used.
 * @param effect may say why it cannot be done after all: the link is then as good as before.
 */
export const spend = (
  kind: AccountLinkKind,
  secret: string,
  now: Date,
  effect: (
    tx: Transaction,
    account: LinkedAccount,
    link: { readonly email: string },
  ) => Promise<LinkRefusal['code'] | null | undefined>,
): Promise<Result<LinkedAccount, LinkRefusal>> =>
  undoWhenRefused<LinkedAccount, LinkRefusal>(async (tx) => {
    const found = await findAccountLink(secret, tx)
    if (!found || found.link.kind !== kind) return err({ code: 'unknown' })
    const [spent] = await tx
      .update(accountLinks)
      .set({ usedAt: now })
      .where(
        and(
          eq(accountLinks.secretHash, found.link.secretHash),
          isNull(accountLinks.usedAt),
          sql`${accountLinks.expiresAt} > ${now.toISOString()}::timestamptz`,
        ),
      )
      .returning({ kind: accountLinks.kind })
    if (!spent) return err({ code: linkStanding(found.link, now) === 'expired' ? 'expired' : 'used' })
    const refused = await effect(tx, found.account, found.link)
    return refused ? err({ code: refused }) : ok(found.account)
  }, TAKEN)

/** Makes an account somebody's own: its e-mail is theirs, its password is the one they chose. */
export const confirmAccount = (
  secret: string,
  { name, passwordHash }: { readonly name: string | null; readonly passwordHash: string },
  now: Date,
) =>
  spend('confirm', secret, now, async (tx, account) => {
    await tx.update(accounts).set({ confirmedAt: now, name, passwordHash }).where(eq(accounts.id, account.id))
    await spendOthers(tx, account.id, 'confirm', now)
  })

/** Takes a link that signs in. */
export const takeSignInLink = (secret: string, now: Date) => spend('sign_in', secret, now, async () => undefined)

/** Gives an account a new password, and signs every device out. */
export const resetPassword = (secret: string, passwordHash: string, now: Date) =>
  spend('reset', secret, now, async (tx, account) => {
    await tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, account.id))
    await endAllSessions(tx, account.id, now)
    await spendOthers(tx, account.id, 'reset', now)
    await requestAccountMail(tx, { wish: 'password_changed', email: account.email, locale: account.locale })
  })

/** Moves an account to the address that the link was sent to, tells the old one, and signs every device out. */
export const changeEmail = (secret: string, now: Date) =>
  spend('change_email', secret, now, async (tx, account, { email }) => {
    await tx.update(accounts).set({ email }).where(eq(accounts.id, account.id))
    await carryMailChoices(tx, account.email, email)
    await endAllSessions(tx, account.id, now)
    await spendOthers(tx, account.id, null, now)
    await requestAccountMail(tx, { wish: 'email_changed', email: account.email, locale: account.locale })
  })

/** Earlier links must not undo what the latest has done. @param kind null for links of every kind. */
export const spendOthers = (tx: Transaction, accountId: string, kind: AccountLinkKind | null, now: Date) =>
  tx
    .update(accountLinks)
    .set({ usedAt: now })
    .where(
      and(
        eq(accountLinks.accountId, accountId),
        kind === null ? undefined : eq(accountLinks.kind, kind),
        isNull(accountLinks.usedAt),
      ),
    )
