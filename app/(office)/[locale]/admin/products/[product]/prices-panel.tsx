import { getTranslations } from 'next-intl/server'
import { StepUpField } from '#components/form/step-up-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { SelectField, TextField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { DeskProduct } from '#db/catalog/desk/read-desk-product.ts'
import type { readPriceHistory } from '#db/catalog/desk/read-price-history.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { setPriceAction, withdrawPriceAction } from '../actions.ts'
import { PartForm } from './part-form.tsx'

/** Prices: another one at once or from a moment on, those to come, those that were. */
export async function PricesPanel({
  product,
  history,
  locale,
}: {
  product: DeskProduct
  history: Awaited<ReturnType<typeof readPriceHistory>>
  locale: Locale
}) {
  const [t, form] = await Promise.all([getTranslations('officeCatalogue'), getTranslations('form')])
  const planned = product.variants.flatMap(({ sku, planned: plans }) => plans.map((plan) => ({ ...plan, sku })))
  if (product.variants.length === 0) return null
  return (
    <Panel title={t('prices')}>
      <PartForm action={setPriceAction} product={product} label={t('prices')}>
        <SelectField id="price-variant" name="variant" label={t('variant')} select={{}}>
          {product.variants.map(({ id, sku, priceFen }) => (
            <option key={id} value={id}>
              {sku} · {formatPrice(priceFen, locale)}
            </option>
          ))}
        </SelectField>
        <div className="office-pair">
          <TextField id="price" name="price" label={t('newPrice')} input={{ inputMode: 'decimal', maxLength: 16 }} />
          <TextField
            id="startsAt"
            name="startsAt"
            label={t('from')}
            hint={t('fromHint')}
            optional=""
            input={{ type: 'datetime-local' }}
          />
        </div>
        <TextField id="price-reason" name="reason" label={t('reason')} input={{ maxLength: 200 }} />
        <StepUpField label={form('stepUpCode')} />
        <p>
          <SubmitButton look="quiet">{t('setPrice')}</SubmitButton>
        </p>
      </PartForm>
      {planned.map(({ id, sku, priceFen, startsAt }) => (
        <PartForm
          key={id}
          action={withdrawPriceAction}
          product={product}
          fields={{ planned: id }}
          label={sku}
          className="office-inline"
        >
          <span>
            {t('plannedPrice', { sku, price: formatPrice(priceFen, locale), from: formatShortTime(startsAt, locale) })}
          </span>
          <SubmitButton look="quiet">{t('withdraw')}</SubmitButton>
        </PartForm>
      ))}
      {history.length > 0 ? (
        <details>
          <summary>{t('history')}</summary>
          <ol className="office-history">
            {history.map((change) => (
              <li key={String(change.id)}>
                {formatShortTime(change.at, locale)} · {change.sku}: {formatPrice(change.fromFen, locale)} →{' '}
                {formatPrice(change.toFen, locale)} · {change.reason}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </Panel>
  )
}
