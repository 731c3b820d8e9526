import { expect, test } from 'vitest'
import { LOCALES, type Locale } from '#lib/domain/locale.ts'
import { documentFonts } from './document-fonts.ts'
import { drawDocument } from './draw-document.ts'
import {
  DOCUMENT_KINDS,
  type DocumentedOrder,
  type DocumentSources,
  hasDocuments,
  orderDocument,
} from './order-document.ts'
import { runsOf } from './set-text.ts'

const AT = new Date('2026-11-21T14:08:00Z')

const order = (locale: Locale, pieces = 2): DocumentedOrder => ({
  locale,
  number: '261121K7M4Q2XR9TACD',
  state: 'confirmed',
  fulfilment: 'unfulfilled',
  email: 'lin@example.com',
  placedAt: AT,
  expiresAt: AT,
  subtotalFen: 936_00n,
  discountFen: 93_60n,
  couponCode: null,
  shippingFen: 0n,
  totalFen: 842_40n,
  payment: { capturedFen: 842_40n, refundedFen: 0n },
  address: {
    recipient: 'Zoë Łąk 林薇',
    phone: '+8613800138000',
    country: 'CN',
    region: '浙江省',
    city: '杭州市',
    district: '西湖区',
    street: '龙井路 1 号',
    street2: null,
    postcode: '310013',
  },
  lines: Array.from({ length: pieces }, (_, place) => ({
    sku: `CPT-RT90-CEL-${place}`,
    productSlug: 'round-teapot',
    variantSlug: 'celadon',
    name: { en: 'Round teapot', fr: 'Théière ronde', zh: '圆壶' },
    options: { glaze: 'celadon' },
    image: '',
    unitPriceFen: 468_00n,
    quantity: 2,
  })),
})
const sources: DocumentSources = {
  attempts: [
    { provider: 'alipay', state: 'succeeded', amountFen: 842_40n, providerTradeNo: '2026112122001412', paidAt: AT },
    { provider: 'wechatpay', state: 'closed', amountFen: 842_40n, providerTradeNo: null, paidAt: null },
  ],
  refunds: [],
  optionNames: new Map([['glaze', [{ value: 'celadon', name: 'Celadon' }]]]),
  seller: ['Comptoir', '上海市徐汇区武康路 100 号'],
  now: AT,
}
const refunded = (part: Partial<DocumentSources['refunds'][number]> = {}): DocumentSources => ({
  ...sources,
  refunds: [
    {
      cause: 'staff',
      provider: 'alipay',
      refundNo: '261121K7M4Q2XR9TACD01R01',
      state: 'succeeded',
      amountFen: 100_00n,
      refundedAt: AT,
      ...part,
    },
  ],
})
const afterRefund = (locale: Locale): DocumentedOrder => ({
  ...order(locale),
  payment: { capturedFen: 842_40n, refundedFen: 100_00n },
})

test('a receipt names what was paid, by which way, and the number that both sides find it by', () => {
  const { parts, sums } = orderDocument('receipt', order('en'), sources)
  expect(sums).toEqual([
    ['Pieces', '¥936.00'],
    ['Discount', '-¥93.60'],
    ['Shipping', 'Free'],
    ['Total', '¥842.40'],
    ['Paid', '¥842.40'],
    ['Net paid', '¥842.40'],
  ])
  expect(parts).toEqual([
    {
      title: 'Payment',
      blocks: [
        [
          ['Paid with', 'Alipay'],
          ['Paid on', 'November 21, 2026 at 10:08 PM'],
          ['Amount', '¥842.40'],
          ['Receipt number of Alipay', '2026112122001412'],
        ],
      ],
    },
  ])
})

test.each(DOCUMENT_KINDS)('after a refund the %s says so', (kind) => {
  const { sums, parts, notes } = orderDocument(kind, afterRefund('en'), refunded())
  expect(sums.slice(-2)).toEqual([
    ['Refunded', '-¥100.00'],
    ['Net paid', '¥742.40'],
  ])
  expect(parts.at(-1)?.blocks).toEqual([
    [
      ['Refunded by', 'Alipay'],
      ['Refunded on', 'November 21, 2026 at 10:08 PM'],
      ['Amount', '¥100.00'],
      ['Refund number', '261121K7M4Q2XR9TACD01R01'],
    ],
  ])
  expect(notes[0]).toMatch(/went back/)
})

test('a refund that failed moved no money and is not told; one under way is', () => {
  expect(orderDocument('receipt', order('en'), refunded({ state: 'failed' })).parts).toHaveLength(1)
  const { parts } = orderDocument('receipt', order('en'), refunded({ state: 'processing', refundedAt: null }))
  expect(parts[1]?.blocks[0]?.[1]).toEqual(['Refunded on', 'on its way'])
})

test('there is no paper before money came, and none of the buyer once the address is erased', () => {
  expect(hasDocuments(order('en'))).toBe(true)
  expect(hasDocuments({ payment: { capturedFen: 0n, refundedFen: 0n } })).toBe(false)
  const { parties } = orderDocument('invoice', { ...order('en'), address: null }, sources)
  expect(parties[1]?.lines).toEqual([])
})

const eachPaper = LOCALES.flatMap((locale) => DOCUMENT_KINDS.map((kind) => [locale, kind] as const))

test.each(eachPaper)('in %s, %s: our fonts have every letter, and no word is missing', async (locale, kind) => {
  const { columns, facts, lines, notes, parties, parts, sums, title, page } = orderDocument(
    kind,
    afterRefund(locale),
    refunded(),
  )
  const said = JSON.stringify([columns, facts, lines, notes, parties, parts, sums, title, page(1, 2)])
  expect(said).not.toMatch(/documents\.|order\.|[{}]{2}/)
  const { sans, display } = await documentFonts()
  for (const face of [sans, display])
    expect(
      runsOf(said, face)
        .map(({ text }) => text)
        .join(''),
    ).not.toContain('□')
})

test.each(LOCALES)('a paper in %s is small, and long ones go on over pages', async (locale) => {
  const short = Buffer.from(await drawDocument(orderDocument('receipt', order(locale), sources))).toString('latin1')
  expect(short).toMatch(/^%PDF-1\.\d[\s\S]*%%EOF\s*$/)
  expect(short).toContain('/Count 1')
  expect(short.length).toBeLessThan(60_000)
  const long = Buffer.from(await drawDocument(orderDocument('invoice', order(locale, 50), sources))).toString('latin1')
  expect(Number(/\/Count (\d+)/.exec(long)?.[1])).toBeGreaterThan(2)
})
