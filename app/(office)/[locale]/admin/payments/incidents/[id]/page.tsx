import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { Facts } from '#components/office/facts.tsx'
import { TextArea } from '#components/office/field.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { readIncident } from '#db/payments/list-incidents.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { mayDo } from '#lib/domain/permissions.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeMessagesPath, officeOrderPath, officePaymentIncidentsPath, withQuery } from '#lib/office-paths.ts'
import { workIncidentAction } from '../../actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officePayments'))('incidents.one') }
}

/** One incident: what was reported, what to do about it, what was done. */
export default async function IncidentPage({ params }: PageProps<'/[locale]/admin/payments/incidents/[id]'>) {
  const permit = await permitted('payments.read')
  const [locale, t, { id }] = await Promise.all([pageLocale(), getTranslations('officePayments'), params])
  const read = z.uuid().safeParse(id).success ? await readIncident(permit, id) : null
  if (!read) notFound()
  const { incident, acts } = read
  const isWorkable = incident.settledAt === null && mayDo(permit.roles, 'incidents.work')
  return (
    <OfficePage
      title={t(`incidents.kinds.${incident.kind}`)}
      trail={
        <a className="link" href={officePaymentIncidentsPath(locale)}>
          {t('tabs.incidents')}
        </a>
      }
    >
      <p className="figure-note">{t(`incidents.next.${incident.kind}`)}</p>
      <Facts
        facts={[
          {
            name: t('order'),
            value: (
              <a className="link" href={officeOrderPath(locale, incident.orderNumber)}>
                {incident.orderNumber}
              </a>
            ),
          },
          { name: t('provider'), value: t(`providers.${incident.provider}`) },
          { name: t('incidents.reported'), value: `${formatPrice(incident.reported, locale)} ${incident.currency}` },
          { name: t('incidents.asked'), value: formatPrice(incident.asked, locale) },
          { name: t('found.how'), value: t(`sources.${incident.source as 'query'}`) },
          { name: t('incidents.providerCode'), value: incident.providerCode ?? '–' },
          {
            name: t('messages.number'),
            value: (
              <a className="link" href={withQuery(officeMessagesPath(locale), { number: incident.outTradeNo })}>
                {incident.outTradeNo}
              </a>
            ),
          },
          { name: t('incidents.providerNumber'), value: incident.providerTradeNo },
          { name: t('incidents.openedAt'), value: formatTime(incident.openedAt, locale) },
          { name: t('incidents.owner'), value: incident.owner ?? t('incidents.nobody') },
        ]}
      />
      <Panel title={t('incidents.history')}>
        {acts.length === 0 ? <p>{t('incidents.noHistory')}</p> : null}
        <ol className="acts">
          {acts.map(({ act, name, words, at }) => (
            <li key={`${act} ${at.getTime()}`}>
              <small>{formatTime(at, locale)}</small> {t(`incidents.acts.${act}`, { name })}
              {words ? <p>{words}</p> : null}
            </li>
          ))}
        </ol>
      </Panel>
      {isWorkable ? (
        <Panel title={t('incidents.work')}>
          <ActionForm action={workIncidentAction} className="office-form">
            <input type="hidden" name="id" value={incident.id} />
            <TextArea id="words" name="words" label={t('reason')} hint={t('incidents.wordsHint')} optional="" />
            <p className="office-acts">
              <button className="button button-quiet" type="submit" name="act" value="taken">
                {t('incidents.take')}
              </button>
              <button className="button button-quiet" type="submit" name="act" value="noted">
                {t('incidents.note')}
              </button>
              <button className="button" type="submit" name="act" value="settled">
                {t('incidents.settle')}
              </button>
            </p>
          </ActionForm>
        </Panel>
      ) : null}
    </OfficePage>
  )
}
