import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decideRefund,
  type EarlierRefund,
  type RefundFacts,
  type RefundPlan,
  type RefundWish,
  refundRest,
} from './decide-refund.ts'
import { allotDiscount } from './discount-allotment.ts'
import { sumFen, timesFen, toFen, ZERO_FEN } from './money.ts'

const PAID = new Date('2026-01-01T00:00:00Z')
const NOW = new Date('2026-02-01T00:00:00Z')

/** Two bowls at 50.00 and a pot at 100.00, 10.00 off, 15.00 for sending: 205.00 paid. */
const facts = (over: Partial<RefundFacts> = {}): RefundFacts => ({
  lines: [
    { position: 0, unitPrice: toFen(50_00n), quantity: 2, discount: toFen(5_00n) },
    { position: 1, unitPrice: toFen(100_00n), quantity: 1, discount: toFen(5_00n) },
  ],
  shipping: toFen(15_00n),
  paidAt: PAID,
  earlier: [],
  restocked: new Map(),
  numbersUsed: 0,
  terms: { windowDays: 365, refundsAtMost: 50 },
  ...over,
})
const lines = (quantities: Readonly<Record<number, number>>, shipping = 0n, restock = false): RefundWish => ({
  by: 'lines',
  lines: Object.entries(quantities).map(([position, quantity]) => ({ position: Number(position), quantity })),
  shipping: toFen(shipping),
  restock,
})
const amount = (fen: bigint): RefundWish => ({ by: 'amount', amount: toFen(fen) })
const back = (goods: bigint, shipping = 0n, units: Readonly<Record<number, number>> = {}): EarlierRefund => ({
  goods: toFen(goods),
  shipping: toFen(shipping),
  lines: Object.entries(units).map(([position, quantity]) => ({ position: Number(position), quantity })),
})

const granted: [
  name: string,
  given: RefundFacts,
  wish: RefundWish,
  goods: bigint,
  discount: bigint,
  shipping: bigint,
][] = [
  ['one bowl, its share of the discount kept', facts(), lines({ 0: 1 }), 47_50n, 2_50n, 0n],
  ['the pot and its sending', facts(), lines({ 1: 1 }, 15_00n), 95_00n, 5_00n, 15_00n],
  ['everything', facts(), lines({ 0: 2, 1: 1 }, 15_00n), 190_00n, 10_00n, 15_00n],
  ['only the sending', facts(), lines({}, 15_00n), 0n, 0n, 15_00n],
  ['part of the sending', facts(), lines({}, 5_00n), 0n, 0n, 5_00n],
  ['a sum, for a scratch', facts(), amount(20_00n), 20_00n, 0n, 0n],
  ['a sum of everything', facts(), amount(205_00n), 190_00n, 0n, 15_00n],
  [
    'the last goods take what is left after a sum',
    facts({ earlier: [back(20_00n)] }),
    lines({ 0: 2, 1: 1 }),
    170_00n,
    10_00n,
    0n,
  ],
  ['goods are never worth more than is left', facts({ earlier: [back(150_00n)] }), lines({ 0: 1 }), 40_00n, 2_50n, 0n],
  [
    'a sum takes the sending when the goods are back',
    facts({ earlier: [back(190_00n, 0n, { 0: 2, 1: 1 })] }),
    amount(3_00n),
    0n,
    0n,
    3_00n,
  ],
]
test.each(granted)('%s', (_name, given, wish, goods, discount, shipping) => {
  const decided = decideRefund(given, wish, NOW)
  expect(decided).toMatchObject({ ok: true, value: { goods, discount, shipping, amount: goods + shipping } })
})

test.each<[name: string, given: RefundFacts, wish: RefundWish, code: string, more?: object]>([
  ['nothing', facts(), lines({}), 'nothing_wanted'],
  ['no units', facts(), lines({ 0: 0 }), 'malformed'],
  ['half a unit', facts(), lines({ 0: 0.5 }), 'malformed'],
  ['fewer than no units', facts(), lines({ 0: -1 }), 'malformed'],
  ['not a number', facts(), lines({ 0: Number.NaN }), 'malformed'],
  ['a line that the order has not', facts(), lines({ 7: 1 }), 'malformed'],
  ['no fen', facts(), amount(0n), 'malformed'],
  ['fewer than no fen', facts(), amount(-5n), 'malformed'],
  ['fewer than no fen for sending', facts(), lines({ 0: 1 }, -1n), 'malformed'],
  ['three of two', facts(), lines({ 0: 3 }), 'over_quantity', { position: 0, left: 2 }],
  [
    'two of which one is back',
    facts({ earlier: [back(47_50n, 0n, { 0: 1 })] }),
    lines({ 0: 2 }),
    'over_quantity',
    { left: 1 },
  ],
  ['more for sending than was paid', facts(), lines({}, 15_01n), 'over_shipping', { left: 15_00n }],
  ['a fen over the rest', facts(), amount(205_01n), 'over_rest', { left: 205_00n }],
  ['a fen over what is left', facts({ earlier: [back(60_00n)] }), amount(145_01n), 'over_rest', { left: 145_00n }],
  [
    'goods of which the money is back',
    facts({ earlier: [back(190_00n)] }),
    lines({ 0: 1 }),
    'over_rest',
    { left: 15_00n },
  ],
  [
    'units on the shelf again',
    facts({ restocked: new Map([[0, 2]]) }),
    lines({ 0: 1 }, 0n, true),
    'restocked_before',
    { left: 0 },
  ],
  ['the 51st', facts({ numbersUsed: 50 }), amount(1n), 'too_many_refunds', { most: 50 }],
  [
    'the 100th where more are allowed',
    facts({ numbersUsed: 99, terms: { windowDays: 365, refundsAtMost: 500 } }),
    amount(1n),
    'too_many_refunds',
    { most: 99 },
  ],
])('refused: %s', (_name, given, wish, code, more = {}) => {
  expect(decideRefund(given, wish, NOW)).toMatchObject({ ok: false, error: { code, ...more } })
})

test('a line named twice is refused', () => {
  const twice: RefundWish = {
    by: 'lines',
    lines: [
      { position: 0, quantity: 1 },
      { position: 0, quantity: 1 },
    ],
    shipping: ZERO_FEN,
    restock: false,
  }
  expect(decideRefund(facts(), twice, NOW)).toMatchObject({ error: { code: 'malformed' } })
})

test('the window ends with its last day, to the millisecond', () => {
  const until = new Date('2027-01-01T00:00:00.000Z')
  expect(decideRefund(facts(), amount(1n), until).ok).toBe(true)
  expect(decideRefund(facts(), amount(1n), new Date(until.getTime() + 1))).toMatchObject({
    error: { code: 'window_over', until },
  })
})

const order = fc
  .record({
    lines: fc.array(
      fc.record({
        unitPrice: fc.bigInt({ min: 1n, max: 500_000n }).map(toFen),
        quantity: fc.integer({ min: 1, max: 99 }),
        covered: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    discountPart: fc.bigInt({ min: 0n, max: 100n }),
    shipping: fc.bigInt({ min: 0n, max: 50_000n }).map(toFen),
  })
  .map(({ lines: bought, discountPart, shipping }) => {
    const worthOf = (some: typeof bought) =>
      sumFen(some.map(({ unitPrice, quantity }) => timesFen(unitPrice, quantity)))
    const subtotal = worthOf(bought)
    const promised = (worthOf(bought.filter(({ covered }) => covered)) * discountPart) / 100n
    const discount = toFen(promised < subtotal ? promised : promised - 1n)
    const shares = allotDiscount(bought, discount)
    const placed = bought.map((line, position) => ({ ...line, position, discount: shares[position] ?? ZERO_FEN }))
    return {
      facts: facts({ lines: placed, shipping }),
      subtotal,
      discount,
      paid: toFen(subtotal - discount + shipping),
    }
  })
const wishes = fc.array(
  fc.oneof(
    fc.record({
      line: fc.nat(7),
      quantity: fc.integer({ min: 1, max: 99 }),
      shipping: fc.bigInt({ min: 0n, max: 20_000n }),
    }),
    fc.record({ sum: fc.bigInt({ min: 1n, max: 2_000_000n }) }),
  ),
  { maxLength: 20 },
)
const asWish = (wish: { line: number; quantity: number; shipping: bigint } | { sum: bigint }): RefundWish =>
  'sum' in wish ? amount(wish.sum) : lines({ [wish.line]: wish.quantity }, wish.shipping)

const booked = ({ goods, shipping, lines: units }: RefundPlan): EarlierRefund => ({ goods, shipping, lines: units })

function tell(given: RefundFacts, story: readonly RefundWish[]) {
  const plans: RefundPlan[] = []
  for (const wish of story) {
    const decided = decideRefund({ ...given, earlier: plans.map(booked), numbersUsed: 0 }, wish, NOW)
    if (decided.ok) plans.push(decided.value)
  }
  return plans
}

test('no sequence of refunds gives back more than was paid, of anything', () => {
  fc.assert(
    fc.property(order, wishes, ({ facts: given, discount, paid }, story) => {
      const plans = tell(given, story.map(asWish))
      expect(sumFen(plans.map((plan) => plan.amount)) <= paid).toBe(true)
      expect(sumFen(plans.map((plan) => plan.shipping)) <= given.shipping).toBe(true)
      expect(sumFen(plans.map((plan) => plan.discount)) <= discount).toBe(true)
      for (const plan of plans) {
        expect(plan.amount).toBe(plan.goods + plan.shipping)
        expect(plan.amount > 0n && plan.goods >= 0n && plan.shipping >= 0n && plan.discount >= 0n).toBe(true)
      }
    }),
  )
})

test('when all goods and all sending are back, all the money is, in whatever order and parts', () => {
  fc.assert(
    fc.property(order, wishes, ({ facts: given, subtotal, discount, paid }, story) => {
      const plans = tell(given, story.map(asWish))
      const rest = refundRest({ ...given, earlier: plans.map(booked) })
      const left = rest.lines.filter(({ quantity, back: units }) => quantity > units)
      const last = lines(
        Object.fromEntries(left.map((line) => [line.position, line.quantity - line.back])),
        rest.shipping,
      )
      const all = tell({ ...given, earlier: [] }, [...story.map(asWish), last])
      const total = sumFen(all.map((plan) => plan.amount))
      if (left.length > 0 || rest.goods === 0n) expect(total).toBe(paid)
      const onlyLines = all.every((plan) => plan.lines.length > 0 || plan.goods === 0n)
      // Lines that a coupon paid whole are worth nothing, and nothing is no refund.
      if (all.length > plans.length && onlyLines) {
        expect(sumFen(all.map((plan) => plan.discount))).toBe(discount)
        expect(sumFen(all.map((plan) => toFen(plan.goods + plan.discount)))).toBe(subtotal)
      }
      expect(all.some((plan) => plan.everything)).toBe(total === paid)
    }),
  )
})
