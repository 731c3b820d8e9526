import type { Locale } from '#lib/domain/locale.ts'
import { categoryPath } from '#lib/paths.ts'
import { IntentLink } from './intent-link.tsx'

/** All shelves, large, one below the other. */
export function ShelfLinks({
  locale,
  categories,
}: {
  locale: Locale
  categories: readonly { readonly slug: string; readonly name: string }[]
}) {
  return (
    <ul>
      {categories.map((category) => (
        <li key={category.slug}>
          <IntentLink className="subtitle" href={categoryPath(locale, category.slug)}>
            {category.name}
          </IntentLink>
        </li>
      ))}
    </ul>
  )
}
