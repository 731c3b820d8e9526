import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { DataTable } from '#components/office/data-table.tsx'
import { SelectField } from '#components/office/field.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { Pager } from '#components/office/pager.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import { SearchField, Toolbar } from '#components/office/toolbar.tsx'
import { listMessages } from '#db/payments/list-messages.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeMessagePath, officeMessagesPath, withQuery } from '#lib/office-paths.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import type { PaymentWords } from '../payment-words.ts'
import { PaymentsTabs } from '../payments-tabs.tsx'

export const instant = false

const Query = z.object({
  number: z.string().trim().min(1).max(64).optional().catch(undefined),
  provider: z.enum(PROVIDER_NAMES).optional().catch(undefined),
  verdict: z.enum(['accepted', 'refused']).optional().catch(undefined),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
})

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officePayments'))('tabs.messages') }
}

/** Every message that came in a provider's name, believed or not. */
export default async function MessagesPage({ searchParams }: PageProps<'/[locale]/admin/payments/messages'>) {
  const permit = await permitted('payments.read')
  const [locale, t, search] = await Promise.all([pageLocale(), getTranslations('officePayments'), searchParams])
  const { before, ...asked } = Query.parse(search)
  const { messages, next } = await listMessages(permit, { ...asked, before })
  const path = officeMessagesPath(locale)
  return (
    <OfficePage title={t('title')}>
      <PaymentsTabs current="messages" t={t} locale={locale} />
      <Filters asked={asked} path={path} t={t} />
      {messages.length === 0 ? <p>{t('messages.none')}</p> : null}
      <DataTable
        caption={t('tabs.messages')}
        columns={[
          { head: t('messages.received'), cell: ({ receivedAt }) => formatTime(receivedAt, locale) },
          { head: t('provider'), cell: ({ provider }) => t(`providers.${provider}`) },
          { head: t('messages.source'), cell: ({ source }) => t(`sources.${source}`), minor: true },
          {
            head: t('messages.verdict'),
            cell: ({ verdict, reason, kind }) => (
              <>
                <StatusMark tone={verdict === 'accepted' ? 'good' : 'bad'}>{t(`verdicts.${verdict}`)}</StatusMark>
                <small lang="en">{reason ?? kind}</small>
              </>
            ),
          },
          { head: t('messages.number'), cell: ({ outTradeNo }) => outTradeNo ?? '–', minor: true },
          { head: t('order'), cell: ({ orderNumber }) => orderNumber ?? '–' },
        ]}
        rows={messages}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => officeMessagePath(locale, id)}
      />
      <Pager
        first={before ? withQuery(path, asked) : null}
        next={next ? withQuery(path, { ...asked, before: next }) : null}
      />
    </OfficePage>
  )
}

type Asked = Omit<z.output<typeof Query>, 'before'>

function Filters({ asked, path, t }: { asked: Asked; path: ReturnType<typeof officeMessagesPath>; t: PaymentWords }) {
  return (
    <Toolbar action={path} label={t('messages.filter')} go={t('show')}>
      <SearchField
        name="number"
        label={t('messages.search')}
        words={asked.number ?? ''}
        hint={t('messages.anyNumber')}
      />
      <SelectField
        id="provider"
        name="provider"
        label={t('provider')}
        optional=""
        select={{ defaultValue: asked.provider ?? '' }}
      >
        <option value="">{t('all')}</option>
        {PROVIDER_NAMES.map((name) => (
          <option key={name} value={name}>
            {t(`providers.${name}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        id="verdict"
        name="verdict"
        label={t('messages.verdict')}
        optional=""
        select={{ defaultValue: asked.verdict ?? '' }}
      >
        <option value="">{t('all')}</option>
        <option value="accepted">{t('verdicts.accepted')}</option>
        <option value="refused">{t('verdicts.refused')}</option>
      </SelectField>
    </Toolbar>
  )
}
