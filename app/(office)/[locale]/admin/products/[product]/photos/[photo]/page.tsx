import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { permitted } from '#lib/auth/current-staff.ts'
import { officeOriginalPath, officeProductPath } from '#lib/office-paths.ts'
import { findUploaded, readPiece } from '../read-piece.ts'
import { cropPhotoAction } from './actions.ts'
import { CropFrame } from './crop-frame.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeCatalogue'))('crop') }
}

/** Chooses the square of an upload that the shop shows. */
export default async function CropPage({ params }: PageProps<'/[locale]/admin/products/[product]/photos/[photo]'>) {
  await permitted('catalogue.edit')
  const { product, photo } = await params
  const piece = await readPiece(product)
  const found = piece && findUploaded(piece, photo)
  if (!piece || !found) notFound()
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('officeCatalogue')])
  const name = piece.name[locale] || piece.slug
  return (
    <OfficePage title={t('crop')} trail={<a href={officeProductPath(locale, piece.id)}>{name}</a>}>
      <ActionForm action={cropPhotoAction} className="office-form office-wide">
        <input type="hidden" name="product" value={piece.id} />
        <input type="hidden" name="version" value={piece.version} />
        <input type="hidden" name="photo" value={found.id} />
        <CropFrame
          src={officeOriginalPath(locale, piece.id, found.id)}
          crop={found.crop ?? { left: 0, top: 0, size: 10_000 }}
          words={{ left: t('cropLeft'), top: t('cropTop'), size: t('cropSize'), hint: t('cropHint') }}
        />
        <p>
          <SubmitButton>{t('cut')}</SubmitButton>
        </p>
      </ActionForm>
    </OfficePage>
  )
}
