'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { customerAction } from '#app/_doors/customer-action.ts'
import { changePassword, changeProfile } from '#db/accounts/change-account.ts'
import { endSession } from '#db/accounts/end-sessions.ts'
import { eraseAccount } from '#db/accounts/erase-account.ts'
import { chosenPasswordField, emailField, givenPasswordField, nameField } from '#lib/auth/account-fields.ts'
import { askForMail } from '#lib/auth/ask-for-mail.ts'
import { choosePassword } from '#lib/auth/choose-password.ts'
import { provePassword } from '#lib/auth/prove-password.ts'
import { signOutEverywhere } from '#lib/auth/sign-out-everywhere.ts'
import { forgetSession, greet } from '#lib/auth/start-session.ts'
import { readCartToken } from '#lib/cart/cart-cookies.ts'
import { LOCALES } from '#lib/domain/locale.ts'
import { done, refused } from '#lib/doors/answer.ts'
import { secure } from '#lib/env.ts'
import { translator } from '#lib/i18n/translator.ts'
import { homePath } from '#lib/paths.ts'

/** Keeps how somebody is called and which language they are written in. */
export const changeProfileAction = customerAction(
  z.object({ name: nameField, locale: z.enum(LOCALES) }),
  async (profile, { account, locale }) => {
    await changeProfile(account.id, profile)
    await greet(profile.name)
    return done(translator(locale)('account.profile.done'))
  },
)

/** Changes the password of who knows the present one; all other devices are signed out. */
export const changePasswordAction = customerAction(
  z.object({ password: givenPasswordField, newPassword: chosenPasswordField }),
  async ({ password, newPassword }, { account, locale }) => {
    const t = translator(locale)
    const proved = await provePassword(account, password, locale)
    if (!proved.ok) return refused(null, { password: proved.error.said })
    const chosen = await choosePassword(newPassword, [account.email, account.name ?? ''], locale)
    if (!chosen.ok) return refused(null, { newPassword: chosen.error.said })
    await changePassword(account, chosen.value, account.sessionId, new Date())
    return done(t('account.changePassword.done'))
  },
)

/** Has a link mailed to a new address; nothing changes before it is opened. The answer is the same for a taken one. */
export const changeEmailAction = customerAction(
  z.object({ email: emailField, password: givenPasswordField }),
  async ({ email, password }, { account, locale }) => {
    const proved = await provePassword(account, password, locale)
    if (!proved.ok) return refused(null, { password: proved.error.said })
    await askForMail({ wish: 'change_email', email, locale: account.locale, accountId: account.id })
    return done(translator(locale)('account.changeEmail.done', { email }))
  },
)

/** Signs one of one's own devices out. */
export const endDeviceAction = customerAction(
  z.object({ device: z.uuid() }),
  async ({ device }, { account, locale }) => {
    const t = translator(locale)
    const ended = await endSession(account.id, device, new Date())
    return ended ? done(t('account.devices.ended')) : refused(t('account.devices.unknown'))
  },
)

/** Signs every device out, this one too. */
export const signOutEverywhereAction = customerAction(z.object({}), async (_, { account, locale }) => {
  await signOutEverywhere(account.id, new Date())
  await forgetSession()
  redirect(homePath(locale))
})

/** Deletes the account of who knows its password. */
export const eraseAccountAction = customerAction(
  z.object({ password: givenPasswordField }),
  async ({ password }, { account, locale }) => {
    const proved = await provePassword(account, password, locale)
    if (!proved.ok) return refused(null, { password: proved.error.said })
    const erased = await eraseAccount(account.id, readCartToken(await cookies(), secure), new Date())
    if (!erased.ok) return refused(translator(locale)('account.erase.refused'))
    await forgetSession()
    redirect(homePath(locale))
  },
)
