// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of other files

import { byNobody, bySimulator, byTest, type Guard } from './guard.ts'

const WRITE = 'db/orders/write-order.ts'
const END = 'db/orders/end-order.ts'
const START = 'db/payments/start-attempt.ts'

/** Between a basket and the payment of its order, and around the end of orders that nobody pays. */
export const ORDER_GUARDS: readonly Guard[] = [
  {
    name: 'orders-need-free-stock',
    against: 'More is sold than there is.',
    patch: { file: WRITE, from: 'where units >= quantity', to: 'where units >= 0' },
    found: byTest('db', 'db/orders/place-order.test.ts'),
  },
  {
    name: 'a-request-places-one-order',
    against: 'A double click orders twice, or ends in an error.',
    patch: { file: WRITE, from: 'on conflict (request_hash) do nothing', to: '' },
    found: bySimulator,
  },
  {
    name: 'a-repeat-finds-its-order',
    against: 'A shopper who clicked twice is told that the pieces are gone.',
    patch: {
      file: 'db/orders/place-order.ts',
      from: 'if (repeat) return ok({ orderId: repeat.orderId, number: repeat.number, secret })',
      to: '',
    },
    found: byTest('db', 'db/orders/place-order.test.ts'),
  },
  {
    name: 'one-attempt-for-two-tabs',
    against: 'Two tabs open two payments by the same way.',
    patch: { file: START, from: 'where not exists (select from existing) and', to: 'where' },
    found: byNobody(
      'The index of open attempts refuses the second one, and the tab that lost looks again and is given the first.',
    ),
  },
  {
    name: 'only-waiting-orders-are-paid',
    against: 'A payment is begun for an order that is paid or has ended.',
    patch: { file: START, from: ' and state = any (${AWAITING}) and expires_at', to: ' and expires_at' },
    found: bySimulator,
  },
  {
    name: 'only-pending-orders-end',
    against: 'The deadline ends an order that was paid.',
    patch: { file: END, from: "if (order.state !== 'pending_payment') return { code: 'not_pending' }", to: '' },
    found: bySimulator,
  },
  {
    name: 'orders-keep-their-time',
    against: 'An order ends before its deadline.',
    patch: {
      file: END,
      from: "if (event === 'deadline_passed' && order.expiresAt > now) return { code: 'not_due' }",
      to: '',
    },
    found: byNobody(
      'The job that ends an order is due at its deadline, and the sweep asks for those that are past it.',
    ),
  },
  {
    name: 'orders-end-after-their-attempts',
    against: 'An order ends while its shopper can still pay.',
    patch: { file: END, from: 'return attemptIds.length === 0 ? null', to: 'return attemptIds.length >= 0 ? null' },
    found: byTest('db', 'lib/checkout/close-and-notify.db.test.ts'),
  },
  {
    name: 'ended-orders-free-their-stock',
    against: 'Pieces that nobody bought are never sold.',
    patch: { file: END, from: 'await releaseStock(tx, orderId)', to: '' },
    found: bySimulator,
  },
  {
    name: 'ends-are-locked',
    against: 'An order is paid and ended at once.',
    patch: {
      file: END,
      from: "where(eq(payments.orderId, orderId)).for('update')",
      to: 'where(eq(payments.orderId, orderId))',
    },
    found: byNobody(
      'The lock of the order, which is taken next, decides as well; that of the payment keeps the order of locks.',
    ),
  },
  {
    name: 'only-the-provider-ends-an-attempt',
    against: 'After a time-out an attempt counts as closed while its trade can still be paid.',
    patch: {
      file: 'lib/checkout/close-at-provider.ts',
      from: "if (!answer.ok) return { state: 'open', reason: answer.error.code }",
      to: "if (!answer.ok) {\n    await endAttempt(attempt.id, 'closed', 'system')\n    return { state: 'ended' }\n  }",
    },
    found: byTest('db', 'lib/checkout/close-and-notify.db.test.ts'),
  },
  {
    name: 'overdue-orders-are-swept',
    against: 'An order whose provider was silent at its deadline waits for ever.',
    patch: {
      file: 'lib/jobs/sweep-unsettled.ts',
      from: 'listOverdueOrders(before),',
      to: 'Promise.resolve<string[]>([]),',
    },
    found: bySimulator,
  },
  {
    name: 'jobs-run-again',
    against: 'What a crash interrupted is never done.',
    sql: 'update pgboss.queue set retry_limit = 0',
    found: bySimulator,
  },
]
