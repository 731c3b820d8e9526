import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { readFreshness } from '#db/figures/read-freshness.ts'
import { currentStaff } from '#lib/auth/current-staff.ts'
import { grantPermit } from '#lib/domain/permissions.ts'
import { toShanghaiDay } from '#lib/domain/shanghai-time.ts'
import { formatDay } from '#lib/i18n/format-figure.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeFiguresPath } from '#lib/office-paths.ts'
import { TodaySales } from './today/today-sales.tsx'
import { WaitingList } from './today/waiting-list.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeFigures'))('today.title') }
}

/** The day at a glance: first what waits for a person, of what this person may see to; then how it sells. */
export default async function TodayPage() {
  const staff = await currentStaff()
  const [locale, t, fresh] = [await pageLocale(), await getTranslations('officeFigures'), await readFreshness()]
  const figures = grantPermit(staff, 'figures.read')
  const now = new Date()
  const all = figures ? (
    <a className="link" href={officeFiguresPath(locale)}>
      {t('today.seeAll')}
    </a>
  ) : null
  return (
    <OfficePage title={formatDay(toShanghaiDay(now), locale)} acts={all}>
      <Panel title={t('today.waiting')}>
        <WaitingList staff={staff} t={t} locale={locale} />
      </Panel>
      {figures ? <TodaySales permit={figures} t={t} locale={locale} now={now} /> : null}
      {figures && fresh ? <p className="figure-note">{t('asOf', { at: formatTime(fresh.asOf, locale) })}</p> : null}
    </OfficePage>
  )
}
