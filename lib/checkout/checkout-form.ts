import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { z } from 'zod'
import type { Address } from '#lib/domain/address.ts'
import {
  CHECKOUT_FIELDS,
  type CheckoutErrors,
  type CheckoutField,
  type CheckoutValues,
  type FieldError,
} from '#lib/domain/checkout-fields.ts'
import { isPostcodeOf } from '#lib/domain/china-postcode.ts'
import { type CouponCode, readCouponCode } from '#lib/domain/coupon-code.ts'
import { isDestination } from '#lib/domain/destinations.ts'
import { citiesOf, districtsOf, findRegion, PROVINCES } from './china-regions.ts'

export type CheckoutInput = {
  /** Lower case, ASCII only. */
  readonly email: string
  readonly address: Address
  readonly shipping: string
  readonly payment: string
  /** Null when nothing was typed. */
  readonly coupon: CouponCode | null
}

export type CheckoutChoices = { readonly shipping: readonly string[]; readonly payment: readonly string[] }

/** NFKC turns full-width digits and look-alikes into plain ones before anything is judged. */
const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim()
/** What people write is kept as they wrote it, but for control characters and spaces at the ends. */
const written = (text: string) => text.replace(/\p{Cc}+/gu, ' ').trim()

/** What is longer is cut before it is looked at, and shown cut. */
const LONGEST_TYPED = 1_000
const EMAIL = z.email().max(254)
const ASCII = /^[\x21-\x7e]+$/
const LONGEST: Partial<Record<CheckoutField, number>> = {
  recipient: 80,
  street: 160,
  street2: 160,
  city: 80,
  region: 80,
  district: 80,
}
const NEEDED: readonly CheckoutField[] = [
  'email',
  'phone',
  'recipient',
  'country',
  'city',
  'street',
  'shipping',
  'payment',
]
const NEEDED_IN_CHINA: readonly CheckoutField[] = ['region', 'district', 'postcode']

/** One string for each field, as it was typed but for what no database can keep: NUL and halves of characters. */
export function readCheckoutValues(form: ReadonlyMap<string, string>): CheckoutValues {
  const read = (field: CheckoutField) => [
    field,
    (form.get(field) ?? '').slice(0, LONGEST_TYPED).replaceAll('\0', '').toWellFormed(),
  ]
  return Object.fromEntries(CHECKOUT_FIELDS.map(read)) as CheckoutValues
}

/**
 * Judges a whole checkout form at once.
 * @returns the order's contact and address, or every field that is not right with its reason.
 */
export function parseCheckout(
  values: CheckoutValues,
  choices: CheckoutChoices,
): { readonly ok: true; readonly value: CheckoutInput } | { readonly ok: false; readonly errors: CheckoutErrors } {
  const errors: { [field in CheckoutField]?: FieldError } = {}
  const fault = (field: CheckoutField, error: FieldError) => {
    errors[field] ??= error
  }

  const text = Object.fromEntries(CHECKOUT_FIELDS.map((field) => [field, written(values[field])])) as CheckoutValues
  const inChina = text.country === 'CN'
  for (const field of [...NEEDED, ...(inChina ? NEEDED_IN_CHINA : [])]) if (text[field] === '') fault(field, 'required')
  for (const [field, longest] of Object.entries(LONGEST) as [CheckoutField, number][])
    if (text[field].length > longest) fault(field, 'too_long')

  const email = plain(text.email).toLowerCase()
  if (!EMAIL.safeParse(email).success || !ASCII.test(email)) fault('email', 'invalid')

  const country = isDestination(text.country) ? text.country : null
  if (!country) fault('country', 'not_offered')
  const phone = country ? parsePhoneNumberFromString(plain(text.phone), country) : null
  if (!phone?.isPossible()) fault('phone', 'invalid')

  const place = inChina ? parseChina(text, fault) : parseElsewhere(text, fault)
  if (!choices.shipping.includes(text.shipping)) fault('shipping', 'not_offered')
  if (!choices.payment.includes(text.payment)) fault('payment', 'not_offered')

  const coupon = readCouponCode(text.coupon)
  if (coupon === null && text.coupon !== '') fault('coupon', 'invalid')

  if (Object.keys(errors).length > 0 || !country || !phone) return { ok: false, errors }
  return {
    ok: true,
    value: {
      email,
      address: {
        recipient: text.recipient,
        phone: phone.number,
        country,
        ...place,
        street: text.street,
        street2: text.street2 || null,
      },
      shipping: text.shipping,
      payment: text.payment,
      coupon,
    },
  }
}

type Place = Pick<Address, 'region' | 'city' | 'district' | 'postcode'>
type Fault = (field: CheckoutField, error: FieldError) => void

/** Province, city and district must lie in each other; the names are made whole (上海 → 上海市). */
function parseChina(text: CheckoutValues, fault: Fault): Place {
  const province = findRegion(PROVINCES, plain(text.region))
  const city = province && findRegion(citiesOf(province.code), plain(text.city))
  const district = city && findRegion(districtsOf(city.code), plain(text.district))
  const postcode = plain(text.postcode)
  if (!province) fault('region', 'not_offered')
  else if (!city) fault('city', 'not_in_region')
  else if (!district) fault('district', 'not_in_region')
  if (!/^\d{6}$/.test(postcode)) fault('postcode', 'invalid')
  else if (province && !isPostcodeOf(province.code, postcode)) fault('postcode', 'postcode_region')
  return {
    region: province?.name ?? text.region,
    city: city?.name ?? text.city,
    district: district?.name ?? text.district,
    postcode,
  }
}

const POSTCODE_ELSEWHERE = /^[0-9A-Za-z][0-9A-Za-z -]{1,10}$/

function parseElsewhere(text: CheckoutValues, fault: Fault): Place {
  const postcode = plain(text.postcode)
  if (postcode !== '' && !POSTCODE_ELSEWHERE.test(postcode)) fault('postcode', 'invalid')
  return { region: text.region || null, city: text.city, district: null, postcode: postcode || null }
}
