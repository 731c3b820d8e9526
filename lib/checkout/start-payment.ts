import 'server-only'
import { endAttempt } from '#db/payments/end-attempt.ts'
import { recordHandover, recordNoAnswer } from '#db/payments/record-handover.ts'
import { type StartAttemptError, startAttempt } from '#db/payments/start-attempt.ts'
import { recordCall } from '#db/providers/record-call.ts'
import { crashPoint } from '../crash-point.ts'
import type { CreateError } from '../payments/errors.ts'
import { ADDRESS_ONLY, type BrowserAction, type PaymentProvider, type Scene } from '../payments/port.ts'
import { err, ok, type Result } from '../result.ts'
import { orderOfTrade } from '../telemetry/payment-trace.ts'
import { closeAtProvider } from './close-at-provider.ts'
import { isOver } from './payment-methods.ts'
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

/** Ways whose `create` calls the provider; the others only write an address or a form for the browser. */
const CALLS_AT_CREATE: readonly Scene['kind'][] = ['qr', 'h5', 'jsapi']
const UNANSWERED: readonly CreateError['code'][] = ['unknown', 'untrusted']

/** The second one takes the place of an attempt that can't be gone on with. */
const ATTEMPTS = 2

/**
 * Sends a shopper to pay: reserves the attempt, asks the provider, keeps its answer. Asking again gives the same
 * attempt, so that two clicks, two tabs and a crash in between make one payment. An attempt whose code has run out, or
 * whose number the provider knows with another content, is closed there first and a new one takes its place.
 */
export async function startPayment(
  provider: PaymentProvider,
  start: StartPayment,
  now: Date = new Date(),
): Promise<Result<BrowserAction, StartPaymentError>> {
  const { orderId, expiresAt, scene, subject, returnUrl } = start
  for (let tries = 0; tries < ATTEMPTS; tries++) {
    const started = await startAttempt({ orderId, provider: provider.name, scene: scene.kind, expiresAt }, now)
    if (!started.ok) return started
    crashPoint('attempt_reserved')
    const { attemptId, action, ...about } = started.value
    const attempt = { id: attemptId, ...about }
    // A call of WeChat's browser is for the one who logged in, and it may be somebody else who does now.
    if (action && action.kind !== 'jsapi' && !isOver(action, now)) return ok(action)
    if (action === null || action.kind === 'jsapi') {
      const startedAt = new Date()
      const created = await provider.create({ scene, subject, returnUrl, ...about, payBefore: about.expiresAt })
      const answered = created.ok || !UNANSWERED.includes(created.error.code)
      if (CALLS_AT_CREATE.includes(scene.kind))
        await recordCall({
          ...{ provider: provider.name, call: 'create', answered, startedAt, scene: scene.kind },
          order: orderOfTrade(about.outTradeNo),
          refused: !created.ok && created.error.code === 'refused',
        })
      crashPoint('provider_created')
      if (created.ok) {
        if (!ADDRESS_ONLY.includes(scene.kind)) await recordHandover(attemptId, created.value)
        crashPoint('handover_recorded')
        return created
      }
      if (created.error.code !== 'number_taken') return err(await failedStart(provider, attempt, created.error))
    }
    const closed = await closeAtProvider(provider, attempt, now)
    if (closed.state === 'settled') return err({ code: 'already_paid' })
    if (closed.state === 'open') return err({ code: 'no_answer' })
  }
  return err({ code: 'no_answer' })
}

async function failedStart(
  provider: PaymentProvider,
  attempt: { readonly id: string; readonly outTradeNo: string; readonly startedAt: Date },
  error: Exclude<CreateError, { code: 'number_taken' }>,
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
    case 'scene_not_offered':
    case 'invalid_request':
    case 'refused': {
      const reason = error.code === 'refused' ? error.providerCode : error.code
      await endAttempt(attempt.id, 'failed', `provider:${provider.name}`, reason)
      return { code: 'refused', reason }
    }
  }
}
