'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { customerAction } from '#app/_doors/customer-action.ts'
import { nextField } from '#lib/auth/account-fields.ts'
import { currentSession } from '#lib/auth/current-session.ts'
import { giveCode } from '#lib/auth/give-code.ts'
import { done, refused } from '#lib/doors/answer.ts'
import { ownPath } from '#lib/http/own-path.ts'
import { translator } from '#lib/i18n/translator.ts'
import { accountPath } from '#lib/paths.ts'

/** Takes the code of somebody's device, or what their passkey signed, and opens the back office; the first code of a device takes the device too. */
export const giveCodeAction = customerAction(
  z.object({ code: z.string().min(1).max(8_000), next: nextField }),
  async ({ code, next }, { locale, ip }) => {
    const t = translator(locale)
    const session = await currentSession()
    if (!session?.staff) return refused(t('account.secondFactor.notStaff'))
    const given = await giveCode(session, code, ip, new Date())
    if (given.ok) {
      if (given.value === null) redirect(ownPath(next) ?? accountPath(locale))
      return done(t('account.secondFactor.codes', { codes: given.value.join('\n') }))
    }
    if (given.error.code === 'wrong_code') return refused(t('form.wrongCode'))
    return refused(t('form.tooOften', { minutes: Math.ceil(given.error.retryAfterS / 60) }))
  },
)
