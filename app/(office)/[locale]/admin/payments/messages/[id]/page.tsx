import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { Facts } from '#components/office/facts.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import { readMessage } from '#db/payments/read-message.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { type EvidenceField, maskEvidence, maskHeaders } from '#lib/domain/mask-evidence.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeMessagesPath, officeOrderPath } from '#lib/office-paths.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officePayments'))('messages.one') }
}

/** One message as it came, what tells who paid covered. */
export default async function MessagePage({ params }: PageProps<'/[locale]/admin/payments/messages/[id]'>) {
  const permit = await permitted('payments.read')
  const [locale, t, { id }] = await Promise.all([pageLocale(), getTranslations('officePayments'), params])
  const read = /^\d{1,18}$/.test(id) ? await readMessage(permit, BigInt(id)) : null
  if (!read) notFound()
  const { message, orderNumber } = read
  const body = maskEvidence(message.headers['content-type'] ?? '', message.body.toString('utf8'))
  return (
    <OfficePage
      title={t('messages.one')}
      trail={
        <a className="link" href={officeMessagesPath(locale)}>
          {t('tabs.messages')}
        </a>
      }
    >
      <Facts
        facts={[
          { name: t('provider'), value: t(`providers.${message.provider}`) },
          { name: t('messages.received'), value: formatTime(message.receivedAt, locale) },
          { name: t('messages.source'), value: t(`sources.${message.source}`) },
          {
            name: t('messages.verdict'),
            value: (
              <StatusMark tone={message.verdict === 'accepted' ? 'good' : 'bad'}>
                {t(`verdicts.${message.verdict}`)}
              </StatusMark>
            ),
          },
          { name: t('messages.reason'), value: message.reason ?? message.kind ?? '–' },
          { name: t('messages.number'), value: message.outTradeNo ?? '–' },
          { name: t('messages.event'), value: message.eventId ?? '–' },
          {
            name: t('order'),
            value: orderNumber ? (
              <a className="link" href={officeOrderPath(locale, orderNumber)}>
                {orderNumber}
              </a>
            ) : (
              '–'
            ),
          },
        ]}
      />
      <Panel title={t('messages.body')} aside={<small>{t('messages.masked')}</small>}>
        <Evidence fields={body} empty={t('messages.empty')} />
      </Panel>
      <Panel title={t('messages.headers')}>
        <Evidence fields={maskHeaders(message.headers)} empty={t('messages.empty')} />
      </Panel>
    </OfficePage>
  )
}

const Evidence = ({ fields, empty }: { fields: readonly EvidenceField[]; empty: string }) =>
  fields.length === 0 ? (
    <p>{empty}</p>
  ) : (
    <dl className="evidence" translate="no">
      {fields.map(({ name, value }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a forged message may name a field twice.
        <div key={place}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
