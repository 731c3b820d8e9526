import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { Headline } from '#components/office/figures/headline.tsx'
import { Notice } from '#components/office/notice.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { readFreshness } from '#db/figures/read-freshness.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { toShanghaiTime } from '#lib/domain/shanghai-time.ts'
import { formatDays } from '#lib/i18n/format-figure.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { readAsked } from './asked-period.ts'
import { headlineFigures, readTotals } from './headline-figures.ts'
import { FIGURES } from './parts/all-figures.ts'
import { FigurePart } from './parts/figure-part.tsx'
import { PeriodBar } from './period-bar.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeFigures'))('title') }
}

/** How the shop is doing, over days of one's choice and beside others. */
export default async function FiguresPage({ searchParams }: PageProps<'/[locale]/admin/figures'>) {
  const permit = await permitted('figures.read')
  const [locale, t, search] = [await pageLocale(), await getTranslations('officeFigures'), await searchParams]
  const at = new Date()
  const asked = readAsked(search, at)
  const [fresh, now, before] = await Promise.all([
    readFreshness(),
    readTotals(permit, asked.period),
    asked.before && readTotals(permit, asked.before),
  ])
  const props = { permit, asked, t, locale, now: toShanghaiTime(at).slice(0, 13) }
  return (
    <OfficePage title={t('title')}>
      <PeriodBar asked={asked} t={t} locale={locale} />
      {fresh ? null : <Notice>{t('notYet')}</Notice>}
      <h2 className="figure-days">{formatDays(asked.period.first, asked.period.last, locale)}</h2>
      <Headline figures={headlineFigures(now, before, { t, locale })} />
      <FigurePart figure={FIGURES.sales} {...props} />
      <div className="figure-pair">
        <FigurePart figure={FIGURES.hours} {...props} />
        <FigurePart figure={FIGURES.ways} {...props} />
      </div>
      <FigurePart figure={FIGURES.pieces} {...props} />
      <div className="figure-pair">
        <FigurePart figure={FIGURES.conversion} {...props} />
        <FigurePart figure={FIGURES.refunds} {...props} />
      </div>
      <FigurePart figure={FIGURES.stock} {...props} />
      {fresh ? <p className="figure-note">{t('asOf', { at: formatTime(fresh.asOf, locale) })}</p> : null}
    </OfficePage>
  )
}
