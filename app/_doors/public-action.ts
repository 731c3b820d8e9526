import 'server-only'
import type { z } from 'zod'
import type { LimitName } from '#lib/domain/limits.ts'
import type { FormAction, Outcome } from '#lib/doors/answer.ts'
import { answerKnock, type Caller, holdUpSource, judge } from './door.ts'

/**
 * An action for anybody: proof that a page of ours asked, a limit for the client's address, fields that are exactly the
 * schema's. A message of the schema is a key of the texts.
 */
export function publicAction<S extends z.ZodObject>(
  schema: S,
  handler: (input: z.output<S>, caller: Caller) => Promise<Outcome>,
  { limit }: { readonly limit: LimitName },
): FormAction {
  return (_previous, form) =>
    answerKnock(form, async (knock) => {
      const heldUp = await holdUpSource(limit, knock)
      return heldUp ?? judge(schema, knock, (input) => handler(input, knock.caller))
    })
}
