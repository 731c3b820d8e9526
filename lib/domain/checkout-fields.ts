/** The fields of an address, as forms name them. */
export const ADDRESS_FIELDS = [
  'phone',
  'recipient',
  'country',
  'region',
  'city',
  'district',
  'street',
  'street2',
  'postcode',
] as const
export type AddressField = (typeof ADDRESS_FIELDS)[number]
export type AddressValues = { readonly [field in AddressField]: string }

/** The fields of the checkout, in the order of its page. */
export const CHECKOUT_FIELDS = ['email', ...ADDRESS_FIELDS, 'shipping', 'payment', 'coupon'] as const
export type CheckoutField = (typeof CHECKOUT_FIELDS)[number]

/** What was typed, field by field, so that it can be shown again as it was. */
export type CheckoutValues = { readonly [field in CheckoutField]: string }

export const FIELD_ERRORS = [
  'required',
  'too_long',
  'invalid',
  'not_in_region',
  'postcode_region',
  'not_offered',
] as const
export type FieldError = (typeof FIELD_ERRORS)[number]
export type CheckoutErrors = { readonly [field in CheckoutField]?: FieldError }
