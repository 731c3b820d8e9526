import '../../globals.css'
import { notFound } from 'next/navigation'
import { locale as rootLocale } from 'next/root-params'
import { isLocale, LANGUAGE_TAG, LOCALES } from '#lib/domain/locale.ts'

export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }))

export default async function ShopLayout({ children }: { children: React.ReactNode }) {
  const locale = await rootLocale()
  if (!locale || !isLocale(locale)) notFound()
  return (
    <html lang={LANGUAGE_TAG[locale]}>
      <body>{children}</body>
    </html>
  )
}
