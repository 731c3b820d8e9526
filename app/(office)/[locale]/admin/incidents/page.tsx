import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { DataTable } from '#components/office/data-table.tsx'
import { EmptyState } from '#components/office/empty-state.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import { Tabs } from '#components/office/toolbar.tsx'
import { nameActors } from '#db/accounts/name-actors.ts'
import { listIncidents } from '#db/incidents/list-incidents.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeIncidentPath, officeIncidentsPath, withQuery } from '#lib/office-paths.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('incidents'))('title') }
}

/** What needs a person, the gravest first. */
export default async function IncidentsPage({ searchParams }: PageProps<'/[locale]/admin/incidents'>) {
  const permit = await permitted('incidents.read')
  const [locale, t, query] = await Promise.all([pageLocale(), getTranslations('incidents'), searchParams])
  const open = query['settled'] === undefined
  const rows = await listIncidents(permit, { open })
  const names = await nameActors([...new Set(rows.flatMap(({ owner }) => (owner ? [`staff:${owner}`] : [])))])
  const path = officeIncidentsPath(locale)
  return (
    <OfficePage title={t('title')}>
      <Tabs
        label={t('title')}
        tabs={[
          { name: t('open'), href: path, current: open },
          { name: t('settled'), href: withQuery(path, { settled: '1' }), current: !open },
        ]}
      />
      {rows.length === 0 ? (
        <EmptyState title={t('none')} />
      ) : (
        <DataTable
          caption={t('title')}
          captionHidden
          rows={rows}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => officeIncidentPath(locale, id)}
          columns={[
            { head: t('columns.what'), cell: ({ kind }) => t(`kind.${kind}.title`) },
            { head: t('columns.subject'), cell: ({ subject }) => subject, long: true },
            {
              head: t('columns.severity'),
              cell: ({ severity }) => (
                <StatusMark tone={severity === 'high' ? 'bad' : 'open'}>{t(`severity.${severity}`)}</StatusMark>
              ),
            },
            {
              head: t('columns.owner'),
              cell: ({ owner }) => (owner ? (names.get(`staff:${owner}`) ?? '') : t('nobody')),
            },
            { head: t('columns.count'), cell: ({ count }) => count, end: true },
            { head: t('columns.since'), cell: ({ openedAt }) => formatTime(openedAt, locale), minor: true },
            { head: t('columns.lastSeen'), cell: ({ lastSeenAt }) => formatTime(lastSeenAt, locale), minor: true },
          ]}
        />
      )}
    </OfficePage>
  )
}
