import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { ReviewFields } from '#components/order/review-fields.tsx'
import { listReviewablePieces, type ReviewablePiece } from '#db/reviews/list-reviewable-pieces.ts'
import { currentAccount } from '#lib/auth/current-account.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { answerTo } from '#lib/doors/kept-answer.ts'
import { productPath } from '#lib/paths.ts'
import { withdrawReviewAction, writeReviewAction } from './review-actions.ts'

/** What a customer said of the pieces that reached them, and the ways to say it. Nothing before one has arrived. */
export async function OrderReviews({ locale, order }: { locale: Locale; order: { id: string; number: string } }) {
  const [t, account] = await Promise.all([getTranslations('reviews'), currentAccount()])
  const pieces = account ? await listReviewablePieces(account.id, order.id) : []
  if (!account || pieces.length === 0) return null
  return (
    <section id="reviews" className="order-requests">
      <h2>{t('yours')}</h2>
      {pieces.map((piece) => (
        <Piece key={piece.productId} piece={piece} number={order.number} signed={account.name ?? ''} locale={locale} />
      ))}
    </section>
  )
}

async function Piece({
  piece: { position, slug, name: names, review },
  number,
  signed,
  locale,
}: {
  piece: ReviewablePiece
  number: string
  signed: string
  locale: Locale
}) {
  const t = await getTranslations('reviews')
  const form = `review-${position}`
  const said = await answerTo(form)
  const name = names[locale]
  const act = t(review ? 'change' : 'write', { name })
  return (
    <div className="order-review">
      {review ? (
        <>
          <h3>
            <a href={productPath(locale, slug)}>{name}</a>
          </h3>
          <p>
            {t('stars', { stars: review.stars })} · <bdi>{review.title}</bdi>
          </p>
          <p className="order-words" dir="auto">
            {review.words}
          </p>
          <p className="order-note">{t(`state.${review.state}`)}</p>
          {review.refusal ? <blockquote>{review.refusal}</blockquote> : null}
          {review.answer ? (
            <blockquote>
              <p className="order-note">{t('answer')}</p>
              {review.answer}
            </blockquote>
          ) : null}
        </>
      ) : null}
      <details className="order-ask" open={said.status === 'refused'} suppressHydrationWarning>
        <summary className="link">{act}</summary>
        <DoorForm name={form} action={writeReviewAction} label={act} className="form">
          <input type="hidden" name="number" value={number} autoComplete="off" />
          <input type="hidden" name="position" value={position} autoComplete="off" />
          <ReviewFields
            id={form}
            written={review ?? { stars: null, title: '', words: '', author: signed }}
            words={{ ...fieldWords(t), authorHint: t('field.authorHint') }}
          />
          {review ? <p className="form-hint">{t('again')}</p> : null}
          <SubmitButton>{t('send')}</SubmitButton>
        </DoorForm>
      </details>
      {review ? (
        <DoorForm
          name={`withdraw-review-${position}`}
          action={withdrawReviewAction}
          label={t('withdrawOf', { name })}
          className="order-act"
        >
          <input type="hidden" name="reviewId" value={review.id} autoComplete="off" />
          <SubmitButton look="quiet">{t('withdraw')}</SubmitButton>
        </DoorForm>
      ) : null}
    </div>
  )
}

const fieldWords = (t: Awaited<ReturnType<typeof getTranslations<'reviews'>>>) => ({
  stars: t('field.stars'),
  title: t('field.title'),
  words: t('field.words'),
  author: t('field.author'),
  star: { 5: t('star.5'), 4: t('star.4'), 3: t('star.3'), 2: t('star.2'), 1: t('star.1') },
})
