import { expect, test } from 'vitest'
import { LOCALES } from '#lib/domain/locale.ts'
import type { OrderStatus } from '#lib/domain/order-status.ts'
import { type AttemptRecord, type OrderRecord, showOrder } from './shown-order.ts'

const NOW = new Date('2026-11-21T10:00:00Z')
const order: OrderRecord = {
  number: '2611213K7DR7PTQT79R',
  email: 'lin@example.com',
  state: 'pending_payment',
  fulfilment: 'unfulfilled',
  payment: { state: 'unpaid' },
  expiresAt: new Date('2026-11-21T10:30:00Z'),
  subtotalFen: 46_800n,
  discountFen: 0n,
  couponCode: null,
  shippingFen: 1_500n,
  totalFen: 48_300n,
  address: {
    recipient: 'Lin Wei',
    phone: '+8613800138000',
    country: 'CN',
    region: '浙江省',
    city: '杭州市',
    district: '西湖区',
    street: '龙井路 1 号',
    street2: null,
    postcode: '310013',
  },
  lines: [
    {
      sku: 'CPT-RT90-CEL',
      productSlug: 'round-teapot',
      variantSlug: 'celadon',
      name: { en: 'Round teapot', fr: 'Théière ronde', zh: '圆壶' },
      options: { glaze: 'celadon' },
      image: 'round-teapot-celadon.webp',
      unitPriceFen: 23_400n,
      quantity: 2,
    },
  ],
  events: [
    { axis: 'order', event: 'placed', at: NOW },
    { axis: 'payment', event: 'captured', at: NOW },
    { axis: 'order', event: 'payment_captured', at: NOW },
  ],
}
const optionNames = new Map([['glaze', [{ value: 'celadon', name: 'Celadon' }]]])
const show = (changes: Partial<OrderRecord>, { attempts = [] as readonly AttemptRecord[], returned = false } = {}) =>
  showOrder({ ...order, ...changes }, attempts, { locale: 'en', optionNames, returned, now: NOW })

test('an order in words: amounts, option names, address, and each happening once', () => {
  const shown = show({})
  expect(shown).toMatchObject({
    status: 'awaiting',
    payable: true,
    text: 'Your pieces are set aside until November 21, 2026 at 6:30 PM.',
    total: '¥483.00',
    receipts: [],
    address: ['Lin Wei', '浙江省 杭州市 西湖区', '龙井路 1 号', '310013', '+8613800138000'],
  })
  expect(shown.lines).toMatchObject([
    { name: 'Round teapot', options: 'Celadon', quantity: '2 × ¥234.00', total: '¥468.00' },
  ])
  expect(shown.history.map(([, what]) => what)).toEqual(['Order placed', 'Payment received'])
})

test('a receipt for each payment that arrived, none for a try', () => {
  const attempt: AttemptRecord = {
    provider: 'alipay',
    state: 'closed',
    amountFen: 48_300n,
    providerTradeNo: null,
    paidAt: null,
  }
  const paid: AttemptRecord = { ...attempt, state: 'succeeded', providerTradeNo: '2026112122', paidAt: NOW }
  const { receipts } = show({ state: 'confirmed', payment: { state: 'paid' } }, { attempts: [attempt, paid] })
  expect(receipts).toEqual([
    [
      ['Paid with', 'Alipay'],
      ['Paid on', 'November 21, 2026 at 6:00 PM'],
      ['Amount', '¥483.00'],
      ['Receipt number of Alipay', '2026112122'],
    ],
  ])
})

/** Wherever money may be on its way the shopper is told not to pay again; never that it failed. */
const table: [OrderStatus, Partial<OrderRecord>, returned: boolean][] = [
  ['started', { payment: { state: 'paying' } }, false],
  ['confirming', { payment: { state: 'paying' } }, true],
  ['closing', { payment: { state: 'paying' }, expiresAt: NOW }, false],
  ['review', { payment: { state: 'review' } }, true],
  ['surplus', { state: 'confirmed', payment: { state: 'overpaid' } }, false],
]
test.each(table)('%s says not to pay again, in every language', (status, changes, returned) => {
  const words = { en: /do not pay again/i, fr: /ne payez pas (une seconde|une) fois/i, zh: /请勿(重复|再次)付款/ }
  for (const locale of LOCALES) {
    const shown = showOrder({ ...order, ...changes }, [], { locale, optionNames, returned, now: NOW })
    expect(shown.status).toBe(status)
    expect(shown.text).toMatch(words[locale])
    expect(shown.text).not.toMatch(/fail|échou|失败|\{/)
  }
})
