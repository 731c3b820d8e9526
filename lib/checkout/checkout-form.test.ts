import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHECKOUT_FIELDS, type CheckoutErrors, type CheckoutValues } from '#lib/domain/checkout-fields.ts'
import { parseCheckout, readCheckoutValues } from './checkout-form.ts'
import { citiesOf, districtsOf, findRegion, PROVINCES } from './china-regions.ts'

const CHOICES = { shipping: ['standard', 'express'], payment: ['alipay'] }
const HANGZHOU: CheckoutValues = {
  email: 'lin@example.com',
  phone: '13800138000',
  recipient: '林薇',
  country: 'CN',
  region: '浙江省',
  city: '杭州市',
  district: '西湖区',
  street: '龙井路 1 号',
  street2: '',
  postcode: '310013',
  shipping: 'standard',
  payment: 'alipay',
  coupon: '',
}
const LYON: CheckoutValues = {
  ...HANGZHOU,
  phone: '+33 6 12 34 56 78',
  recipient: 'Léa Martin',
  country: 'FR',
  region: '',
  city: 'Lyon',
  district: '',
  street: '12 rue de la République',
  street2: 'Escalier B',
  postcode: '69002',
}
const judge = (values: Partial<CheckoutValues>, base = HANGZHOU) => parseCheckout({ ...base, ...values }, CHOICES)

test('an address in China, as it is kept', () => {
  expect(judge({})).toEqual({
    ok: true,
    value: {
      email: 'lin@example.com',
      address: {
        recipient: '林薇',
        phone: '+8613800138000',
        country: 'CN',
        region: '浙江省',
        city: '杭州市',
        district: '西湖区',
        street: '龙井路 1 号',
        street2: null,
        postcode: '310013',
      },
      shipping: 'standard',
      payment: 'alipay',
      coupon: null,
    },
  })
})

test('an address elsewhere has no district, and a region and a postcode only where there is one', () => {
  const placed = judge({ district: '西湖区' }, LYON)
  expect(placed).toMatchObject({ ok: true, value: { address: { region: null, district: null, city: 'Lyon' } } })
  expect(judge({ postcode: '' }, LYON)).toMatchObject({ ok: true, value: { address: { postcode: null } } })
})

const kindly: [name: string, typed: Partial<CheckoutValues>, kept: object][] = [
  ['full-width digits', { phone: '１３８００１３８０００' }, { address: { phone: '+8613800138000' } }],
  ['a phone with spaces and dashes', { phone: ' 138-0013-8000 ' }, { address: { phone: '+8613800138000' } }],
  ['a phone from abroad', { phone: '+44 20 7946 0018' }, { address: { phone: '+442079460018' } }],
  ['a full-width postcode', { postcode: '３１００１３' }, { address: { postcode: '310013' } }],
  ['names without their suffix', { region: '浙江', city: '杭州', district: '西湖' }, { address: { city: '杭州市' } }],
  ['capitals in an e-mail address', { email: ' Lin@Example.COM ' }, { email: 'lin@example.com' }],
  ['a line break in a name', { recipient: ' 林\n薇 ' }, { address: { recipient: '林 薇' } }],
]
test.each(kindly)('%s are put right', (_name, typed, value) => {
  expect(judge(typed)).toMatchObject({ ok: true, value })
})

const wrong: [name: string, typed: Partial<CheckoutValues>, errors: CheckoutErrors][] = [
  ['no e-mail', { email: '' }, { email: 'required' }],
  ['spaces only', { recipient: '   ' }, { recipient: 'required' }],
  ['half an e-mail address', { email: 'lin@example' }, { email: 'invalid' }],
  ['an e-mail address with two lines', { email: 'a@b.example\r\nBcc: c@d.example' }, { email: 'invalid' }],
  ['an e-mail address beyond ASCII', { email: 'lín@example.com' }, { email: 'invalid' }],
  ['an e-mail address of 255 letters', { email: `${'x'.repeat(243)}@example.com` }, { email: 'invalid' }],
  ['a phone of three digits', { phone: '110' }, { phone: 'invalid' }],
  ['a phone in words', { phone: 'call me' }, { phone: 'invalid' }],
  ['a name of 81 letters', { recipient: '林'.repeat(81) }, { recipient: 'too_long' }],
  ['a province that is none', { region: 'Zhejiang' }, { region: 'not_offered' }],
  ['a city of another province', { city: '广州市' }, { city: 'not_in_region' }],
  ['a district of another city', { district: '海淀区' }, { district: 'not_in_region' }],
  ['a postcode of another province', { postcode: '510000' }, { postcode: 'postcode_region' }],
  ['five digits', { postcode: '31001' }, { postcode: 'invalid' }],
  ['a country that we do not send to', { country: 'KP' }, { country: 'not_offered', phone: 'invalid' }],
  ['a way of sending that is none', { shipping: 'drone' }, { shipping: 'not_offered' }],
  ['no way to pay', { payment: '' }, { payment: 'required' }],
  ['a way to pay that is not set up', { payment: 'unionpay' }, { payment: 'not_offered' }],
]
test.each(wrong)('%s is refused at its field', (_name, typed, errors) => {
  expect(judge(typed)).toEqual({ ok: false, errors })
})

test('a code is read as it was meant, and what can be none is told at its field', () => {
  expect(judge({ coupon: ' spring–26 ' })).toMatchObject({ ok: true, value: { coupon: 'SPRING-26' } })
  expect(judge({ coupon: '50%' })).toEqual({ ok: false, errors: { coupon: 'invalid' } })
})

test('an empty form is told everything at once', () => {
  const nothing = readCheckoutValues(new Map([['country', 'CN']]))
  expect(judge(nothing)).toEqual({
    ok: false,
    errors: Object.fromEntries(
      CHECKOUT_FIELDS.filter((field) => !['country', 'street2', 'coupon'].includes(field)).map((field) => [
        field,
        'required',
      ]),
    ),
  })
})

test('what can be typed is judged without throwing, comes back as typed, and is kept only when it is whole', () => {
  const typed = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...Object.values(HANGZHOU)))
  const form = fc.dictionary(fc.constantFrom(...CHECKOUT_FIELDS), typed, { maxKeys: CHECKOUT_FIELDS.length })
  fc.assert(
    fc.property(form, (fields) => {
      const values = readCheckoutValues(new Map(Object.entries(fields)))
      for (const field of CHECKOUT_FIELDS) expect(values[field]).toBe((fields[field] ?? '').replaceAll('\0', ''))
      const judged = parseCheckout(values, CHOICES)
      if (!judged.ok) {
        expect(Object.keys(judged.errors)).not.toEqual([])
        return
      }
      const kept = Object.values(judged.value.address).filter((part) => part !== null)
      expect(kept.join()).not.toMatch(/\p{Cc}/u)
    }),
    { numRuns: 500 },
  )
})

test('nothing that the database cannot keep is left', () => {
  const values = readCheckoutValues(new Map([['street', `a\0b\ud800${'x'.repeat(2_000)}`]]))
  expect(values.street).toMatch(/^ab\ufffdx+$/)
  expect(values.street.length).toBeLessThanOrEqual(1_000)
})

describe('the regions of China', () => {
  test('31 provinces, and no city without a district', () => {
    expect(PROVINCES).toHaveLength(31)
    const empty = PROVINCES.flatMap(({ code }) => citiesOf(code)).filter(({ code }) => districtsOf(code).length === 0)
    expect(empty).toEqual([])
  })

  test('every name is found, whole and without its suffix', () => {
    for (const { code } of PROVINCES)
      for (const city of citiesOf(code)) {
        expect(findRegion(citiesOf(code), city.name)).toBe(city)
        for (const district of districtsOf(city.code))
          expect(findRegion(districtsOf(city.code), district.name)).toBe(district)
      }
    const named = (name: string, province: string) => findRegion(citiesOf(province), name)?.name
    expect([named('恩施', '42'), named('黔东南', '52'), named('伊犁', '65')]).toEqual([
      '恩施土家族苗族自治州',
      '黔东南苗族侗族自治州',
      '伊犁哈萨克自治州',
    ])
  })

  test.each([
    ['上海', '上海市'],
    ['内蒙古', '内蒙古自治区'],
    ['广西', '广西壮族自治区'],
    ['新疆', '新疆维吾尔自治区'],
    ['浙江', '浙江省'],
  ])('%s is %s', (short, whole) => {
    expect(findRegion(PROVINCES, short)?.name).toBe(whole)
  })

  test.each(['台湾省', '香港特别行政区', '', '市', '省'])('%j is no province here', (name) => {
    expect(findRegion(PROVINCES, name)).toBeNull()
  })
})
