import { cookies } from 'next/headers'
import { pageLocale } from '#app/page-locale.ts'

export const instant = false

export default async function CheckoutPage() {
  const [locale] = await Promise.all([pageLocale(), cookies()])
  return <p className="frame">{locale}</p>
}
