import type { ReactNode } from 'react'
import type { CheckoutView, ShippingOption } from '#lib/checkout/checkout-view.ts'
import { errorId, FieldError, fieldId } from './field.tsx'

type Choice = { readonly value: string; readonly label: string; readonly note: string; readonly aside?: string }

/** One of a few, all in view. */
function Choices({
  name,
  title,
  choices,
  chosen,
  error,
  children,
}: {
  name: 'shipping' | 'payment'
  title: string
  choices: readonly Choice[]
  chosen: string
  error: string | undefined
  children?: ReactNode
}) {
  return (
    <fieldset className="checkout-part" aria-describedby={error === undefined ? undefined : errorId(name)}>
      <legend className="subtitle">{title}</legend>
      {choices.map(({ value, label, note, aside }, position) => (
        <label key={value} className="checkout-choice">
          <input
            id={position === 0 ? fieldId(name) : undefined}
            type="radio"
            name={name}
            value={value}
            required
            defaultChecked={value === chosen}
          />
          <span>
            {label}
            <small>{note}</small>
          </span>
          {aside ? <span className="checkout-amount">{aside}</span> : null}
        </label>
      ))}
      {children}
      <FieldError name={name} error={error} />
    </fieldset>
  )
}

export const ShippingChoice = ({
  view: { words, values },
  options,
  error,
}: {
  view: CheckoutView
  options: readonly ShippingOption[]
  error: string | undefined
}) => (
  <Choices
    name="shipping"
    title={words.shipping}
    chosen={values.shipping}
    error={error}
    choices={options.map(({ method, label, promise, fee }) => ({ value: method, label, note: promise, aside: fee }))}
  >
    {options.map(({ method, feeFen }) => (
      <input key={method} type="hidden" name={`fee-${method}`} value={feeFen} autoComplete="off" />
    ))}
  </Choices>
)

export const PaymentChoice = ({
  view: { words, values, payments, away },
  error,
}: {
  view: CheckoutView
  error: string | undefined
}) => (
  <Choices
    name="payment"
    title={words.payment}
    chosen={values.payment}
    error={error}
    choices={payments.map(({ name, label, hint }) => ({ value: name, label, note: hint }))}
  >
    {away.map((said) => (
      <p key={said} className="checkout-hint">
        {said}
      </p>
    ))}
  </Choices>
)
