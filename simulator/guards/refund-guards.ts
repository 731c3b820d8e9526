import { bySimulator, byTest, type Guard } from './guard.ts'

const PURSUE = 'lib/refunds/pursue-refund.ts'
const REQUEST = 'db/refunds/request-refund.ts'
const DECIDE = 'lib/domain/decide-refund.ts'

/** Between somebody who asks for money back and the money. */
export const REFUND_GUARDS: readonly Guard[] = [
  {
    name: 'refunds-stay-within-the-rest',
    against: 'More goes back than came.',
    patch: {
      file: DECIDE,
      from: "if (amount > rest.amount) return err({ code: 'over_rest', left: rest.amount })",
      to: '',
    },
    found: byTest('unit', 'lib/domain/decide-refund.test.ts'),
  },
  {
    name: 'a-request-refunds-once',
    against: 'A double click gives back twice, or ends in an error.',
    patch: {
      file: REQUEST,
      from: 'if (earlier) return ok({ requestId: earlier.id, amount: earlier.amountFen, repeated: true })',
      to: '',
    },
    found: bySimulator,
  },
  {
    name: 'a-refund-keeps-its-number',
    against: 'A refund whose answer was lost is paid a second time under a new number.',
    patch: {
      file: PURSUE,
      from: 'refundNo: refund.refundNo,',
      to: 'refundNo: refund.refundNo.slice(0, -3) + String(Math.floor(Math.random() * 900) + 100),',
    },
    found: bySimulator,
  },
  {
    name: 'a-silent-provider-has-refused-nothing',
    against: 'A refund that may have gone through counts as failed, and is promised again.',
    patch: {
      file: PURSUE,
      from: 'if (providerCode === null) return { report: null, reason: sent.error.code }',
      to: '',
    },
    found: bySimulator,
  },
  {
    name: 'refunds-move-the-sums',
    against: 'What went back counts as still with us.',
    patch: {
      file: 'db/refunds/settle-refund.ts',
      from: 'refunded: addFen(payment.refundedFen, refund.amountFen),',
      to: '',
    },
    found: bySimulator,
  },
  {
    name: 'a-claim-is-paid-once',
    against: 'Money that nobody owes goes back twice.',
    patch: { file: 'db/refunds/give-back-due.ts', from: 'if (started > 0) return false', to: '' },
    found: bySimulator,
  },
]
