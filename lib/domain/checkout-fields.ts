/** The fields of the checkout, as the form names them. */
export const CHECKOUT_FIELDS = [
  'email',
  'phone',
  'recipient',
  'country',
  'region',
  'city',
  'district',
  'street',
  'street2',
  'postcode',
  'shipping',
  'payment',
  'coupon',
] as const
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
