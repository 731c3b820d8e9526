import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { DataTable } from '#components/office/data-table.tsx'
import { Facts } from '#components/office/facts.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import { readStatus } from '#db/health/read-status.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { BACKUP_RUNS } from '#lib/domain/backup-runs.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { paymentProviders } from '#lib/payments/registry.ts'
import { shopHealth } from '#lib/telemetry/shop-health.ts'
import { shopVersion } from '#lib/telemetry/shop-version.ts'
import { ProviderTable } from './provider-table.tsx'

export const instant = false

/** Three signs of life were missed. */
const SILENT_MS = 35_000

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeStatus'))('title') }
}

/** How the machinery stands: processes, queues, providers, backups. What needs a person is an incident. */
export default async function StatusPage() {
  const permit = await permitted('incidents.read')
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('officeStatus')])
  const [status, health] = await Promise.all([readStatus(permit, [...paymentProviders().keys()]), shopHealth()])
  const time = (at: Date | null) => (at ? formatTime(at, locale) : t('never'))
  const troubles = [...health.reasons, ...health.concerns]
  return (
    <OfficePage title={t('title')}>
      <Facts
        facts={[
          {
            name: t('state'),
            value:
              troubles.length === 0 ? (
                <StatusMark tone="good">{t('well')}</StatusMark>
              ) : (
                troubles.map((trouble) => (
                  <StatusMark key={trouble} tone="bad">
                    {sayTrouble(trouble, t)}
                  </StatusMark>
                ))
              ),
          },
          { name: t('version'), value: shopVersion() },
          { name: t('built'), value: time(new Date(process.env['BUILD_STARTED_AT'] ?? status.now)) },
          { name: t('deadJobs'), value: status.deadJobs },
        ]}
      />
      <Panel title={t('processes')}>
        <DataTable
          caption={t('processes')}
          captionHidden
          rows={status.processes}
          keyOf={({ id }) => id}
          columns={[
            { head: t('columns.process'), cell: ({ kind, host, pid }) => `${t(`kind.${kind}`)} · ${host} · ${pid}` },
            {
              head: t('columns.state'),
              cell: ({ seenAt }) =>
                status.now.getTime() - seenAt.getTime() > SILENT_MS ? (
                  <StatusMark tone="bad">{t('silentSince', { at: time(seenAt) })}</StatusMark>
                ) : (
                  <StatusMark tone="good">{t('lives')}</StatusMark>
                ),
            },
            { head: t('version'), cell: ({ version }) => version, minor: true },
            { head: t('columns.since'), cell: ({ startedAt }) => time(startedAt) },
          ]}
        />
      </Panel>
      <Panel title={t('providers')}>
        <ProviderTable providers={status.providers} unoffered={status.unoffered} t={t} locale={locale} />
      </Panel>
      <Panel title={t('queues')}>
        {status.queues.length === 0 ? <p>{t('noJobs')}</p> : null}
        <DataTable
          caption={t('queues')}
          captionHidden
          rows={status.queues}
          keyOf={({ name }) => name}
          columns={[
            { head: t('columns.queue'), cell: ({ name }) => name },
            { head: t('columns.waiting'), cell: ({ waiting }) => waiting, end: true },
            { head: t('columns.longest'), cell: ({ longestS }) => t('seconds', { seconds: longestS }), end: true },
            { head: t('columns.active'), cell: ({ active }) => active, end: true, minor: true },
            { head: t('columns.planned'), cell: ({ planned }) => planned, end: true, minor: true },
          ]}
        />
      </Panel>
      <Panel title={t('safety')}>
        <Facts
          facts={BACKUP_RUNS.map((kind) => {
            const run = status.runs.find((known) => known.kind === kind)
            return {
              name: t(`run.${kind}`),
              value: (
                <>
                  {time(run?.succeededAt ?? null)}{' '}
                  {run?.failedAt ? (
                    <StatusMark tone="bad">{t('failedSince', { at: time(run.failedAt), why: run.note })}</StatusMark>
                  ) : null}
                </>
              ),
            }
          })}
        />
      </Panel>
    </OfficePage>
  )
}

type Words = Awaited<ReturnType<typeof getTranslations<'officeStatus'>>>

/** Health names its troubles for machines; what follows a colon is whose they are. */
function sayTrouble(trouble: string, t: Words): string {
  const [name = '', whose] = trouble.split(':')
  const key = `trouble.${name}` as 'trouble.worker_silent'
  const said = t.has(key) ? t(key) : name
  return whose ? `${said} (${whose})` : said
}
