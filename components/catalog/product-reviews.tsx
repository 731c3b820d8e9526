import { getTranslations } from 'next-intl/server'
import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import type { PieceReview, PieceReviews } from '#lib/domain/review.ts'
import { formatTenths } from '#lib/i18n/format-tenths.ts'
import { formatDay } from '#lib/i18n/format-time.ts'
import { StarRow } from './star-row.tsx'

/** Reviews that are open to see at once. */
const OPEN = 4

/** What customers say of a piece; nothing at all for a piece of which nobody has said anything. */
export async function ProductReviews({ reviews, locale }: { reviews: PieceReviews; locale: Locale }) {
  const { summary, shown } = reviews
  if (!summary) return null
  const t = await getTranslations({ locale, namespace: 'reviews' })
  const list = (some: readonly PieceReview[]) => (
    <ul>
      {some.map((review) => (
        <li key={review.id}>
          <Review review={review} locale={locale} />
        </li>
      ))}
    </ul>
  )
  const more = shown.slice(OPEN)
  return (
    <section className="frame reviews" aria-labelledby="reviews">
      <header>
        <h2 className="subtitle" id="reviews">
          {t('title')}
        </h2>
        <p className="reviews-mean">
          <StarRow tenths={summary.tenths} label={t('mean', { mean: formatTenths(summary.tenths, locale) })} />
          <span aria-hidden="true">{formatTenths(summary.tenths, locale)}</span>
          <span>{t('count', { count: summary.count })}</span>
        </p>
        <p className="reviews-note">{t('verified')}</p>
      </header>
      <div>
        {list(shown.slice(0, OPEN))}
        {more.length > 0 ? (
          <details>
            <summary className="link">{t('more', { shown: shown.length })}</summary>
            {list(more)}
          </details>
        ) : null}
        {summary.count > shown.length ? <p className="reviews-note">{t('newest', { shown: shown.length })}</p> : null}
      </div>
    </section>
  )
}

async function Review({ review, locale: here }: { review: PieceReview; locale: Locale }) {
  const t = await getTranslations({ locale: here, namespace: 'reviews' })
  const { stars, title, words, author, locale, answer, writtenAt } = review
  const lang = locale === here ? undefined : LANGUAGE_TAG[locale]
  return (
    <article className="review">
      <h3 lang={lang} dir="auto">
        {title}
      </h3>
      <StarRow tenths={stars * 10} label={t('stars', { stars })} />
      <p className="review-words" lang={lang} dir="auto">
        {words}
      </p>
      <p className="reviews-note">
        <bdi>{author}</bdi> · <time dateTime={writtenAt.toISOString()}>{formatDay(writtenAt, here)}</time>
      </p>
      {answer ? (
        <blockquote lang={lang} dir="auto">
          <p className="reviews-note" lang={LANGUAGE_TAG[here]}>
            {t('answer')}
          </p>
          {answer}
        </blockquote>
      ) : null}
    </article>
  )
}
