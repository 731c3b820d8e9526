import '../../globals.css'
import { connection } from 'next/server'
import { Suspense } from 'react'
import { ShopDocument } from '#app/shop-document.tsx'
import { shopMetadata } from '#app/shop-metadata.ts'
import { LOCALES } from '#lib/domain/locale.ts'

export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }))

export async function generateMetadata() {
  return { ...(await shopMetadata()), robots: { index: false }, referrer: 'same-origin' as const }
}

/**
 * Checkout and orders: nothing of a page is made before its request, so that each script carries the nonce of that
 * request (`proxy.ts`). The boundary holds the whole document, hence nothing is streamed into a page later and all of
 * it is there without JavaScript.
 */
export default function SecureLayout({ children }: { children: React.ReactNode }) {
  return (
    <Suspense>
      <RequestDocument>{children}</RequestDocument>
    </Suspense>
  )
}

async function RequestDocument({ children }: { children: React.ReactNode }) {
  await connection()
  return <ShopDocument>{children}</ShopDocument>
}
