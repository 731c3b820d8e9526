import type { CheckoutWords } from '#lib/checkout/checkout-view.ts'
import type { CheckoutField, FieldError } from '#lib/domain/checkout-fields.ts'

/** The sentence about a field that is not right. */
export function fieldErrorText({ error }: CheckoutWords, field: CheckoutField, fault: FieldError): string {
  const required: Readonly<Record<string, string>> = error.required
  const about: Readonly<Record<FieldError, Readonly<Record<string, string>>>> = {
    required,
    too_long: { [field]: error.tooLong },
    invalid: error.invalid,
    not_in_region: error.notInRegion,
    postcode_region: { [field]: error.postcodeRegion },
    not_offered: error.notOffered,
  }
  return about[fault][field] ?? required[field] ?? error.tooLong
}
