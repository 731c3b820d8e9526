import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { DataTable } from '#components/office/data-table.tsx'
import { EmptyState } from '#components/office/empty-state.tsx'
import { SelectField, TextField } from '#components/office/field.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { Pager } from '#components/office/pager.tsx'
import { Toolbar } from '#components/office/toolbar.tsx'
import { nameActors } from '#db/accounts/name-actors.ts'
import { listAuditEntries, listStaffNames } from '#db/audit-log/list-audit-entries.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { AuditQuery, readAuditCursor, readAuditFilter } from '#lib/office/audit-filter.ts'
import { sayActor } from '#lib/office/say-actor.ts'
import { officeAuditPath, officeOrderPath, withQuery } from '#lib/office-paths.ts'

export const instant = false

const PAGE_SIZE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('officeAudit')
  return { title: t('title') }
}

export default async function AuditPage({ searchParams }: PageProps<'/[locale]/admin/audit'>) {
  const permit = await permitted('audit.read')
  const [locale, asked, t] = await Promise.all([pageLocale(), searchParams, getTranslations('officeAudit')])
  const query = AuditQuery.parse(asked)
  const cursor = readAuditCursor(asked['after'])
  const [{ entries, next }, people] = await Promise.all([
    listAuditEntries(permit, readAuditFilter(query), cursor, PAGE_SIZE),
    listStaffNames(permit),
  ])
  const names = await nameActors([...new Set(entries.map(({ actor }) => actor))])
  const path = officeAuditPath(locale)
  const shown = (value: unknown) => (value === null ? '' : JSON.stringify(value))
  return (
    <OfficePage title={t('title')}>
      <p className="office-hint">{t('text')}</p>
      <Toolbar action={path} label={t('search')} go={t('search')} busy={t('busy')}>
        <SelectField id="actor" name="actor" label={t('who')} optional="" select={{ defaultValue: query.actor }}>
          <option value="">{t('anybody')}</option>
          {people.map(({ actor, name }) => (
            <option key={actor} value={actor}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          id="thing"
          name="thing"
          label={t('thing')}
          optional=""
          input={{ defaultValue: query.thing, 'data-search': '' }}
        />
        <TextField id="action" name="action" label={t('action')} optional="" input={{ defaultValue: query.action }} />
        {(['from', 'to'] as const).map((name) => (
          <TextField
            key={name}
            id={name}
            name={name}
            label={t(name)}
            optional=""
            input={{ type: 'date', defaultValue: query[name] }}
          />
        ))}
      </Toolbar>
      {entries.length === 0 ? (
        <EmptyState title={t('none')} />
      ) : (
        <DataTable
          caption={t('title')}
          captionHidden
          rows={entries}
          keyOf={({ id }) => String(id)}
          columns={[
            { head: t('when'), cell: ({ at }) => formatShortTime(at, locale) },
            {
              head: t('who'),
              cell: ({ actor, ip }) => (
                <>
                  {sayActor(actor, names.get(actor), locale)}
                  <small>{ip}</small>
                </>
              ),
            },
            { head: t('action'), cell: ({ action }) => action },
            {
              head: t('thing'),
              cell: ({ aboutKind, aboutId }) => (
                <>
                  {aboutKind === 'order' ? (
                    <a className="link" href={officeOrderPath(locale, aboutId)}>
                      {aboutId}
                    </a>
                  ) : (
                    aboutId
                  )}
                  <small>{aboutKind}</small>
                </>
              ),
            },
            {
              head: t('before'),
              cell: ({ before }) => <code className="office-code">{shown(before)}</code>,
              minor: true,
            },
            { head: t('after'), cell: ({ after }) => <code className="office-code">{shown(after)}</code>, minor: true },
            { head: t('why'), cell: ({ reason }) => reason, minor: true },
            {
              head: t('seal'),
              cell: ({ seal }) => (seal === null ? t('waits') : String(seal)),
              end: true,
              minor: true,
            },
          ]}
        />
      )}
      <Pager
        first={cursor === null ? null : withQuery(path, query)}
        next={next === null ? null : withQuery(path, { ...query, after: String(next) })}
      />
    </OfficePage>
  )
}
