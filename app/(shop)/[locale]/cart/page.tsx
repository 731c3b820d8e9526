import '#components/cart/cart.css'
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { CartFollower } from '#components/cart/cart-follower.tsx'
import { CartLines } from '#components/cart/cart-lines.tsx'
import { CartSums } from '#components/cart/cart-sums.tsx'
import { EmptyCart } from '#components/cart/empty-cart.tsx'
import { readCart } from '#db/carts/read-cart.ts'
import { readCartToken } from '#lib/cart/cart-cookies.ts'
import { readCartMessage } from '#lib/cart/cart-message.ts'
import { showCart } from '#lib/cart/shown-cart.ts'
import { secure } from '#lib/env.ts'

/** What is personal is in the page itself and not streamed into it, so that it is there without JavaScript too. */
export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('cart')
  return { title: t('title'), robots: { index: false } }
}

export default async function CartPage({ searchParams }: PageProps<'/[locale]/cart'>) {
  const [locale, jar, query, t] = await Promise.all([pageLocale(), cookies(), searchParams, getTranslations('cart')])
  const token = readCartToken(jar, secure)
  const cart = showCart(await readCart(token, locale), locale)
  const message = readCartMessage(query, locale)
  return (
    <div className="frame cart-page">
      <h1 className="title">{t('title')}</h1>
      <CartFollower />
      {cart.lines.length === 0 ? (
        <EmptyCart locale={locale} message={message} />
      ) : (
        <>
          <CartLines cart={cart} locale={locale} message={message} />
          <CartSums cart={cart} locale={locale} />
        </>
      )}
    </div>
  )
}
