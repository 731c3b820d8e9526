import 'server-only'
import type { Route } from 'next'
import { refresh } from 'next/cache'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { type LimitReached, takeFromLimit } from '#db/limits/take-from-limit.ts'
import { takeFromSource } from '#db/limits/take-from-source.ts'
import type { LimitName } from '#lib/domain/limits.ts'
import type { Locale } from '#lib/domain/locale.ts'
import type { Answer, Outcome } from '#lib/doors/answer.ts'
import { keepAnswer } from '#lib/doors/kept-answer.ts'
import { FORM_FIELD, type FormFields, problemsOf, readForm, typedValues } from '#lib/doors/read-form.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { requestPlace } from '#lib/http/request-place.ts'
import { isSameOrigin } from '#lib/http/same-origin.ts'
import { sayActionBegun, sayTooOften } from '#lib/http/tell-server.ts'
import { translator } from '#lib/i18n/translator.ts'
import type { Result } from '#lib/result.ts'
import { tooOften } from './too-often.ts'

/** Who knocked and from where, as every handler is told. */
export type Caller = {
  readonly locale: Locale
  /** The page that the form is on. */
  readonly path: string
  readonly ip: string
  readonly userAgent: string
}

/** What a form sent, once it is known to come from a page of ours. */
export type Knock = { readonly caller: Caller; readonly fields: FormFields }

/**
 * Opens a door: the answer of `work` goes back to the form. A script waits for it (`next-action`); who has none is sent
 * back to the page, which finds the answer kept for its form.
 */
export async function answerKnock(given: unknown, work: (knock: Knock) => Promise<Answer>): Promise<Answer> {
  // A form by its type, but who calls an action by hand sends what they like.
  const form = given instanceof FormData ? given : null
  const taken = await takeIn(form)
  const answer = isKnock(taken) ? await work(taken) : taken
  const sent = await headers()
  const name = form?.get(FORM_FIELD)
  if (sent.has('next-action') || typeof name !== 'string') {
    // What the page shows beside the form may have changed with it.
    if (answer.status === 'done') refresh()
    return answer
  }
  await keepAnswer(name, answer)
  const { path } = await requestPlace()
  redirect(`${path}#${encodeURIComponent(name)}` as Route)
}

/** Takes a form in. Gives an answer instead where no page of ours sent it, or what no form of ours sends. */
async function takeIn(form: FormData | null): Promise<Knock | Answer> {
  const sent = await headers()
  sayActionBegun(sent)
  const { locale, path } = await requestPlace()
  const read = form && isSameOrigin(sent) ? readForm(form) : null
  if (!read) return refusal(translator(locale)('form.stale'), {})
  const { [FORM_FIELD]: _, ...fields } = read
  return { caller: { locale, path, ip: clientIp(sent), userAgent: sent.get('user-agent') ?? '' }, fields }
}

const isKnock = (taken: Knock | Answer): taken is Knock => 'caller' in taken

export const refusal = (said: string | null, fields: FormFields, errors: Answer['errors'] = {}): Answer => ({
  status: 'refused',
  said,
  errors,
  values: typedValues(fields),
})

/** Counts the try. @returns the answer for who has tried too often, else null. */
export const holdUp = async (limit: LimitName, who: string, knock: Knock): Promise<Answer | null> =>
  turnAway(await takeFromLimit(limit, who), knock)

/** The same for the client's address. */
export const holdUpSource = async (limit: LimitName, knock: Knock): Promise<Answer | null> =>
  turnAway(await takeFromSource(limit, knock.caller.ip), knock)

async function turnAway(taken: Result<null, LimitReached>, { caller, fields }: Knock): Promise<Answer | null> {
  if (taken.ok) return null
  const { retryAfterS } = taken.error
  sayTooOften(await headers(), retryAfterS)
  return refusal(tooOften(caller.locale, retryAfterS), fields)
}

/** Judges the fields, and lets the handler do its work when they are right. */
export async function judge<S extends z.ZodObject>(
  schema: S,
  { caller, fields }: Knock,
  handle: (input: z.output<S>) => Promise<Outcome>,
): Promise<Answer> {
  const parsed = schema.strict().safeParse(fields, { reportInput: true })
  if (!parsed.success) {
    const t = translator(caller.locale)
    const errors = problemsOf(parsed.error).map(([field, key]) => [field, t(key as 'form.errors.invalid')])
    return refusal(t('form.notRight'), fields, Object.fromEntries(errors))
  }
  const outcome = await handle(parsed.data as z.output<S>)
  if (outcome.kind === 'refused') return refusal(outcome.said, { ...fields, ...outcome.values }, outcome.errors)
  return { status: 'done', said: outcome.said, errors: {}, values: {} }
}
