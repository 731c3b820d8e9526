import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { ConfirmButton } from '#components/office/confirm.tsx'
import { TextField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { OptionValue } from '#db/catalog/desk/list-option-values.ts'
import type { DeskProduct } from '#db/catalog/desk/read-desk-product.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { officeStockLinePath } from '#lib/office-paths.ts'
import { addVariantAction, orderPartsAction, removeVariantAction, saveVariantAction } from '../actions.ts'
import { MoveButtons } from './move-buttons.tsx'
import { PartForm } from './part-form.tsx'
import { VariantFieldset } from './variant-fieldset.tsx'

/** What is bought of a piece: each variant a line that opens, and a new one. */
export async function VariantsPanel({
  product,
  values,
  locale,
}: {
  product: DeskProduct
  values: readonly OptionValue[]
  locale: Locale
}) {
  const t = await getTranslations('officeCatalogue')
  const shared = { photos: product.photos, values, locale }
  return (
    <Panel title={t('variants')}>
      {product.variants.map((variant) => (
        <details key={variant.id} className="office-part">
          <summary>
            <strong>{variant.sku}</strong> <span>{formatPrice(variant.priceFen, locale)}</span>{' '}
            <span>{t('onShelf', { onHand: variant.onHand, held: variant.held })}</span>{' '}
            {variant.offered ? null : <em>{t('notOffered')}</em>}
          </summary>
          <PartForm action={saveVariantAction} product={product} fields={{ variant: variant.id }} label={variant.sku}>
            <VariantFieldset id={`variant-${variant.id}`} variant={variant} {...shared} />
            <p className="office-acts">
              <SubmitButton look="quiet">{t('save')}</SubmitButton>
              <a className="link" href={officeStockLinePath(locale, variant.sku)}>
                {t('stock.title')}
              </a>
            </p>
          </PartForm>
          <MoveButtons
            action={orderPartsAction}
            product={product}
            parts="variants"
            ids={product.variants.map(({ id }) => id)}
            id={variant.id}
            name={variant.sku}
          />
          <PartForm action={removeVariantAction} product={product} fields={{ variant: variant.id }} label={t('remove')}>
            <ConfirmButton label={t('remove')} confirm={t('remove')} danger>
              <p>{t('removeVariantText')}</p>
            </ConfirmButton>
          </PartForm>
        </details>
      ))}
      <details className="office-part">
        <summary>{t('addVariant')}</summary>
        <PartForm action={addVariantAction} product={product} label={t('addVariant')}>
          <VariantFieldset id="variant-new" variant={null} {...shared} />
          <TextField
            id="variant-new-price"
            name="price"
            label={t('price')}
            input={{ inputMode: 'decimal', maxLength: 16 }}
          />
          <p>
            <SubmitButton look="quiet">{t('addVariant')}</SubmitButton>
          </p>
        </PartForm>
      </details>
    </Panel>
  )
}
