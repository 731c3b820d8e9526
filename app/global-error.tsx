'use client'
import './globals.css'
import { usePathname } from 'next/navigation'
import { ErrorHelp, localeOf } from '#components/shop/error-help.tsx'
import { LANGUAGE_TAG } from '#lib/domain/locale.ts'

/** When even the layout failed: the same words, in a document of their own. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const locale = localeOf(usePathname())
  return (
    <html lang={LANGUAGE_TAG[locale]}>
      <body>
        <main>
          <ErrorHelp locale={locale} error={error} retry={retry} />
        </main>
      </body>
    </html>
  )
}
