import '../../../../../styles/office/ship.css'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { Facts } from '#components/office/facts.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { nameActors } from '#db/accounts/name-actors.ts'
import { readRequest } from '#db/after-sales/read-request.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { toFen } from '#lib/domain/money.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { sayActor } from '#lib/office/say-actor.ts'
import { officeOrderPath, officeReturnsPath } from '#lib/office-paths.ts'
import { requestPhotoPath } from '#lib/paths.ts'
import { RequestActs } from './request-acts.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeReturns'))('request') }
}

/** One request of a shopper: what they want and why, what happened, and what to do. */
export default async function ReturnPage({ params }: PageProps<'/[locale]/admin/returns/[id]'>) {
  const permit = await permitted('orders.read')
  const [locale, { id }, t] = [await pageLocale(), await params, await getTranslations('officeReturns')]
  const request = z.uuid().safeParse(id).success ? await readRequest(permit, id) : null
  if (!request) notFound()
  const names = await nameActors(request.history.map(({ actor }) => actor))
  const nameOf = (actor: string) => sayActor(actor, names.get(actor), locale)
  return (
    <OfficePage
      title={`${t(`kind.${request.kind}`)} · ${request.orderNumber}`}
      trail={<a href={officeReturnsPath(locale)}>{t('title')}</a>}
      acts={
        <a className="button button-quiet" href={officeOrderPath(locale, request.orderNumber)}>
          {t('toOrder')}
        </a>
      }
    >
      <div className="office-columns">
        <div>
          <Panel title={t('asks')}>
            <Facts
              facts={[
                { name: t('columns.state'), value: t(`state.${request.state}`), strong: true },
                { name: t('columns.reason'), value: t(`reason.${request.reason}`) },
                { name: t('columns.who'), value: request.recipient ?? '' },
                { name: t('columns.since'), value: formatTime(request.requestedAt, locale) },
                { name: t('columns.worth'), value: formatPrice(toFen(request.amount), locale) },
              ]}
            />
            {request.words ? <blockquote className="returns-words">{request.words}</blockquote> : null}
            {request.photos.length > 0 ? (
              <ul className="returns-photos">
                {request.photos.map(({ name, width, height }, place) => (
                  <li key={name}>
                    <a href={requestPhotoPath(name)} target="_blank" rel="noreferrer">
                      {/* biome-ignore lint/performance/noImgElement: shown to staff only, not to be kept by an optimizer */}
                      <img
                        src={requestPhotoPath(name)}
                        alt={t('photo', { place: place + 1 })}
                        width={width}
                        height={height}
                        loading="lazy"
                      />
                    </a>
                  </li>
                ))}
              </ul>
            ) : null}
          </Panel>
          <RequestActs request={request} roles={permit.roles} locale={locale} />
        </div>
        <Panel title={t('history')}>
          <ol className="returns-history">
            {request.history.map(({ event, actor, at, reason }) => (
              <li key={`${event} ${at.toISOString()}`}>
                {t(`event.${event as 'requested'}`)} · {nameOf(actor)}
                <p className="office-hint">{formatTime(at, locale)}</p>
                {reason && event !== 'requested' ? <p className="returns-words">{reason}</p> : null}
              </li>
            ))}
          </ol>
        </Panel>
      </div>
    </OfficePage>
  )
}
