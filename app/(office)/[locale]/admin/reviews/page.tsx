import '../../../../styles/office/reviews.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { EmptyState } from '#components/office/empty-state.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { Pager } from '#components/office/pager.tsx'
import { Tabs } from '#components/office/toolbar.tsx'
import { nameActors } from '#db/accounts/name-actors.ts'
import { listReviews } from '#db/reviews/list-reviews.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { REVIEW_STATES } from '#lib/domain/review.ts'
import { officeReviewsPath, withQuery } from '#lib/office-paths.ts'
import { ReviewCard } from './review-card.tsx'

export const instant = false

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const Query = z.object({
  show: z.enum(REVIEW_STATES).catch('pending'),
  after: z
    .string()
    .transform((text) => {
      const [, at, id] = CURSOR.exec(text) ?? []
      return at && id ? { changedAt: new Date(Number(at)), id } : null
    })
    .catch(null),
})

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeReviews'))('title') }
}

/** What customers say of pieces: to be read before it is shown, and what became of it. */
export default async function ReviewsPage({ searchParams }: PageProps<'/[locale]/admin/reviews'>) {
  const permit = await permitted('reviews.moderate')
  const [locale, t, search] = await Promise.all([pageLocale(), getTranslations('officeReviews'), searchParams])
  const { show, after } = Query.parse(search)
  const { reviews, next } = await listReviews(permit, show, after)
  const names = await nameActors(reviews.flatMap(({ review }) => review.decidedBy ?? []))
  const path = officeReviewsPath(locale)
  const tabs = REVIEW_STATES.map((state) => ({
    name: t(`show.${state}`),
    href: withQuery(path, { show: state === 'pending' ? '' : state }),
    current: state === show,
  }))
  return (
    <OfficePage title={t('title')}>
      <Tabs label={t('which')} tabs={tabs} />
      <p className="office-hint">{t('intro')}</p>
      {reviews.length === 0 ? <EmptyState title={t(`none.${show}`)} /> : null}
      {reviews.map((listed) => (
        <ReviewCard
          key={listed.review.id}
          listed={listed}
          locale={locale}
          decidedBy={names.get(listed.review.decidedBy ?? '') ?? null}
        />
      ))}
      <Pager
        first={after ? withQuery(path, { show }) : null}
        next={next ? withQuery(path, { show, after: `${next.changedAt.getTime()}.${next.id}` }) : null}
      />
    </OfficePage>
  )
}
