import { expect, test } from 'vitest'
import { LOCALES } from '#lib/domain/locale.ts'
import { toFen } from '#lib/domain/money.ts'
import { type CheckoutDraft, readDraft, writeDraft } from './checkout-draft.ts'
import { readCheckoutValues } from './checkout-form.ts'
import type { CheckoutLine } from './checkout-line.ts'
import { checkoutNotices } from './checkout-notices.ts'
import { showCheckout } from './checkout-view.ts'

const TEAPOT: CheckoutLine = {
  variantId: 7,
  sku: 'POT',
  productSlug: 'round-teapot',
  variantSlug: 'celadon',
  name: 'Round teapot',
  options: 'Celadon',
  image: 'x.webp',
  imageAlt: '',
  weightG: 900,
  quantity: 3,
  unitPrice: toFen(10_000n),
  priceSeen: toFen(10_000n),
  available: 2,
}
const SOLD_OUT: CheckoutLine = { ...TEAPOT, variantId: 8, sku: 'CUP', name: 'Cup', available: 0 }
const draft: CheckoutDraft = {
  values: { ...readCheckoutValues(new Map()), country: 'FR', email: 'l' },
  errors: { email: 'invalid' },
  changes: [
    { kind: 'price', sku: 'POT', from: toFen(9_000n), to: toFen(10_000n) },
    { kind: 'stock', sku: 'POT', wanted: 3, left: 2 },
    { kind: 'stock', sku: 'CUP', wanted: 1, left: 0 },
    { kind: 'withdrawn', variantId: 8 },
    { kind: 'withdrawn', variantId: 9 },
    { kind: 'shipping', from: toFen(1_500n), to: toFen(15_800n) },
  ],
  refused: 'busy',
}
const show = (lines: readonly CheckoutLine[], about: Partial<Parameters<typeof showCheckout>[1]> = {}) =>
  showCheckout(lines, {
    locale: 'en',
    requestId: 'r',
    draft: null,
    again: false,
    payments: ['alipay'],
    away: new Map(),
    coupon: null,
    ...about,
  })

test('what can be had is ordered, as many as there are, at the prices shown', () => {
  const view = show([TEAPOT, SOLD_OUT])
  expect(view?.ticket).toBe('7x2@10000')
  expect(view?.subtotal).toBe('¥200.00')
  expect(view?.shipping.mainland).toMatchObject([
    { method: 'standard', fee: '¥20.00', feeFen: '2000', total: '¥220.00' },
    { method: 'express', feeFen: '4000', total: '¥240.00' },
  ])
  expect(view?.shipping.europe[0]).toMatchObject({ feeFen: '22800', promise: '10 to 20 working days' })
  expect(view?.values).toMatchObject({ country: 'CN', shipping: 'standard', payment: 'alipay' })
})

test('a cart of which nothing can be had has no form', () => {
  expect(show([SOLD_OUT])).toBeNull()
  expect(show([])).toBeNull()
})

test('what was typed is there again; what was wrong with it only when the form came back', () => {
  expect(show([TEAPOT], { draft })).toMatchObject({ values: { email: 'l', country: 'FR' }, errors: {}, notices: [] })
  expect(show([TEAPOT], { draft, again: true })).toMatchObject({ errors: { email: 'invalid' } })
})

test('a draft survives its way through JSON, and nonsense is no draft', () => {
  expect(readDraft(writeDraft(draft))).toEqual(draft)
  for (const nonsense of [null, {}, 'draft', { ...draft, changes: [{ kind: 'other' }] }])
    expect(readDraft(nonsense)).toBeNull()
})

test.each(LOCALES)('every change has its sentence in %s', (locale) => {
  const said = checkoutNotices(draft, [TEAPOT, SOLD_OUT], locale)
  expect(said).toHaveLength(7)
  for (const sentence of said) expect(sentence).not.toMatch(/[{}]|checkout\./)
  expect(said[1]).toContain('Round teapot')
  expect(said[3]).toContain('Cup')
})

test.each(LOCALES)('the mainland comes first of all countries in %s, then the alphabet', (locale) => {
  const names = show([TEAPOT], { locale })?.countries.map(({ name }) => name) ?? []
  expect(names[0]).toMatch(/mainland|continentale|大陆/)
  expect(names.slice(1)).toEqual(
    names.slice(1).toSorted(new Intl.Collator(locale === 'zh' ? 'zh-Hans' : locale).compare),
  )
  expect(names).toHaveLength(34)
})
