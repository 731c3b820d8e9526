'use client'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { CheckoutView } from '#lib/checkout/checkout-view.ts'
import { fieldErrorText } from '#lib/checkout/field-error-text.ts'
import type { CheckoutField } from '#lib/domain/checkout-fields.ts'
import { AddressFields } from './address-fields.tsx'
import { AddressHelps } from './address-helps.tsx'
import { PaymentChoice, ShippingChoice } from './choices.tsx'
import { CouponField } from './coupon-field.tsx'
import { TextField } from './field.tsx'
import { OrderSummary } from './order-summary.tsx'
import { Problems } from './problems.tsx'
import { useSubmit } from './use-submit.ts'

/** The whole checkout as one plain form. JavaScript adds suggestions, fees at once and errors without a new page. */
export function CheckoutForm({ view }: { view: CheckoutView }) {
  const { words, values } = view
  const form = useRef<HTMLFormElement>(null)
  const { errors, notices, requestId, pending, submit } = useSubmit(view)
  const [country, setCountry] = useState(values.country)
  useEffect(() => {
    // A browser that comes back to the page puts in what was typed there, before we listen.
    const restored = form.current && new FormData(form.current).get('country')
    if (typeof restored === 'string') setCountry(restored)
  }, [])
  const zone = view.countries.find(({ code }) => code === country)?.zone ?? 'mainland'
  const options = view.shipping[zone]
  const errorOf = (field: CheckoutField) => {
    const fault = errors[field]
    return fault && fieldErrorText(words, field, fault)
  }
  return (
    <form
      ref={form}
      className="checkout-form"
      action={`/api/checkout?locale=${view.locale}`}
      method="post"
      noValidate
      onSubmit={submit}
    >
      {/* The key Enter presses the first button of a form. */}
      <button type="submit" className="sr-only" tabIndex={-1} aria-hidden>
        {words.place}
      </button>
      <input type="hidden" name="request" value={requestId} autoComplete="off" />
      <input type="hidden" name="lines" value={view.ticket} autoComplete="off" />
      <div className="checkout-fields">
        <Problems words={words} errors={errors} notices={notices} />
        <fieldset className="checkout-part">
          <legend className="subtitle">{words.contact}</legend>
          <TextField
            name="email"
            label={words.email}
            hint={words.emailHint}
            error={errorOf('email')}
            input={{ type: 'email', autoComplete: 'email', defaultValue: values.email, spellCheck: false }}
          />
          <TextField
            name="phone"
            label={words.phone}
            hint={words.phoneHint}
            error={errorOf('phone')}
            input={{ type: 'tel', autoComplete: 'tel', defaultValue: values.phone }}
          />
        </fieldset>
        <fieldset className="checkout-part" id="checkout-address">
          <legend className="subtitle">{words.address}</legend>
          <AddressHelps helps={view.helps} />
          <AddressFields view={view} country={country} setCountry={setCountry} errorOf={errorOf} />
          {view.helps.mayKeep ? (
            <label className="checkout-keep">
              <input type="checkbox" name="keepAddress" value="yes" />
              {view.helps.words.keep}
            </label>
          ) : null}
        </fieldset>
        <ShippingChoice view={view} options={options} error={errorOf('shipping')} />
        <PaymentChoice view={view} error={errorOf('payment')} />
      </div>
      <div className="checkout-aside">
        <OrderSummary view={view} options={options}>
          <CouponField view={view} error={errorOf('coupon')} />
        </OrderSummary>
        <Button type="submit" aria-disabled={pending}>
          {pending ? words.wait : words.place}
        </Button>
        <p className="checkout-hint">{words.placeHint}</p>
      </div>
    </form>
  )
}
