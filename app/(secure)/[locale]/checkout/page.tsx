import '#components/cart/cart.css'
import '../../../styles/checkout.css'
import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import { connection } from 'next/server'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { CheckoutForm } from '#components/checkout/checkout-form.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { listAddresses } from '#db/addresses/list-addresses.ts'
import { readCart } from '#db/carts/read-cart.ts'
import { readCheckoutDraft } from '#db/carts/read-checkout-draft.ts'
import { currentAccount } from '#lib/auth/current-account.ts'
import { readCartToken } from '#lib/cart/cart-cookies.ts'
import { readDraft } from '#lib/checkout/checkout-draft.ts'
import { checkoutNotices } from '#lib/checkout/checkout-notices.ts'
import { showCheckout } from '#lib/checkout/checkout-view.ts'
import { judgeTypedCode } from '#lib/checkout/judge-typed-code.ts'
import { offerNow } from '#lib/checkout/offer-now.ts'
import { isSecret } from '#lib/domain/secret.ts'
import { secure } from '#lib/env.ts'
import { cartPath, orderPath } from '#lib/paths.ts'
import { paymentProviders } from '#lib/payments/registry.ts'

/** What is personal is in the page itself and not streamed into it, so that it is there without JavaScript too. */
export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('checkout')
  return { title: t('title') }
}

export default async function CheckoutPage({ searchParams }: PageProps<'/[locale]/checkout'>) {
  await connection()
  const [locale, jar, sent, query, t] = await Promise.all([
    pageLocale(),
    cookies(),
    headers(),
    searchParams,
    getTranslations('checkout'),
  ])
  const token = readCartToken(jar, secure)
  const [lines, kept, account] = await Promise.all([
    readCart(token, locale),
    readCheckoutDraft(token),
    currentAccount(),
  ])
  const customer = account && { email: account.email, addresses: await listAddresses(account.id) }
  const draft = readDraft(kept)
  const again = query['again'] !== undefined
  const earlier = typeof query['order'] === 'string' && isSecret(query['order']) ? query['order'] : null
  const coupon = await judgeTypedCode(draft?.values, lines, account?.id ?? null, new Date())
  const { offered: payments, away } = await offerNow(sent, paymentProviders())
  const view = showCheckout(lines, {
    locale,
    requestId: randomUUID(),
    draft,
    again,
    payments,
    away,
    coupon,
    customer,
  })
  return (
    <div className="frame checkout">
      <h1 className="title">{t('title')}</h1>
      {earlier && draft?.refused === 'other_input' ? (
        <p className="checkout-earlier">
          <a className="link" href={orderPath(locale, earlier)}>
            {t('toEarlierOrder')}
          </a>
        </p>
      ) : null}
      {view === null || view.payments.length === 0 ? (
        <div className="cart-empty">
          {again && draft ? checkoutNotices(draft, lines, locale).map((notice) => <p key={notice}>{notice}</p>) : null}
          <p className="subtitle">{view === null ? t('nothing') : t('noPayment')}</p>
          <a className={buttonClass()} href={cartPath(locale)}>
            {t('toCart')}
          </a>
        </div>
      ) : (
        <CheckoutForm view={view} />
      )}
    </div>
  )
}
