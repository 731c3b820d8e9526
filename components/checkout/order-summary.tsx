import type { ReactNode } from 'react'
import { Photo } from '#components/catalog/photo.tsx'
import type { CheckoutView, ShippingOption } from '#lib/checkout/checkout-view.ts'
import { cartPath } from '#lib/paths.ts'

/** What is ordered and what it comes to. The sums of every way of sending are there; the style shows the chosen one's. */
export function OrderSummary({
  view: { words, lines, subtotal, coupon, locale },
  options,
  children,
}: {
  view: CheckoutView
  options: readonly ShippingOption[]
  /** Between the pieces and the sums. */
  children: ReactNode
}) {
  return (
    <section className="checkout-summary" aria-labelledby="checkout-summary">
      <header>
        <h2 className="subtitle" id="checkout-summary">
          {words.summary}
        </h2>
        <a className="link" href={cartPath(locale)}>
          {words.editCart}
        </a>
      </header>
      <ul>
        {lines.map((line) => (
          <li key={line.sku} className="checkout-line">
            <Photo src={line.image} alt={line.imageAlt} use="choice" />
            <div>
              <p>{line.name}</p>
              <p className="checkout-hint">{line.options}</p>
              <p className="checkout-hint">
                {Math.min(line.quantity, line.most)} × {line.each}
              </p>
              {line.notices.map((notice) => (
                <p key={notice} className="checkout-error">
                  {notice}
                </p>
              ))}
            </div>
            <p className="checkout-amount">{line.total}</p>
          </li>
        ))}
      </ul>
      {children}
      <dl>
        <div>
          <dt>{words.subtotal}</dt>
          <dd>{subtotal}</dd>
        </div>
        {coupon.discount === null ? null : (
          <div>
            <dt>{coupon.discount.label}</dt>
            <dd>{coupon.discount.amount}</dd>
          </div>
        )}
        <div>
          <dt>{words.shippingFee}</dt>
          {options.map(({ method, fee }) => (
            <dd key={method} data-method={method}>
              {fee}
            </dd>
          ))}
        </div>
        <div className="checkout-total">
          <dt>{words.total}</dt>
          {options.map(({ method, total }) => (
            <dd key={method} data-method={method}>
              {total}
            </dd>
          ))}
        </div>
      </dl>
    </section>
  )
}
