// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of other files

import { byNobody, bySimulator, byTest, type Guard } from './guard.ts'

const CAPTURE = 'db/payments/capture-attempt.ts'
const RULES = 'lib/domain/settlement.ts'
const rules = byTest('unit', 'lib/domain/settlement.test.ts')
const settling = byTest('db', 'db/payments/settle-attempt.test.ts')
const LOCKS = 'db/payments/lock-book.ts'

/** Between a payment that was reported and the order that it pays. */
export const SETTLEMENT_GUARDS: readonly Guard[] = [
  {
    name: 'capture-checks-the-amount',
    against: 'An order is confirmed for another amount than its own.',
    patch: { file: CAPTURE, from: 'and amount_fen = ${amount}::bigint and currency', to: 'and currency' },
    found: settling,
  },
  {
    name: 'capture-demands-a-waiting-order',
    against: 'An order that has ended is confirmed although its stock is gone.',
    patch: { file: CAPTURE, from: ' and state = any (${AWAITING})', to: '' },
    found: settling,
  },
  {
    name: 'capture-demands-an-unpaid-payment',
    against: 'A second payment overwrites the first.',
    patch: { file: CAPTURE, from: ' and captured_fen = 0', to: '' },
    found: byNobody('An order whose payment has money no longer waits for it, and that is asked under the same locks.'),
  },
  {
    name: 'capture-notes-each-event-once',
    against: 'The same event is booked twice.',
    patch: {
      file: CAPTURE,
      from: 'on conflict (provider, event_id) do nothing\n      returning id',
      to: 'returning id',
    },
    found: byNobody('A repeat finds the order confirmed; the unique key would refuse the row.'),
  },
  {
    name: 'capture-takes-stock-off-the-shelf',
    against: 'Sold pieces are sold again.',
    patch: {
      file: CAPTURE,
      from: 'set on_hand = stock.on_hand - line.quantity, held = stock.held - line.quantity',
      to: 'set held = stock.held - line.quantity',
    },
    found: bySimulator,
  },
  {
    name: 'capture-books-the-ledger',
    against: 'Money comes of which the ledger knows nothing.',
    patch: { file: CAPTURE, from: 'where side.amount <> 0', to: 'where side.amount <> 0 and false' },
    found: bySimulator,
  },
  {
    name: 'known-events-are-repeats',
    against: 'A repeat is taken for something new.',
    patch: {
      file: 'db/payments/settle-attempt.ts',
      from: "if (known) return { outcome: 'repeat', orderId, ...(message && { messageKept: kept }) }",
      to: '',
    },
    found: byNobody('It saves a transaction: the rule under the locks says “repeat” as well.'),
  },
  {
    name: 'rule-amount',
    against: 'Another amount than the order’s is accepted.',
    patch: {
      file: RULES,
      from: "if (report.amount !== attempt.amount) return { action: 'dispute', reason: 'amount' }",
      to: '',
    },
    found: rules,
  },
  {
    name: 'rule-currency',
    against: 'Another currency is accepted.',
    patch: {
      file: RULES,
      from: "if (report.currency !== attempt.currency) return { action: 'dispute', reason: 'currency' }",
      to: '',
    },
    found: rules,
  },
  {
    name: 'rule-repeat',
    against: 'A repeated report becomes an incident.',
    patch: {
      file: RULES,
      from: "if (attempt.providerTradeNo === report.providerTradeNo) return { action: 'repeat' }",
      to: '',
    },
    found: rules,
  },
  {
    name: 'rule-other-trade',
    against: 'A second trade under a number that is paid is taken for money owed.',
    patch: {
      file: RULES,
      from: "if (nextAttemptState(attempt.state, 'captured') === null) return { action: 'dispute', reason: 'other_trade' }",
      to: '',
    },
    found: rules,
  },
  {
    name: 'rule-surplus',
    against: 'Somebody who paid twice keeps paying twice.',
    patch: {
      file: RULES,
      from: "if (payment.captured > 0n) return { action: 'give_back', reason: 'surplus' }",
      to: '',
    },
    found: rules,
  },
  {
    name: 'surplus-is-given-back',
    against: 'Money that nobody owes stays with us.',
    patch: {
      file: 'db/payments/settle-unusual.ts',
      from: "await enqueue(tx, { name: 'refund-due', data: { refundDueId: due.id } })",
      to: '',
    },
    found: byNobody('The sweep finds a claim whose job was lost, two minutes later.'),
  },
  {
    name: 'books-are-locked-by-payment',
    against: 'Two that write the same payment at once overwrite each other’s sums.',
    patch: {
      file: LOCKS,
      from: "where(eq(payments.id, paymentId)).for('update')",
      to: 'where(eq(payments.id, paymentId))',
    },
    found: bySimulator,
  },
]
