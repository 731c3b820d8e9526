import type { Locale } from '#lib/domain/locale.ts'
import { searchPath } from '#lib/paths.ts'

/** The search field in the header: a plain GET form, so that it works before JavaScript arrives. */
export function SearchBox({ locale, label }: { locale: Locale; label: string }) {
  return (
    <search>
      <form action={searchPath(locale)} method="get">
        <input type="search" name="q" aria-label={label} placeholder={label} maxLength={100} />
      </form>
    </search>
  )
}
