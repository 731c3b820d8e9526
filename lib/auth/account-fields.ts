import { z } from 'zod'
import { EMAIL_AT_MOST, parseEmail } from '../domain/email.ts'

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

export const PASSWORD_AT_LEAST = 12
export const PASSWORD_AT_MOST = 128

/** A password that is asked for, not chosen: whatever somebody has. */
export const givenPasswordField = z.string().min(1).max(PASSWORD_AT_MOST)

/** Where to go on; the handler looks at it again. */
export const nextField = z.string().max(2000).optional()
