import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { Notice } from '#components/office/notice.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { listDeskCategories } from '#db/catalog/desk/list-desk-categories.ts'
import { listOptionValues } from '#db/catalog/desk/list-option-values.ts'
import { readDeskProduct } from '#db/catalog/desk/read-desk-product.ts'
import { readPriceHistory } from '#db/catalog/desk/read-price-history.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { saleGaps } from '#lib/domain/sale-gaps.ts'
import { officeProductsPath } from '#lib/office-paths.ts'
import { previewPath } from '#lib/paths.ts'
import { gapInWords } from '../answer-edit.ts'
import { PhotosPanel } from './photos-panel.tsx'
import { PricesPanel } from './prices-panel.tsx'
import { PublishPanel } from './publish-panel.tsx'
import { RelatedPanel } from './related-panel.tsx'
import { TextsPanel } from './texts-panel.tsx'
import { VariantsPanel } from './variants-panel.tsx'

export const instant = false

async function find(product: string) {
  const permit = await permitted('catalogue.read')
  const found = /^\d{1,9}$/.test(product) ? await readDeskProduct(permit, Number(product)) : null
  if (!found) notFound()
  return { permit, product: found }
}

export async function generateMetadata({ params }: PageProps<'/[locale]/admin/products/[product]'>): Promise<Metadata> {
  const { product } = await find((await params).product)
  return { title: product.name[await pageLocale()] || product.slug }
}

/** A piece with all that staff can change of it. Each part is a form of its own over the same version. */
export default async function ProductPage({ params, searchParams }: PageProps<'/[locale]/admin/products/[product]'>) {
  const { permit, product } = await find((await params).product)
  const [locale, t, shelves, values, history, query] = await Promise.all([
    pageLocale(),
    getTranslations('officeCatalogue'),
    listDeskCategories(permit),
    listOptionValues(permit),
    readPriceHistory(permit, product.id),
    searchParams,
  ])
  const gaps = saleGaps(product).map((gap) => gapInWords(locale, gap))
  const upload = query['upload']
  return (
    <OfficePage
      title={product.name[locale] || product.slug}
      trail={<a href={officeProductsPath(locale)}>{t('title')}</a>}
      acts={
        <a className="button button-quiet" href={previewPath(locale, product.id)}>
          {t('preview')}
        </a>
      }
    >
      {upload === 'too_small' ||
      upload === 'no_picture' ||
      upload === 'too_many_pixels' ||
      upload === 'changed_meanwhile' ||
      upload === 'same_photo' ||
      upload === 'too_large' ? (
        <Notice tone="bad">{t(`upload.${upload}`)}</Notice>
      ) : null}
      <div className="office-columns">
        <div>
          <TextsPanel product={product} shelves={shelves} locale={locale} />
          <PhotosPanel product={product} locale={locale} />
          <VariantsPanel product={product} values={values} locale={locale} />
        </div>
        <div>
          <PublishPanel product={product} gaps={gaps} locale={locale} />
          <PricesPanel product={product} history={history} locale={locale} />
          <RelatedPanel product={product} />
        </div>
      </div>
    </OfficePage>
  )
}
