import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ATTEMPT_STATES, type AttemptState, nextAttemptState } from './attempt-state.ts'
import { toFen } from './money.ts'
import { nextOrderState, ORDER_STATES, type OrderState } from './order-state.ts'
import { decideSettlement, type PaidReport, type SettlementFacts } from './settlement.ts'

const report: PaidReport = { eventId: 'e1', providerTradeNo: 't1', amount: toFen(100n), currency: 'CNY' }
const facts = (over: {
  attempt?: Partial<SettlementFacts['attempt']>
  captured?: bigint
  order?: OrderState
}): SettlementFacts => ({
  attempt: { state: 'redirected', amount: toFen(100n), currency: 'CNY', providerTradeNo: null, ...over.attempt },
  payment: { captured: toFen(over.captured ?? 0n) },
  order: { state: over.order ?? 'pending_payment' },
})

const table: [name: string, given: SettlementFacts, wanted: string][] = [
  ['the usual', facts({}), 'capture'],
  ['paid before our answer was stored', facts({ attempt: { state: 'created' } }), 'capture'],
  ['after a time-out of ours', facts({ attempt: { state: 'unknown' } }), 'capture'],
  ['we took it for closed, the order waits', facts({ attempt: { state: 'closed' } }), 'capture'],
  ['right amount after a wrong one', facts({ attempt: { state: 'mismatch' } }), 'capture'],
  [
    'told again',
    facts({ attempt: { state: 'succeeded', providerTradeNo: 't1' }, captured: 100n, order: 'confirmed' }),
    'repeat',
  ],
  [
    'told again about money that came late',
    facts({ attempt: { state: 'succeeded', providerTradeNo: 't1' }, captured: 100n, order: 'expired' }),
    'repeat',
  ],
  [
    'one number, two trades',
    facts({ attempt: { state: 'succeeded', providerTradeNo: 't0' }, captured: 100n, order: 'confirmed' }),
    'dispute other_trade',
  ],
  ['paid in another tab', facts({ captured: 100n, order: 'confirmed' }), 'give_back surplus'],
  ['paid twice, then cancelled', facts({ captured: 100n, order: 'cancelled' }), 'give_back surplus'],
  ['after the deadline', facts({ attempt: { state: 'expired' }, order: 'expired' }), 'revive'],
  ['after the cancellation', facts({ attempt: { state: 'closed' }, order: 'cancelled' }), 'revive'],
  ['again after the deadline', facts({ captured: 100n, order: 'expired' }), 'give_back surplus'],
  ['one fen less', facts({ attempt: { amount: toFen(101n) } }), 'dispute amount'],
  ['yuan for fen', facts({ attempt: { amount: toFen(10_000n) } }), 'dispute amount'],
  ['other currency', facts({ attempt: { currency: 'USD' } }), 'dispute currency'],
]

test.each(table)('%s', (_name, given, wanted) => {
  const { action, ...rest } = decideSettlement(given, report)
  expect([action, ...Object.values(rest)].join(' ')).toBe(wanted)
})

const anyFacts = fc.record({
  attempt: fc.record({
    state: fc.constantFrom(...ATTEMPT_STATES),
    amount: fc.bigInt({ min: 1n, max: 10_000n }).map(toFen),
    currency: fc.constantFrom('CNY', 'USD'),
    providerTradeNo: fc.constantFrom(null, 't1', 't2'),
  }),
  payment: fc.record({ captured: fc.bigInt({ min: 0n, max: 10_000n }).map(toFen) }),
  order: fc.record({ state: fc.constantFrom(...ORDER_STATES) }),
})

test('any amount but the one we asked for is disputed, whatever else is true', () => {
  fc.assert(
    fc.property(anyFacts, fc.bigInt(), (given, amount) => {
      fc.pre(amount !== given.attempt.amount)
      expect(decideSettlement(given, { ...report, amount: toFen(amount) }).action).toBe('dispute')
    }),
  )
})

test('an order is only ever confirmed from a state that waits for money, and never by a second payment', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const { amount, currency } = given.attempt
      if (decideSettlement(given, { ...report, amount, currency }).action !== 'capture') return
      expect(given.payment.captured).toBe(0n)
      expect(nextOrderState(given.order.state, 'payment_captured')).toBe('confirmed')
    }),
  )
})

/** A little book: three attempts on one order, reports in any order and number, expiry at any time. */
test('however reports come, the order keeps its price once and every other trade goes back', () => {
  const story = fc.array(fc.constantFrom<0 | 1 | 2 | 'expire'>(0, 1, 2, 'expire'), { maxLength: 30 })
  fc.assert(
    fc.property(story, (steps) => {
      let order: OrderState = 'pending_payment'
      let captured = 0n
      let kept = 0
      const states: AttemptState[] = ['redirected', 'redirected', 'redirected']
      const trades: (string | null)[] = [null, null, null]
      const back = new Set<string>()
      for (const step of steps) {
        if (step === 'expire') {
          order = nextOrderState(order, 'deadline_passed') ?? order
          continue
        }
        const state = states[step] ?? 'created'
        const decided = decideSettlement(
          {
            attempt: { state, amount: toFen(100n), currency: 'CNY', providerTradeNo: trades[step] ?? null },
            payment: { captured: toFen(captured) },
            order: { state: order },
          },
          { ...report, providerTradeNo: `t${step}` },
        )
        if (decided.action === 'repeat') continue
        expect(decided.action).not.toBe('dispute')
        captured += 100n
        states[step] = nextAttemptState(state, 'captured') ?? state
        trades[step] = `t${step}`
        if (decided.action === 'give_back') back.add(`t${step}`)
        else {
          kept += 1
          order = nextOrderState(order, decided.action === 'revive' ? 'revived' : 'payment_captured') ?? order
        }
      }
      const paid = new Set(steps.filter((step) => step !== 'expire'))
      expect(kept).toBe(order === 'confirmed' ? 1 : 0)
      expect(kept + back.size).toBe(paid.size)
    }),
  )
})
