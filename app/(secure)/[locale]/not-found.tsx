import { cachedCategories } from '#app/_cached/catalog.ts'
import { pageLocale } from '#app/page-locale.ts'
import { NotFoundHelp } from '#components/shop/not-found-help.tsx'

export default async function NotFound() {
  const locale = await pageLocale()
  return <NotFoundHelp locale={locale} categories={await cachedCategories(locale)} />
}
