'use server'

import { z } from 'zod'
import { customerAction } from '#app/_doors/customer-action.ts'
import { removePasskey } from '#db/accounts/passkeys.ts'
import { givenPasswordField } from '#lib/auth/account-fields.ts'
import { currentSession } from '#lib/auth/current-session.ts'
import { takePasskey } from '#lib/auth/passkeys.ts'
import { provePassword } from '#lib/auth/prove-password.ts'
import { staffStanding } from '#lib/domain/session-rules.ts'
import { done, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'

const REFUSALS = {
  not_right: 'account.passkeys.notRight',
  taken: 'account.passkeys.taken',
  too_many: 'account.passkeys.tooMany',
} as const

/** Keeps a passkey of staff who are in the back office, and gave their password once more. */
export const addPasskeyAction = customerAction(
  z.object({
    name: z.string().trim().min(1).max(60),
    password: givenPasswordField,
    made: z.string().min(1, 'account.passkeys.notRight').max(20_000),
  }),
  async ({ name, password, made }, { account, locale, ip }) => {
    const t = translator(locale)
    const now = new Date()
    const session = await currentSession()
    if (!session?.staff) return refused(t('account.secondFactor.notStaff'))
    if (staffStanding(session, now) !== 'open') return refused(t('account.passkeys.codeFirst'))
    const proved = await provePassword(account, password, locale)
    if (!proved.ok) return refused(null, { password: proved.error.said })
    const taken = await takePasskey(session, { made, name, ip }, now)
    if (!taken.ok) return refused(t(REFUSALS[taken.error.code]))
    return done(t('account.passkeys.added'))
  },
)

/** Takes a passkey out of use. */
export const removePasskeyAction = customerAction(
  z.object({ passkey: z.base64url().min(1).max(1_400) }),
  async ({ passkey }, { account, locale, ip }) => {
    const t = translator(locale)
    const removed = await removePasskey(account.id, Buffer.from(passkey, 'base64url'), ip)
    return removed ? done(t('account.passkeys.removed')) : refused(t('account.passkeys.unknown'))
  },
)
