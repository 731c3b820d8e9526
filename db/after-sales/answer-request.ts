import 'server-only'
import { eq } from 'drizzle-orm'
import { nextAfterSaleState } from '#lib/domain/after-sale-state.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { announceOrderChange } from '../orders/order-changed.ts'
import { moveRequest } from '../refunds/move-request.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { lockRequest, type MovedOn, movedOn } from './lock-request.ts'
import { afterSaleRequests } from './schema.ts'

export type AnswerRequest = {
  readonly requestId: string
  readonly verdict: 'approved' | 'declined'
  /** To the shopper; a refusal has at least a sentence. */
  readonly answer: string
  readonly ip: string | null
}

export type AnswerRequestError =
  | { readonly code: 'unknown_request' }
  | MovedOn
  /** Nobody is refused without a word. */
  | { readonly code: 'words_missing' }

/** Grants or refuses what a shopper asked for, with words and a mail. Of two who answer the second hears of the first. */
export async function answerRequest(
  permit: Permit<'requests.answer'>,
  { requestId, verdict, answer, ip }: AnswerRequest,
  now: Date = new Date(),
): Promise<Result<{ readonly orderId: string }, AnswerRequestError>> {
  if (verdict === 'declined' && answer.trim() === '') return err({ code: 'words_missing' })
  const actor = staffActor(permit)
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const locked = await lockRequest(tx, requestId)
      if (!locked) return err({ code: 'unknown_request' })
      const { request } = locked
      if (nextAfterSaleState(request.state, verdict) === null) return err(await movedOn(tx, request))

      await moveRequest(tx, request, { event: verdict, actor, reason: answer || null })
      const answered = { answer, answeredBy: actor, answeredAt: now }
      await tx.update(afterSaleRequests).set(answered).where(eq(afterSaleRequests.requestId, requestId))
      const { orderId } = request
      await enqueue(tx, { name: 'send-order-mail', data: { orderId, kind: `request_${verdict}`, requestId } })
      await appendAuditEntry(tx, {
        actor,
        action: permit.permission,
        about: { kind: 'request', id: requestId },
        before: { state: request.state },
        after: { state: verdict },
        reason: answer,
        ip,
      })
      await announceOrderChange(tx, orderId)
      return ok({ orderId })
    }),
  )
}
