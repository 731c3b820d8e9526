import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { ConfirmButton } from '#components/office/confirm.tsx'
import { CheckField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import type { DeskProduct } from '#db/catalog/desk/read-desk-product.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { productPath } from '#lib/paths.ts'
import { publishProductAction, removeProductAction, restoreProductAction, unpublishProductAction } from '../actions.ts'
import { PartForm } from './part-form.tsx'

/** Whether a piece is in the shop, what it lacks for that, and the way in and out. */
export async function PublishPanel({
  product,
  gaps,
  locale,
}: {
  product: DeskProduct
  gaps: readonly string[]
  locale: Locale
}) {
  const t = await getTranslations('officeCatalogue')
  const state = product.archivedAt ? 'archived' : product.published ? 'published' : 'draft'
  const wasOrdered = product.variants.some(({ ordered }) => ordered)
  return (
    <Panel title={t('inShop')}>
      <p>
        <StatusMark tone={product.published ? 'good' : 'open'}>{t(`state.${state}`)}</StatusMark>
      </p>
      {product.published ? (
        <>
          <p>
            <a className="link" href={productPath(locale, product.slug)}>
              {t('seeInShop')}
            </a>
          </p>
          <PartForm action={unpublishProductAction} product={product} label={t('unpublish')}>
            <ConfirmButton label={t('unpublish')} confirm={t('unpublish')}>
              <p>{t('unpublishText')}</p>
            </ConfirmButton>
          </PartForm>
        </>
      ) : null}
      {state === 'draft' ? (
        <>
          {gaps.length > 0 ? (
            <>
              <p>{t('gapsTitle')}</p>
              <ul className="office-gaps">
                {gaps.map((gap) => (
                  <li key={gap}>{gap}</li>
                ))}
              </ul>
            </>
          ) : null}
          <PartForm action={publishProductAction} product={product} label={t('publish')}>
            <CheckField id="asNew" name="asNew" label={t('asNew')} input={{ defaultChecked: !wasOrdered }} />
            <p>
              <SubmitButton>{t('publish')}</SubmitButton>
            </p>
          </PartForm>
          <PartForm action={removeProductAction} product={product} label={t('remove')}>
            <ConfirmButton label={t('remove')} confirm={t('remove')} danger>
              <p>{t('removeText')}</p>
            </ConfirmButton>
          </PartForm>
        </>
      ) : null}
      {state === 'archived' ? (
        <PartForm action={restoreProductAction} product={product} label={t('restore')}>
          <p>
            <SubmitButton look="quiet">{t('restore')}</SubmitButton>
          </p>
        </PartForm>
      ) : null}
    </Panel>
  )
}
