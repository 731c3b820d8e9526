import { useRef } from 'react'
import type { CheckoutView } from '#lib/checkout/checkout-view.ts'
import { errorId, FieldError, fieldId } from './field.tsx'

/** Where a discount code is typed, tried and taken out, with what it does or why it does nothing. */
export function CouponField({
  view: { words, values, coupon },
  error,
}: {
  view: CheckoutView
  error: string | undefined
}) {
  const apply = useRef<HTMLButtonElement>(null)
  const said = `${fieldId('coupon')}-said`
  const described = [coupon.said && said, error && errorId('coupon')].filter(Boolean).join(' ')
  return (
    <div className="checkout-field checkout-coupon">
      <label htmlFor={fieldId('coupon')}>
        {words.coupon.label}
        <small>{words.optional}</small>
      </label>
      <div>
        <input
          type="text"
          id={fieldId('coupon')}
          name="coupon"
          defaultValue={values.coupon}
          maxLength={64}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-invalid={error !== undefined}
          aria-describedby={described || undefined}
          onKeyDown={(event) => {
            // Enter means “try this code” here, not “order”.
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit(apply.current)
          }}
        />
        <button ref={apply} type="submit" name="intent" value="coupon" className="link">
          {words.coupon.apply}
        </button>
        {coupon.said === null ? null : (
          <button type="submit" name="intent" value="without_coupon" className="link">
            {words.coupon.remove}
          </button>
        )}
      </div>
      {coupon.said === null ? null : (
        <p className={coupon.applies ? 'checkout-hint' : 'checkout-error'} id={said} role="status">
          {coupon.said}
        </p>
      )}
      <FieldError name="coupon" error={error} />
      <input type="hidden" name="coupon-seen" value={coupon.seen} autoComplete="off" />
    </div>
  )
}
