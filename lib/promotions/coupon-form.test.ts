import { expect, test } from 'vitest'
import { CouponFields, timeField, wrongTogether } from './coupon-form.ts'

const TYPED = {
  kind: 'percent',
  percent: '12,5',
  amount: '',
  threshold: '300',
  startsAt: '2026-12-01T00:00',
  endsAt: '2026-12-31T23:59',
  usesAtMost: '100',
  usesPerCustomer: '',
  pieces: ' round-teapot, rice-bowl\nround-teapot ',
  note: '',
}

test('what staff type is read in yuan, per cent and China’s time', () => {
  expect(CouponFields.parse(TYPED)).toEqual({
    kind: 'percent',
    percent: 1_250,
    amount: null,
    threshold: 300_00n,
    startsAt: new Date('2026-11-30T16:00:00Z'),
    endsAt: new Date('2026-12-31T15:59:00Z'),
    usesAtMost: 100,
    usesPerCustomer: null,
    categories: [],
    pieces: ['round-teapot', 'rice-bowl'],
    note: '',
  })
  expect(timeField(new Date('2026-11-30T16:00:00Z'))).toBe('2026-12-01T00:00')
})

const wrong: [field: keyof typeof TYPED, typed: string][] = [
  ['percent', '0'],
  ['percent', '100.01'],
  ['percent', '-5'],
  ['amount', '1e3'],
  ['amount', '0'],
  ['threshold', '12.345'],
  ['startsAt', '2026-02-30T00:00'],
  ['usesAtMost', '0'],
  ['usesPerCustomer', '1.5'],
  ['kind', 'all'],
]
test.each(wrong)('%s of %j is refused at its field', (field, typed) => {
  const parsed = CouponFields.safeParse({ ...TYPED, [field]: typed })
  expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([field])
})

test('fields that contradict each other are told', () => {
  const read = (over: Partial<typeof TYPED>) => wrongTogether(CouponFields.parse({ ...TYPED, ...over }))
  expect(read({})).toBeNull()
  expect(read({ percent: '' })).toHaveProperty('percent')
  expect(read({ kind: 'fixed' })).toHaveProperty('amount')
  expect(read({ endsAt: '2026-11-30T00:00' })).toHaveProperty('endsAt')
})
