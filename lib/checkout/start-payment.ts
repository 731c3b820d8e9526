import 'server-only'
import { endAttempt } from '#db/payments/end-attempt.ts'
import { recordHandover, recordNoAnswer } from '#db/payments/record-handover.ts'
import { type StartAttemptError, startAttempt } from '#db/payments/start-attempt.ts'
import { crashPoint } from '../crash-point.ts'
import type { BrowserAction, CreateError, PaymentProvider, Scene } from '../payments/port.ts'
import { err, ok, type Result } from '../result.ts'
import { queryAndSettle } from './query-and-settle.ts'

export type StartPayment = {
  readonly orderId: string
  readonly expiresAt: Date
  readonly scene: Scene
  /** What the buyer reads at the gateway. */
  readonly subject: string
  readonly returnUrl: string
}

export type StartPaymentError =
  | StartAttemptError
  /** The money is there or on its way: show the order, never ask to pay again. */
  | { readonly code: 'already_paid' }
  /** The provider refused or the way is not offered: choose another one. */
  | { readonly code: 'refused'; readonly reason: string }
  /** No answer: the same way may be tried again and is safe, its number stays the same. */
  | { readonly code: 'no_answer' }

/**
 * Sends a shopper to pay: reserves the attempt, asks the provider, keeps its answer. Asking again gives the same
 * attempt, so that two clicks, two tabs and a crash in between make one payment.
 */
export async function startPayment(
  provider: PaymentProvider,
  start: StartPayment,
  now: Date = new Date(),
): Promise<Result<BrowserAction, StartPaymentError>> {
  const { orderId, expiresAt, scene, subject, returnUrl } = start
  const started = await startAttempt({ orderId, provider: provider.name, scene: scene.kind, expiresAt }, now)
  if (!started.ok) return started
  crashPoint('attempt_reserved')
  const { attemptId, outTradeNo, amount, startedAt, action } = started.value
  if (action) return ok(action)

  const created = await provider.create({
    scene,
    outTradeNo,
    amount,
    subject,
    startedAt,
    payBefore: started.value.expiresAt,
    returnUrl,
  })
  crashPoint('provider_created')
  if (created.ok) {
    await recordHandover(attemptId, created.value)
    crashPoint('handover_recorded')
    return created
  }
  return err(await failedStart(provider, { id: attemptId, outTradeNo, startedAt }, created.error))
}

async function failedStart(
  provider: PaymentProvider,
  attempt: { readonly id: string; readonly outTradeNo: string; readonly startedAt: Date },
  error: CreateError,
): Promise<StartPaymentError> {
  switch (error.code) {
    case 'already_paid':
      await queryAndSettle(provider, attempt)
      return { code: 'already_paid' }
    case 'unknown':
    case 'untrusted':
    case 'rate_limited':
      await recordNoAnswer(attempt.id)
      return { code: 'no_answer' }
    case 'already_closed':
    case 'number_taken':
    case 'scene_not_offered':
    case 'invalid_request':
    case 'refused':
      await endAttempt(attempt.id, 'failed', `provider:${provider.name}`)
      return { code: 'refused', reason: error.code === 'refused' ? error.providerCode : error.code }
  }
}
