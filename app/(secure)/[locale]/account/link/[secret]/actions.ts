'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { publicAction } from '#app/_doors/public-action.ts'
import { acceptInvitation } from '#db/accounts/accept-invitation.ts'
import { findAccountLink } from '#db/accounts/find-account-link.ts'
import {
  changeEmail,
  confirmAccount,
  type LinkRefusal,
  resetPassword,
  takeSignInLink,
} from '#db/accounts/use-account-link.ts'
import { chosenPasswordField, nameField } from '#lib/auth/account-fields.ts'
import { askForMail } from '#lib/auth/ask-for-mail.ts'
import { choosePassword } from '#lib/auth/choose-password.ts'
import { startSession } from '#lib/auth/start-session.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { isSecret } from '#lib/domain/secret.ts'
import { done, type Outcome, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { officePath } from '#lib/office-paths.ts'
import { accountPath } from '#lib/paths.ts'

const secret = z.string().refine(isSecret)
const limit = { limit: 'open-link' } as const

const noLonger = (locale: Locale, { code }: LinkRefusal): Outcome => refused(translator(locale)(`account.link.${code}`))

/** Opens the account that a mail was confirmed for, with a password, and signs in. */
export const confirmAction = publicAction(
  z.object({ secret, name: nameField, password: chosenPasswordField }),
  async ({ secret, name, password }, { locale, ip, userAgent }) => {
    const found = await findAccountLink(secret)
    const chosen = await choosePassword(password, [found?.link.email ?? '', name ?? ''], locale)
    if (!chosen.ok) return refused(null, { password: chosen.error.said })
    const now = new Date()
    const confirmed = await confirmAccount(secret, { name, passwordHash: chosen.value }, now)
    if (!confirmed.ok) return noLonger(locale, confirmed.error)
    await startSession({ id: confirmed.value.id, name }, { ip, userAgent }, now)
    redirect(accountPath(locale))
  },
  limit,
)

/** Signs in by a mailed link. A press is asked for, since mail programs open links to look at them. */
export const signInByLinkAction = publicAction(
  z.object({ secret }),
  async ({ secret }, { locale, ip, userAgent }) => {
    const now = new Date()
    const taken = await takeSignInLink(secret, now)
    if (!taken.ok) return noLonger(locale, taken.error)
    await startSession(taken.value, { ip, userAgent }, now)
    redirect(accountPath(locale))
  },
  limit,
)

/** Gives the account a new password and signs in; all other devices are signed out. */
export const resetAction = publicAction(
  z.object({ secret, password: chosenPasswordField }),
  async ({ secret, password }, { locale, ip, userAgent }) => {
    const found = await findAccountLink(secret)
    const about = [found?.account.email ?? '', found?.account.name ?? '']
    const chosen = await choosePassword(password, about, locale)
    if (!chosen.ok) return refused(null, { password: chosen.error.said })
    const now = new Date()
    const reset = await resetPassword(secret, chosen.value, now)
    if (!reset.ok) return noLonger(locale, reset.error)
    await startSession(reset.value, { ip, userAgent }, now)
    redirect(accountPath(locale))
  },
  limit,
)

/** Moves the account to the address that the link was sent to. */
export const changeEmailAction = publicAction(
  z.object({ secret }),
  async ({ secret }, { locale, ip, userAgent }) => {
    const now = new Date()
    const changed = await changeEmail(secret, now)
    if (!changed.ok) return noLonger(locale, changed.error)
    await startSession(changed.value, { ip, userAgent }, now)
    redirect(accountPath(locale))
  },
  limit,
)

/** Makes who was invited one of the staff. Who is new chooses a password; the office asks for a device next. */
export const acceptInvitationAction = publicAction(
  z.object({ secret, name: nameField.optional(), password: chosenPasswordField.optional() }),
  async ({ secret, name = null, password }, { locale, ip, userAgent }) => {
    const found = await findAccountLink(secret)
    if (!found) return noLonger(locale, { code: 'unknown' })
    const now = new Date()
    const chosen =
      found.account.confirmedAt === null
        ? await choosePassword(password ?? '', [found.link.email, name ?? ''], locale)
        : null
    if (chosen && !chosen.ok) return refused(null, { password: chosen.error.said })
    const accepted = await acceptInvitation(secret, chosen && { name, passwordHash: chosen.value }, now)
    if (!accepted.ok) return noLonger(locale, accepted.error)
    await startSession({ ...accepted.value, name: chosen ? name : accepted.value.name }, { ip, userAgent }, now)
    redirect(officePath(locale))
  },
  limit,
)

/** Has a link like this one mailed again, to where it was sent. */
export const renewLinkAction = publicAction(
  z.object({ secret }),
  async ({ secret }, { locale }) => {
    const found = await findAccountLink(secret)
    if (found) {
      const { kind, email, accountId } = found.link
      // Whoever invited them does it again.
      if (kind === 'invite') return refused(translator(locale)('account.link.unknown'))
      const wish = kind === 'confirm' ? 'sign_up' : kind
      await askForMail({ wish, email, locale, ...(kind === 'change_email' ? { accountId } : {}) })
    }
    return done(translator(locale)('account.link.renewed'))
  },
  { limit: 'mailed-link-address' },
)
