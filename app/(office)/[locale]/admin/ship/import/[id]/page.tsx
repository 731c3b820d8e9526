import '../../../../../../styles/office/ship.css'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { DataTable } from '#components/office/data-table.tsx'
import { Notice } from '#components/office/notice.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { readParcelImport } from '#db/fulfilment/keep-parcel-import.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { officeBadLinesPath, officeImportParcelsPath } from '#lib/office-paths.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeShip.import'))('title') }
}

/** What came of an imported file: what was sent, and the lines that need a person. */
export default async function ParcelImportPage({ params }: PageProps<'/[locale]/admin/ship/import/[id]'>) {
  const permit = await permitted('orders.ship')
  const [locale, { id }, t] = [await pageLocale(), await params, await getTranslations('officeShip.import')]
  const found = z.uuid().safeParse(id).success ? await readParcelImport(permit, id) : null
  if (!found) notFound()
  const { bad, sent, repeated } = found
  return (
    <OfficePage
      title={t('title')}
      trail={<a href={officeImportParcelsPath(locale)}>{t('title')}</a>}
      acts={
        bad.length > 0 ? (
          <a className="button button-quiet" href={officeBadLinesPath(locale, id)} download>
            {t('take')}
          </a>
        ) : null
      }
    >
      <Notice tone={bad.length > 0 ? 'bad' : 'good'}>
        <p>{t('done', { count: sent, repeated, bad: bad.length })}</p>
        {bad.length > 0 ? <p>{t('again')}</p> : null}
      </Notice>
      {bad.length > 0 ? (
        <DataTable
          caption={t('bad')}
          rows={bad}
          keyOf={({ line }) => String(line)}
          columns={[
            { head: t('line'), cell: ({ line }) => line },
            { head: t('column'), cell: ({ column }) => column },
            { head: t('why'), cell: ({ reason }) => reason },
            { head: 'CSV', cell: ({ cells }) => cells.join(', '), minor: true },
          ]}
        />
      ) : null}
    </OfficePage>
  )
}
