import { useEffect, useRef } from 'react'
import type { CheckoutWords } from '#lib/checkout/checkout-view.ts'
import { fieldErrorText } from '#lib/checkout/field-error-text.ts'
import { CHECKOUT_FIELDS, type CheckoutErrors } from '#lib/domain/checkout-fields.ts'
import { fieldId } from './field.tsx'

/** What keeps the order from being placed, above the form: what changed, and links to the fields that are not right. */
export function Problems({
  words,
  errors,
  notices,
}: {
  words: CheckoutWords
  errors: CheckoutErrors
  notices: readonly string[]
}) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (notices.length > 0) box.current?.focus()
  }, [notices])
  const fields = CHECKOUT_FIELDS.flatMap((field) => (errors[field] ? [{ field, fault: errors[field] }] : []))
  if (fields.length === 0 && notices.length === 0) return null
  return (
    <div className="checkout-problems" id="again" ref={box} tabIndex={-1} role="alert">
      <h2 className="subtitle">{fields.length > 0 ? words.problemsTitle : words.changedTitle}</h2>
      <ul>
        {notices.map((notice) => (
          <li key={notice}>{notice}</li>
        ))}
        {fields.map(({ field, fault }) => (
          <li key={field}>
            <a className="link" href={`#${fieldId(field)}`}>
              {fieldErrorText(words, field, fault)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
