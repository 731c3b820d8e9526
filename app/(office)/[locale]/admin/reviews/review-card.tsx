import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextArea } from '#components/office/field.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import type { ListedReview } from '#db/reviews/list-reviews.ts'
import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import { REVIEW_AT_MOST } from '#lib/domain/review.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { officeOrderPath } from '#lib/office-paths.ts'
import { productPath } from '#lib/paths.ts'
import { answerReviewAction, publishReviewAction, refuseReviewAction } from './actions.ts'

const TONE = { pending: 'open', published: 'good', refused: 'quiet' } as const

/** One review as its author wrote it, where it came from, and what can be done with it. */
export async function ReviewCard({
  listed: { review, orderNumber, product, name },
  locale,
  decidedBy,
}: {
  listed: ListedReview
  locale: Locale
  /** Who decided last; null for nobody, and for who is not known by name. */
  decidedBy: string | null
}) {
  const t = await getTranslations('officeReviews')
  const { stars, title, words, author, state, writtenAt, changedAt, decidedAt, refusal } = review
  const at = (moment: Date) => formatShortTime(moment, locale)
  const changed = changedAt > writtenAt ? ` · ${t('changed', { at: at(changedAt) })}` : ''
  return (
    <article className="review-card" aria-label={title}>
      <div className="review-said">
        <h2 lang={LANGUAGE_TAG[review.locale]} dir="auto">
          {title}
        </h2>
        <p className="review-facts">
          <StatusMark tone={TONE[state]}>{t(`show.${state}`)}</StatusMark>
          <a className="link" href={productPath(locale, product)}>
            {t('of', { stars, piece: name[locale] })}
          </a>
        </p>
        <blockquote lang={LANGUAGE_TAG[review.locale]} dir="auto">
          {words}
        </blockquote>
        <p className="office-hint">
          <bdi>{t('written', { author, at: at(writtenAt) })}</bdi>
          {changed} ·{' '}
          <a className="link" href={officeOrderPath(locale, orderNumber)}>
            {t('order', { number: orderNumber })}
          </a>
        </p>
        {refusal ? <p>{t('refusedFor', { reason: refusal })}</p> : null}
        {decidedAt ? (
          <p className="office-hint">{t('decided', { by: decidedBy ?? t('somebody'), at: at(decidedAt) })}</p>
        ) : null}
      </div>
      <Acts review={review} />
    </article>
  )
}

async function Acts({ review: { id, version, title, state, answer } }: Pick<ListedReview, 'review'>) {
  const [t, office] = await Promise.all([getTranslations('officeReviews'), getTranslations('office')])
  const which = (
    <>
      <input type="hidden" name="reviewId" value={id} />
      <input type="hidden" name="version" value={version} />
    </>
  )
  const isShown = state === 'published'
  return (
    <div className="review-acts">
      <DoorForm
        name={`answer-${id}`}
        action={isShown ? answerReviewAction : publishReviewAction}
        label={t(isShown ? 'answerOf' : 'publishOf', { title })}
        className="office-form"
      >
        {which}
        <TextArea
          id={`answer-of-${id}`}
          name="answer"
          label={t('answer')}
          hint={t('answerHint')}
          optional={office('optional')}
          area={{ maxLength: REVIEW_AT_MOST.answer, rows: 2, defaultValue: answer ?? '' }}
        />
        <SubmitButton look={isShown ? 'quiet' : 'primary'}>{t(isShown ? 'saveAnswer' : 'publish')}</SubmitButton>
      </DoorForm>
      {state === 'refused' ? null : (
        <DoorForm
          name={`refuse-${id}`}
          action={refuseReviewAction}
          label={t('refuseOf', { title })}
          className="office-form"
        >
          {which}
          <TextArea
            id={`reason-of-${id}`}
            name="reason"
            label={t('reason')}
            hint={t('reasonHint')}
            area={{ maxLength: REVIEW_AT_MOST.answer, rows: 2 }}
          />
          <SubmitButton look="quiet">{t(isShown ? 'takeOff' : 'refuse')}</SubmitButton>
        </DoorForm>
      )}
    </div>
  )
}
