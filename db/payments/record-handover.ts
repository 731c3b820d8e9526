import 'server-only'
import { eq, inArray, sql } from 'drizzle-orm'
import { ATTEMPT_STATES, type AttemptEvent, nextAttemptState } from '#lib/domain/attempt-state.ts'
import type { BrowserAction } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { paymentAttempts } from './schema.ts'

/** The state after `event`, and as it was where the table has none: the shopper may have paid meanwhile. */
const stateAfter = (event: AttemptEvent, to: 'redirected' | 'unknown') => {
  const movable = ATTEMPT_STATES.filter((state) => nextAttemptState(state, event) === to)
  return sql`case when ${inArray(paymentAttempts.state, movable)} then ${to} else ${paymentAttempts.state} end`
}

const handedOver = db
  .update(paymentAttempts)
  .set({ action: sql`${sql.placeholder('action')}::text::jsonb`, state: stateAfter('handed_over', 'redirected') })
  .where(eq(paymentAttempts.id, sql.placeholder('id')))
  .prepare('record_handover')

/** Keeps what the browser has to do, which the provider answered to the start of an attempt. */
export async function recordHandover(attemptId: string, action: BrowserAction): Promise<void> {
  await handedOver.execute({ id: attemptId, action: JSON.stringify(action) })
}

/** Notes that the provider's answer got lost: the attempt may or may not be payable, only a query tells. */
export async function recordNoAnswer(attemptId: string): Promise<void> {
  await db
    .update(paymentAttempts)
    .set({ state: stateAfter('no_answer', 'unknown') })
    .where(eq(paymentAttempts.id, attemptId))
}
