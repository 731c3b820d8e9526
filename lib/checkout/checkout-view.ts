import { type ShownLine, showCart } from '#lib/cart/shown-cart.ts'
import { addressLines, type PrintedAddress } from '#lib/domain/address.ts'
import { cartSubtotal, payableUnits } from '#lib/domain/cart-rules.ts'
import type { CheckoutErrors, CheckoutValues } from '#lib/domain/checkout-fields.ts'
import type { JudgedCoupon } from '#lib/domain/coupon-changes.ts'
import { DESTINATIONS, isDestination, type Zone, zoneOfDestination } from '#lib/domain/destinations.ts'
import type { CouponEffect } from '#lib/domain/judge-coupon.ts'
import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import { addFen, subtractFen, ZERO_FEN } from '#lib/domain/money.ts'
import { ratesTo, type ShippingMethod, shippingCost } from '#lib/domain/shipping-rates.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { type Messages, messagesFor } from '#lib/i18n/messages.ts'
import { translator } from '#lib/i18n/translator.ts'
import { addressValues } from '../addresses/address-values.ts'
import type { ProviderName } from '../payments/port.ts'
import type { CheckoutDraft } from './checkout-draft.ts'
import type { CheckoutLine } from './checkout-line.ts'
import { checkoutNotices } from './checkout-notices.ts'
import { linesText } from './checkout-request.ts'
import { citiesOf, districtsOf, findRegion, PROVINCES } from './china-regions.ts'
import { type CouponView, showCoupon } from './coupon-view.ts'
import type { Away } from './offer-now.ts'
import { PROVINCE_IN_LATIN } from './province-names.ts'

export type CheckoutWords = Messages['checkout']

/** One way of sending to one zone, in words. */
export type ShippingOption = {
  readonly method: ShippingMethod
  readonly label: string
  readonly promise: string
  readonly fee: string
  /** In fen, what the form sends back as seen. */
  readonly feeFen: string
  readonly total: string
}
export type City = { readonly name: string; readonly districts: readonly string[] }

/** The checkout in words: amounts formatted, choices told, ready for a form that only sets it out. */
export type CheckoutView = {
  readonly locale: Locale
  readonly words: CheckoutWords
  readonly requestId: string
  readonly values: CheckoutValues
  readonly errors: CheckoutErrors
  /** Said above the form: what changed, or why it was not placed. */
  readonly notices: readonly string[]
  /** For the hidden field: what is ordered, at the prices that are shown. */
  readonly ticket: string
  readonly lines: readonly ShownLine[]
  readonly subtotal: string
  readonly countries: readonly { readonly code: string; readonly name: string; readonly zone: Zone }[]
  readonly provinces: readonly { readonly name: string; readonly label: string }[]
  /** Of the province that was chosen before. */
  readonly cities: readonly City[]
  readonly shipping: Readonly<Record<Zone, readonly ShippingOption[]>>
  readonly payments: readonly { readonly name: string; readonly label: string; readonly hint: string }[]
  readonly coupon: CouponView
  /** About ways to pay that are not offered now. */
  readonly away: readonly string[]
  readonly helps: AddressHelps
}
/** What fills an address in without typing. */
export type AddressHelps = {
  readonly words: Messages['customer']['addresses']
  /** The addresses of who is signed in. */
  readonly book: readonly { readonly id: string; readonly lines: readonly string[] }[]
  /** Whether the address can be kept in a book. */
  readonly mayKeep: boolean
}
/** Who is signed in, with their addresses, the default first. */
export type CheckoutCustomer = { readonly email: string; readonly addresses: readonly BookedAddress[] }
type BookedAddress = PrintedAddress & {
  readonly id: string
  readonly phone: string
  readonly country: string
}

const NOTHING_TYPED: CheckoutValues = {
  email: '',
  phone: '',
  recipient: '',
  country: 'CN',
  region: '',
  city: '',
  district: '',
  street: '',
  street2: '',
  postcode: '',
  shipping: 'standard',
  payment: '',
  coupon: '',
}

/** @returns null when there is nothing in the cart that can be had. */
export function showCheckout(
  lines: readonly CheckoutLine[],
  {
    locale,
    requestId,
    draft,
    again,
    payments,
    away,
    coupon,
    customer = null,
  }: {
    readonly locale: Locale
    readonly requestId: string
    readonly draft: CheckoutDraft | null
    /** The page is shown because a form came back. */
    readonly again: boolean
    readonly payments: readonly ProviderName[]
    readonly away: ReadonlyMap<ProviderName, Away>
    /** What the code that was typed does. */
    readonly coupon: JudgedCoupon | null
    readonly customer?: CheckoutCustomer | null
  },
): CheckoutView | null {
  const payable = lines.filter((line) => payableUnits(line) > 0)
  if (payable.length === 0) return null
  const words = messagesFor(locale).checkout
  const cart = showCart(lines, locale)
  const typed = draft?.values ?? knownOf(customer)
  const values = { ...typed, payment: typed.payment || (payments[0] ?? '') }
  return {
    locale,
    words,
    requestId,
    values,
    errors: (again && draft?.errors) || {},
    notices: again && draft ? checkoutNotices(draft, lines, locale) : [],
    ticket: linesText(
      payable.map((line) => ({ variantId: line.variantId, quantity: payableUnits(line), priceSeen: line.unitPrice })),
    ),
    lines: cart.lines,
    subtotal: cart.subtotal,
    ...addressChoices(values, locale),
    shipping: shippingOptions(payable, coupon?.effect ?? null, locale),
    payments: payments.map((name) => ({ name, ...words.paymentMethod[name] })),
    away: [...away].map(([name, why]) =>
      translator(locale)(`checkout.away.${why}`, { provider: words.paymentMethod[name].label }),
    ),
    coupon: showCoupon(coupon, cartSubtotal(payable), locale),
    helps: {
      words: messagesFor(locale).customer.addresses,
      book: (customer?.addresses ?? []).map((address) => ({ id: address.id, lines: bookLines(address, locale) })),
      mayKeep: customer !== null,
    },
  }
}

/** What a form begins with: who is signed in has told us before. */
function knownOf(customer: CheckoutCustomer | null): CheckoutValues {
  const [first] = customer?.addresses ?? []
  return { ...NOTHING_TYPED, email: customer?.email ?? '', ...(first && addressValues(first)) }
}

function bookLines(address: BookedAddress, locale: Locale): readonly string[] {
  const countries = new Intl.DisplayNames(LANGUAGE_TAG[locale], { type: 'region' })
  const country = countries.of(address.country) ?? address.country
  return addressLines({ ...address, country }, address.country === 'CN')
}

/** What an address can be chosen from, in words. */
export function addressChoices(values: Pick<CheckoutValues, 'country' | 'region'>, locale: Locale) {
  const provinces = PROVINCES.map(({ code, name }) => ({
    name,
    label: locale === 'zh' ? name : `${PROVINCE_IN_LATIN[code]} ${name}`,
  }))
  return { countries: countriesIn(locale), provinces, cities: citiesWithDistricts(values) }
}

function shippingOptions(
  payable: readonly CheckoutLine[],
  effect: CouponEffect | null,
  locale: Locale,
): CheckoutView['shipping'] {
  const t = translator(locale)
  const value = cartSubtotal(payable)
  const weightG = payable.reduce((grams, line) => grams + line.weightG * payableUnits(line), 0)
  const optionsTo = (zone: Zone) =>
    ratesTo(zone).map((rate) => {
      const fee = effect?.freeShipping ? ZERO_FEN : shippingCost(rate, { weightG, value })
      const [least, most] = rate.days
      return {
        method: rate.method,
        label: t(`checkout.shippingMethod.${rate.method}`),
        promise: t('checkout.days', { least, most }),
        fee: fee === 0n ? t('checkout.free') : formatPrice(fee, locale),
        feeFen: fee.toString(),
        total: formatPrice(addFen(subtractFen(value, effect?.discount ?? ZERO_FEN), fee), locale),
      }
    })
  return {
    mainland: optionsTo('mainland'),
    greater_china: optionsTo('greater_china'),
    asia: optionsTo('asia'),
    europe: optionsTo('europe'),
    overseas: optionsTo('overseas'),
  }
}

/** Alphabetical in the page's language, the mainland first: most parcels stay there. */
function countriesIn(locale: Locale): CheckoutView['countries'] {
  const names = new Intl.DisplayNames(LANGUAGE_TAG[locale], { type: 'region', style: 'short' })
  const own = messagesFor(locale).checkout.countryName
  const nameOf = (code: string) => (code in own ? own[code as keyof typeof own] : (names.of(code) ?? code))
  const inOrder = new Intl.Collator(LANGUAGE_TAG[locale])
  return DESTINATIONS.map((code) => ({ code, name: nameOf(code), zone: zoneOfDestination(code) })).sort((a, b) =>
    a.code === 'CN' ? -1 : b.code === 'CN' ? 1 : inOrder.compare(a.name, b.name),
  )
}

function citiesWithDistricts({ country, region }: Pick<CheckoutValues, 'country' | 'region'>): readonly City[] {
  const province = country === 'CN' ? findRegion(PROVINCES, region) : null
  if (!province || !isDestination(country)) return []
  return citiesOf(province.code).map(({ code, name }) => ({
    name,
    districts: districtsOf(code).map((district) => district.name),
  }))
}
