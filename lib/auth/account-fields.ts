import { z } from 'zod'
import { EMAIL_AT_MOST, parseEmail } from '../domain/email.ts'
import { PASSWORD_AT_MOST } from '../domain/password-rules.ts'

/** An e-mail in the form in which we keep it. Twice as long is let in to be judged, since it may be surrounded by blanks. */
export const emailField = z
  .string()
  .min(1)
  .max(2 * EMAIL_AT_MOST)
  .transform((typed, context) => {
    const email = parseEmail(typed)
    if (email !== null) return email
    context.addIssue({ code: 'custom', message: 'form.errors.email' })
    return z.NEVER
  })

/** A password that is chosen; `password-rules.ts` judges it with what is known of its owner. */
export const chosenPasswordField = z
  .string()
  .min(1)
  .max(4 * PASSWORD_AT_MOST)

/** A password that is asked for, not chosen: whatever somebody has. */
export const givenPasswordField = z
  .string()
  .min(1)
  .max(4 * PASSWORD_AT_MOST)

/** Where to go on; the handler looks at it again. */
export const nextField = z.string().max(2000).optional()

const NAME_AT_MOST = 80

/** The name that somebody is called by; may be left empty. Kept as it was typed, in one line. */
export const nameField = z
  .string()
  .max(NAME_AT_MOST)
  .transform((typed) => typed.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim() || null)
