import 'server-only'
import type { z } from 'zod'
import { requireAccount } from '#lib/auth/current-account.ts'
import type { Account } from '#lib/domain/account.ts'
import type { LimitName } from '#lib/domain/limits.ts'
import type { FormAction, Outcome } from '#lib/doors/answer.ts'
import { answerKnock, type Caller, holdUp, judge } from './door.ts'

/**
 * An action for who is signed in: as `publicAction`, with a limit for the account. Who is signed out is sent to sign in
 * and comes back to the page.
 */
export function customerAction<S extends z.ZodObject>(
  schema: S,
  handler: (input: z.output<S>, caller: Caller & { readonly account: Account }) => Promise<Outcome>,
  { limit = 'account' }: { readonly limit?: LimitName } = {},
): FormAction {
  return (_previous, form) =>
    answerKnock(form, async (knock) => {
      const account = await requireAccount(knock.caller.locale, knock.caller.path)
      const heldUp = await holdUp(limit, account.id, knock)
      return heldUp ?? judge(schema, knock, (input) => handler(input, { ...knock.caller, account }))
    })
}
