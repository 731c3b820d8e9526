import { randomUUID } from 'node:crypto'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { listRequestsOf, type RequestView } from '#db/after-sales/list-requests-of.ts'
import { readRequestFacts } from '#db/after-sales/read-request-facts.ts'
import { AFTER_SALE_KINDS } from '#lib/domain/after-sale-request.ts'
import { nextAfterSaleState } from '#lib/domain/after-sale-state.ts'
import { kindsToAsk } from '#lib/domain/decide-request.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { toFen } from '#lib/domain/money.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { requestPhotoPath } from '#lib/paths.ts'
import type { OrderKey } from './keyed-order.ts'
import type { OpenedOrder } from './opened-order.ts'
import { KeyField } from './order-acts.tsx'
import { withdrawRequestAction } from './request-actions.ts'
import { RequestForm } from './request-form.tsx'

type Props = { locale: Locale; orderKey: OrderKey; order: OpenedOrder['order'] }

/** What the shopper asked for after the sale and what became of it, and the ways to ask. */
export async function OrderRequests({ locale, orderKey, order }: Props) {
  const [requests, facts, t] = await Promise.all([
    listRequestsOf(order.id),
    readRequestFacts(order),
    getTranslations('requests'),
  ])
  const kinds = kindsToAsk(facts, AFTER_SALE_KINDS, new Date())
  if (requests.length === 0 && kinds.length === 0) return null
  return (
    <section id="requests" className="order-requests">
      <h2>{t('title')}</h2>
      {requests.map((request) => (
        <Request key={request.id} request={request} locale={locale} orderKey={orderKey} order={order} />
      ))}
      {kinds.map((kind) => (
        <RequestForm
          key={kind}
          kind={kind}
          requestId={randomUUID()}
          facts={facts}
          lines={order.lines}
          orderKey={orderKey}
          locale={locale}
        />
      ))}
    </section>
  )
}

async function Request({ request, locale, orderKey, order }: Props & { request: RequestView }) {
  const t = await getTranslations('requests')
  const { id, kind, state, amount, answer, requestedAt, words, lines, photos } = request
  const nameOf = (position: number) => order.lines.find((line) => line.position === position)?.name[locale] ?? ''
  const secret = 'secret' in orderKey ? `?order=${orderKey.secret}` : ''
  return (
    <article className="order-request">
      <h3>{t(`kind.${kind}`)}</h3>
      <p>
        <strong>{t(`state.${state}`)}</strong> · {t(`told.${state}`, { amount: formatPrice(toFen(amount), locale) })}
      </p>
      {answer ? <blockquote>{answer}</blockquote> : null}
      <p className="order-note">
        {formatTime(requestedAt, locale)} ·{' '}
        {lines.map(({ position, quantity }) => `${quantity} × ${nameOf(position)}`).join(', ')}
      </p>
      {words ? <p className="order-note order-words">{words}</p> : null}
      {photos.length > 0 ? (
        <p className="order-request-photos">
          {photos.map((name, place) => (
            // biome-ignore lint/performance/noImgElement: shown to its owner only, not to be kept by an optimizer
            <img key={name} src={`${requestPhotoPath(name)}${secret}`} alt={t('photo', { place: place + 1 })} />
          ))}
        </p>
      ) : null}
      {nextAfterSaleState(state, 'withdrawn') ? (
        <ActionForm action={withdrawRequestAction} className="order-act" label={t('withdraw')}>
          <KeyField orderKey={orderKey} />
          <input type="hidden" name="requestId" value={id} />
          <SubmitButton look="quiet">{t('withdraw')}</SubmitButton>
        </ActionForm>
      ) : null}
    </article>
  )
}
