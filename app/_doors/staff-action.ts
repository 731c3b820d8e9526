import 'server-only'
import type { z } from 'zod'
import { permitted } from '#lib/auth/current-staff.ts'
import { hasSteppedUp, passkeyToStepUp } from '#lib/auth/step-up.ts'
import type { LimitName } from '#lib/domain/limits.ts'
import type { Permission, Permit } from '#lib/domain/permissions.ts'
import type { FormAction, Outcome } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { answerKnock, type Caller, holdUp, judge, refusal } from './door.ts'

/** The field for the code that a dangerous action asks for; see `Answer.status`. */
const STEP_UP_FIELD = 'stepUpCode'

/**
 * An action of the back office: proof that a page of ours asked, the permission, a limit for the person, fields that are
 * exactly the schema's. With `stepUp`, for what moves money, prices, roles or keys, it also asks for a code of the
 * device, or a passkey, given in the last five minutes: the answer is `step_up` once, and the form shows the field for it.
 */
export function staffAction<P extends Permission, S extends z.ZodObject>(
  permission: P,
  schema: S,
  handler: (input: z.output<S>, caller: Caller & { readonly permit: Permit<P> }) => Promise<Outcome>,
  { limit = 'office', stepUp = false }: { readonly limit?: LimitName; readonly stepUp?: boolean } = {},
): FormAction {
  return (_previous, form) =>
    answerKnock(form, async (taken) => {
      const { [STEP_UP_FIELD]: code, ...fields } = taken.fields
      const knock = { ...taken, fields }
      const permit = await permitted(permission)
      const heldUp = await holdUp(limit, permit.staffId, knock)
      if (heldUp) return heldUp
      if (stepUp && !(await hasSteppedUp(typeof code === 'string' ? code : null))) {
        const t = translator(knock.caller.locale)
        const said = t(code ? 'form.wrongCode' : 'form.stepUp')
        const question = await passkeyToStepUp()
        const words = { label: t('account.passkeys.use'), failed: t('account.passkeys.failed') }
        return { ...refusal(said, fields), status: 'step_up', passkey: question && { question, ...words } }
      }
      return judge(schema, knock, (input) => handler(input, { ...knock.caller, permit }))
    })
}
