import type { Locale } from '#lib/domain/locale.ts'
import { searchPath } from '#lib/paths.ts'
import { SearchField } from './search-field.tsx'

/** The search field in the header: a plain GET form, which suggests while one types once JavaScript has arrived. */
export function SearchBox({ locale, label }: { locale: Locale; label: string }) {
  return (
    <search className="search-box">
      <form action={searchPath(locale)} method="get">
        <SearchField locale={locale} label={label} />
      </form>
    </search>
  )
}
