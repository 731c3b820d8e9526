import type { Route } from 'next'
import { getTranslations } from 'next-intl/server'

/**
 * The ways on from a page of a list that is read by keys, not by page numbers. `note` says how much there is, `nextLabel`
 * what the way on is where it is not simply the next page.
 */
export async function Pager({
  first,
  next,
  nextLabel,
  note,
}: {
  first: Route | null
  next: Route | null
  nextLabel?: string | undefined
  note?: string | null
}) {
  const t = await getTranslations('office')
  return (
    <nav className="office-pager" aria-label={t('pages')}>
      <p>{note}</p>
      <ul>
        {first ? (
          <li>
            <a className="link" href={first}>
              {t('firstPage')}
            </a>
          </li>
        ) : null}
        {next ? (
          <li>
            <a className="link" rel="next" href={next}>
              {nextLabel ?? t('nextPage')}
            </a>
          </li>
        ) : null}
      </ul>
    </nav>
  )
}
