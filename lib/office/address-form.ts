import { z } from 'zod'
import { parseCheckout } from '../checkout/checkout-form.ts'
import type { Address } from '../domain/address.ts'
import { CHECKOUT_FIELDS, type CheckoutValues } from '../domain/checkout-fields.ts'
import { err, ok, type Result } from '../result.ts'

export const ADDRESS_FIELDS = [
  'recipient',
  'phone',
  'region',
  'city',
  'district',
  'street',
  'street2',
  'postcode',
] as const
type AddressField = (typeof ADDRESS_FIELDS)[number]
type PostalAddress = Omit<Address, 'country'>

const line = z.string().max(400)
/** The fields of the form: the address as it is wanted, its country, and as it was when the form was made. */
export const addressFields = {
  recipient: line,
  phone: line,
  region: line,
  city: line,
  district: line,
  street: line,
  street2: line,
  postcode: line,
  country: z.string().max(2),
  before: z.string().max(4000),
} as const

const Before = z.object(
  Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, z.string().nullable()])) as Record<
    AddressField,
    z.ZodNullable<z.ZodString>
  >,
)

type Typed = Readonly<Record<AddressField | 'country' | 'before', string>>

/** The address that was shown, as it comes back with the form. */
export const writeBefore = (address: Readonly<Record<AddressField, string | null>>): string =>
  JSON.stringify(Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, address[field]])))

/** Judges an address by the same rules as the checkout does. */
export function readAddress({
  before,
  ...typed
}: Typed): Result<{ wanted: PostalAddress; seen: PostalAddress }, { code: 'wrong'; fields: readonly string[] }> {
  const values = Object.fromEntries(CHECKOUT_FIELDS.map((field) => [field, ''])) as CheckoutValues
  const judged = parseCheckout(
    { ...values, ...typed, email: 'nobody@example.com', shipping: 'any', payment: 'any' },
    { shipping: ['any'], payment: ['any'] },
  )
  if (!judged.ok) return err({ code: 'wrong', fields: Object.keys(judged.errors) })
  const seen = Before.safeParse(parseJson(before))
  if (!seen.success) return err({ code: 'wrong', fields: [] })
  const { country: _country, ...wanted } = judged.value.address
  return ok({ wanted, seen: seen.data as PostalAddress })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
