import 'server-only'
import { cookies } from 'next/headers'
import { z } from 'zod'
import { openText, sealText } from '#lib/auth/seal-text.ts'
import { secure } from '#lib/env.ts'
import { type Answer, NOTHING_YET } from './answer.ts'
import { ANSWER_COOKIE } from './answer-cookie.ts'

const GOOD_FOR_S = 60
/** Browsers keep cookies of 4096 bytes, and a seal takes a third more than its text. */
const TEXT_AT_MOST = 2_700

const Kept = z.object({
  form: z.string(),
  answer: z.object({
    status: z.enum(['done', 'refused', 'step_up']),
    said: z.string().nullable(),
    errors: z.record(z.string(), z.string()),
    values: z.record(z.string(), z.string()),
  }),
})

/**
 * Keeps the answer to a form that was sent without JavaScript for the page that it is sent back to: Next gives a page
 * that was begun before its request no other way to know it. What was typed is left out where it is too long.
 */
export async function keepAnswer(form: string, answer: Answer): Promise<void> {
  const whole = JSON.stringify({ form, answer })
  const text =
    Buffer.byteLength(whole) <= TEXT_AT_MOST ? whole : JSON.stringify({ form, answer: { ...answer, values: {} } })
  const jar = await cookies()
  jar.set(ANSWER_COOKIE, sealText('answer', text), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: GOOD_FOR_S,
  })
}

/** What the door said to this form, when the page is shown because of it. */
export async function answerTo(form: string): Promise<Answer> {
  const sealed = (await cookies()).get(ANSWER_COOKIE)?.value
  const text = sealed === undefined ? null : openText('answer', sealed)
  if (text === null) return NOTHING_YET
  const kept = Kept.parse(JSON.parse(text))
  return kept.form === form ? kept.answer : NOTHING_YET
}
