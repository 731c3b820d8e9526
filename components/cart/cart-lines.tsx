import type { Route } from 'next'
import { getTranslations } from 'next-intl/server'
import { Photo } from '#components/catalog/photo.tsx'
import { IntentLink } from '#components/shop/intent-link.tsx'
import type { CartMessage } from '#lib/cart/cart-message.ts'
import type { ShownCart, ShownLine } from '#lib/cart/shown-cart.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { MAX_QUANTITY } from '#lib/domain/pricing.ts'
import { CartMessageNote } from './cart-message-note.tsx'

/** The lines of the cart page, each with plain forms for its number and for taking it out. */
export async function CartLines({
  cart,
  locale,
  message,
}: {
  cart: ShownCart
  locale: Locale
  message: CartMessage | null
}) {
  const besideLine = message?.kind === 'error' && cart.lines.some(({ sku }) => sku === message.sku)
  return (
    <div className="cart-lines">
      {message && !besideLine ? <CartMessageNote message={message} locale={locale} /> : null}
      <ul>
        {cart.lines.map((line) => (
          <PageLine
            key={line.sku}
            line={line}
            locale={locale}
            error={besideLine && message.sku === line.sku ? message.text : null}
          />
        ))}
      </ul>
    </div>
  )
}

async function PageLine({ line, locale, error }: { line: ShownLine; locale: Locale; error: string | null }) {
  const t = await getTranslations({ locale, namespace: 'cart' })
  const action = `/api/cart?locale=${locale}`
  const errorId = `error-${line.sku}`
  return (
    <li className="cart-line">
      <IntentLink href={line.href as Route}>
        <Photo src={line.image} alt={line.imageAlt} use="choice" />
      </IntentLink>
      <div>
        <h2>
          <IntentLink href={line.href as Route}>{line.name}</IntentLink>
        </h2>
        <p className="cart-options">{line.options}</p>
        <p className="cart-options">{line.each}</p>
        {line.notices.map((notice) => (
          <p key={notice} className="cart-notice">
            {notice}
          </p>
        ))}
      </div>
      <p className="cart-amount">{line.most === 0 ? null : line.total}</p>
      <div className="cart-change">
        <div className="cart-acts">
          {line.most === 0 ? null : (
            <form action={action} method="post">
              <input type="hidden" name="operation" value="set" />
              <input type="hidden" name="sku" value={line.sku} />
              <label>
                <span className="sr-only">{t('quantityOf', { name: line.name })}</span>
                <input
                  name="quantity"
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={MAX_QUANTITY}
                  required
                  defaultValue={line.quantity}
                  key={line.quantity}
                  aria-invalid={error !== null}
                  aria-describedby={error === null ? undefined : errorId}
                />
              </label>
              <button type="submit" className="link">
                {t('update')}
              </button>
            </form>
          )}
          <form action={action} method="post">
            <input type="hidden" name="operation" value="remove" />
            <input type="hidden" name="quantity" value={Math.min(line.quantity, MAX_QUANTITY)} />
            <button
              type="submit"
              className="link"
              name="sku"
              value={line.sku}
              aria-label={t('removeName', { name: line.name })}
            >
              {t('remove')}
            </button>
          </form>
        </div>
        {error === null ? null : (
          <p id={errorId} className="cart-error" role="alert">
            {error}
          </p>
        )}
      </div>
    </li>
  )
}
