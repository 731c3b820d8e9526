import '../../globals.css'
import { ShopDocument } from '#app/shop-document.tsx'
import { shopMetadata } from '#app/shop-metadata.ts'
import { LOCALES } from '#lib/domain/locale.ts'

export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }))
export const generateMetadata = shopMetadata

export default function ShopLayout({ children }: { children: React.ReactNode }) {
  return <ShopDocument>{children}</ShopDocument>
}
