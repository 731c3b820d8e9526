'use client'
import { DEFAULT_LOCALE, isLocale, type Locale } from '#lib/domain/locale.ts'
import en from '#lib/i18n/messages/en/errors.json' with { type: 'json' }
import fr from '#lib/i18n/messages/fr/errors.json' with { type: 'json' }
import zh from '#lib/i18n/messages/zh/errors.json' with { type: 'json' }
import { homePath } from '#lib/paths.ts'
import { buttonClass } from '../ui/button.tsx'

/** An error boundary gets no props from the server, so it brings its few words in every language. */
const TEXTS = { en, fr, zh } as const satisfies Record<Locale, typeof en>

/** The language of an address, for what cannot be told by the server. */
export const localeOf = (pathname: string | null): Locale => {
  const first = pathname?.split('/')[1] ?? ''
  return isLocale(first) ? first : DEFAULT_LOCALE
}

/** Says that the page failed, that nothing is lost, and what to do. @param retry renders the page again. */
export function ErrorHelp({ locale, error, retry }: { locale: Locale; error: unknown; retry: () => void }) {
  const texts = TEXTS[locale]
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <div className="frame help" role="alert">
      <h1 className="title">{texts.errorTitle}</h1>
      <p>{texts.errorText}</p>
      <p className="help-ways">
        <button type="button" className={buttonClass()} onClick={retry}>
          {texts.retry}
        </button>
        <a className="link" href={homePath(locale)}>
          {texts.home}
        </a>
      </p>
      {digest ? <p>{texts.number.replace('{digest}', digest)}</p> : null}
    </div>
  )
}
