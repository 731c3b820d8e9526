import { addressChoices, type CheckoutView } from '../checkout/checkout-view.ts'
import type { AddressValues } from '../domain/checkout-fields.ts'
import type { Locale } from '../domain/locale.ts'
import { messagesFor } from '../i18n/messages.ts'

/** The fields of an address in words, ready for a form that only sets them out. */
export type AddressView = Pick<CheckoutView, 'locale' | 'words' | 'countries' | 'provinces' | 'cities'> & {
  readonly values: AddressValues
}

export const NO_ADDRESS: AddressValues = {
  phone: '',
  recipient: '',
  country: 'CN',
  region: '',
  city: '',
  district: '',
  street: '',
  street2: '',
  postcode: '',
}

export const showAddressForm = (values: AddressValues, locale: Locale): AddressView => ({
  locale,
  words: messagesFor(locale).checkout,
  values,
  ...addressChoices(values, locale),
})
