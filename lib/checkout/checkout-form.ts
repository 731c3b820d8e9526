import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { z } from 'zod'
import type { Address } from '#lib/domain/address.ts'
import {
  ADDRESS_FIELDS,
  type AddressField,
  type AddressValues,
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
const LONGEST: Partial<Record<AddressField, number>> = {
  recipient: 80,
  street: 160,
  street2: 160,
  city: 80,
  region: 80,
  district: 80,
}
const NEEDED: readonly CheckoutField[] = ['email', 'shipping', 'payment']
const NEEDED_IN_ADDRESS: readonly AddressField[] = ['phone', 'recipient', 'country', 'city', 'street']
const NEEDED_IN_CHINA: readonly AddressField[] = ['region', 'district', 'postcode']

/** One string for each field, as it was typed but for what no database can keep: NUL and halves of characters. */
export const readCheckoutValues = (form: ReadonlyMap<string, string>): CheckoutValues =>
  Object.fromEntries(CHECKOUT_FIELDS.map((field) => [field, readTyped(form, field)])) as CheckoutValues
/** The same of an address alone. */
export const readAddressValues = (form: ReadonlyMap<string, string>): AddressValues =>
  Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, readTyped(form, field)])) as AddressValues

const readTyped = (form: ReadonlyMap<string, string>, field: CheckoutField): string =>
  (form.get(field) ?? '').slice(0, LONGEST_TYPED).replaceAll('\0', '').toWellFormed()

type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: CheckoutErrors }
type Faults = { [field in CheckoutField]?: FieldError }

/**
 * Judges a whole checkout form at once.
 * @returns the order's contact and address, or every field that is not right with its reason.
 */
export function parseCheckout(values: CheckoutValues, choices: CheckoutChoices): Parsed<CheckoutInput> {
  const errors: Faults = {}
  for (const field of NEEDED) if (written(values[field]) === '') errors[field] = 'required'
  const email = plain(values.email).toLowerCase()
  if (!EMAIL.safeParse(email).success || !ASCII.test(email)) errors.email ??= 'invalid'
  const shipping = written(values.shipping)
  if (!choices.shipping.includes(shipping)) errors.shipping ??= 'not_offered'
  const payment = written(values.payment)
  if (!choices.payment.includes(payment)) errors.payment ??= 'not_offered'

  const typedCoupon = written(values.coupon)
  const coupon = readCouponCode(typedCoupon)
  if (coupon === null && typedCoupon !== '') errors.coupon = 'invalid'

  const address = parseAddress(values)
  if (!address.ok) return { ok: false, errors: { ...errors, ...address.errors } }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, value: { email, address: address.value, shipping, payment, coupon } }
}

/** Judges the fields of an address at once. */
export function parseAddress(values: AddressValues): Parsed<Address> {
  const errors: Faults = {}
  const fault = (field: CheckoutField, error: FieldError) => {
    errors[field] ??= error
  }
  const text = Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, written(values[field])])) as AddressValues
  const inChina = text.country === 'CN'
  for (const field of [...NEEDED_IN_ADDRESS, ...(inChina ? NEEDED_IN_CHINA : [])])
    if (text[field] === '') fault(field, 'required')
  for (const [field, longest] of Object.entries(LONGEST) as [AddressField, number][])
    if (text[field].length > longest) fault(field, 'too_long')

  const country = isDestination(text.country) ? text.country : null
  if (!country) fault('country', 'not_offered')
  const phone = country ? parsePhoneNumberFromString(plain(text.phone), country) : null
  if (!phone?.isPossible()) fault('phone', 'invalid')

  const place = inChina ? parseChina(text, fault) : parseElsewhere(text, fault)
  if (Object.keys(errors).length > 0 || !country || !phone) return { ok: false, errors }
  const { recipient, street } = text
  const address = { recipient, phone: phone.number, country, ...place, street, street2: text.street2 || null }
  return { ok: true, value: address }
}

type Place = Pick<Address, 'region' | 'city' | 'district' | 'postcode'>
type Fault = (field: CheckoutField, error: FieldError) => void

/** Province, city and district must lie in each other; the names are made whole (上海 → 上海市). */
function parseChina(text: AddressValues, fault: Fault): Place {
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

function parseElsewhere(text: AddressValues, fault: Fault): Place {
  const postcode = plain(text.postcode)
  if (postcode !== '' && !POSTCODE_ELSEWHERE.test(postcode)) fault('postcode', 'invalid')
  return { region: text.region || null, city: text.city, district: null, postcode: postcode || null }
}
