import type { Address } from '../domain/address.ts'
import { ADDRESS_FIELDS, type AddressField, type AddressValues } from '../domain/checkout-fields.ts'
import { splitAddress } from './split-address.ts'

type Written = { readonly [field in AddressField]: string | null }

/** An address as the fields of a form show it. */
export const addressValues = (address: Written | Address): AddressValues =>
  Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, address[field] ?? ''])) as AddressValues

/** What was typed, with what a pasted Chinese address says instead of it; what that does not say stays. */
export function withPasted<Values extends AddressValues>(values: Values, pasted: string): Values {
  const said = Object.entries(splitAddress(pasted)).filter(([, text]) => text !== '')
  const hasRegion = said.some(([field]) => field === 'region')
  const elsewhere = hasRegion ? { country: 'CN', street2: '', city: '', district: '' } : {}
  return { ...values, ...elsewhere, ...Object.fromEntries(said) }
}
