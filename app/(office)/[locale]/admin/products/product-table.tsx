import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/office/data-table.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import type { listDeskProducts } from '#db/catalog/desk/list-desk-products.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { emptyIn } from '#lib/domain/sale-gaps.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { officeProductPath } from '#lib/office-paths.ts'
import { photoPath } from '#lib/paths.ts'

type Row = Awaited<ReturnType<typeof listDeskProducts>>['products'][number]

const TONES = { published: 'good', draft: 'open', archived: 'quiet' } as const
const stateOf = ({ published, archivedAt }: Row) => (archivedAt ? 'archived' : published ? 'published' : 'draft')

const priceOf = ({ priceFromFen, priceToFen }: Row, locale: Locale) =>
  priceFromFen === null || priceToFen === null
    ? '–'
    : [...new Set([formatPrice(priceFromFen, locale), formatPrice(priceToFen, locale)])].join(' – ')

/** The pieces with what one looks for in a list of them. */
export async function ProductTable({ locale, products }: { locale: Locale; products: readonly Row[] }) {
  const t = await getTranslations('officeCatalogue')
  return (
    <DataTable
      caption={t('title')}
      captionHidden
      rows={products}
      keyOf={({ id }) => String(id)}
      hrefOf={({ id }) => officeProductPath(locale, id)}
      columns={[
        {
          head: t('name'),
          cell: (row) => (
            <span className="office-piece">
              {row.image ? (
                // biome-ignore lint/performance/noImgElement: its sizes were made ahead of time.
                <img src={photoPath(row.image, 384)} alt="" width={40} height={40} loading="lazy" />
              ) : (
                <span className="office-no-photo" />
              )}
              <span>{row.name[locale] || row.slug}</span>
            </span>
          ),
        },
        {
          head: t('stateLabel'),
          cell: (row) => <StatusMark tone={TONES[stateOf(row)]}>{t(`state.${stateOf(row)}`)}</StatusMark>,
        },
        { head: t('shelf'), cell: ({ category }) => category, minor: true },
        {
          head: t('missing'),
          cell: ({ name }) =>
            emptyIn(name)
              .map((gap) => t(`languages.${gap}`))
              .join(t('comma')),
          minor: true,
        },
        { head: t('variants'), cell: ({ variantCount }) => variantCount, end: true, minor: true },
        { head: t('available'), cell: ({ available }) => available, end: true },
        { head: t('price'), cell: (row) => priceOf(row, locale), end: true },
      ]}
    />
  )
}
