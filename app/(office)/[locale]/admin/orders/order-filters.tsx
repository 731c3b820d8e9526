import { getTranslations } from 'next-intl/server'
import { SelectField, TextField } from '#components/office/field.tsx'
import { SearchField, Toolbar } from '#components/office/toolbar.tsx'
import { FULFILMENT_STATES } from '#lib/domain/fulfilment-state.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { AFTER_SALE_FILTERS, type OrderFilter } from '#lib/domain/order-list.ts'
import { ORDER_STATES } from '#lib/domain/order-state.ts'
import { PAYMENT_STATES } from '#lib/domain/payment-state.ts'
import { sendingOf } from '#lib/office/order-filter.ts'
import { officeOrdersPath } from '#lib/office-paths.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'

/** What one searches by and narrows the list to. */
export async function OrderFilters({ locale, filter }: { locale: Locale; filter: OrderFilter }) {
  const [t, order] = await Promise.all([getTranslations('officeOrders'), getTranslations('order')])
  const choices = [
    { name: 'state', chosen: filter.state, options: ORDER_STATES.map((word) => [word, t(`state.${word}`)] as const) },
    {
      name: 'payment',
      chosen: filter.payment,
      options: PAYMENT_STATES.map((word) => [word, t(`payment.${word}`)] as const),
    },
    {
      name: 'fulfilment',
      chosen: sendingOf(filter),
      options: (['to_send', 'held', ...FULFILMENT_STATES] as const).map(
        (word) => [word, t(`fulfilment.${word}`)] as const,
      ),
    },
    {
      name: 'afterSale',
      chosen: filter.afterSale,
      options: AFTER_SALE_FILTERS.map((word) => [word, t(`afterSale.${word}`)] as const),
    },
    {
      name: 'provider',
      chosen: filter.provider,
      options: PROVIDER_NAMES.map((word) => [word, order(`provider.${word}`)] as const),
    },
  ] as const
  const isNarrowed = [...choices.map(({ chosen }) => chosen), filter.from, filter.to].some((value) => value !== null)
  return (
    <Toolbar
      action={officeOrdersPath(locale)}
      label={t('filters.label')}
      go={t('filters.go')}
      busy={t('filters.busy')}
      more={
        <details className="office-more" open={isNarrowed}>
          <summary>{t('filters.narrow')}</summary>
          <div className="office-toolbar">
            {choices.map(({ name, chosen, options }) => (
              <SelectField
                key={name}
                id={`filter-${name}`}
                name={name}
                label={t(`filters.${name}`)}
                optional=""
                select={{ defaultValue: chosen ?? '' }}
              >
                <option value="">{t('filters.any')}</option>
                {options.map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </SelectField>
            ))}
            {(['from', 'to'] as const).map((name) => (
              <TextField
                key={name}
                id={`filter-${name}`}
                name={name}
                label={t(`filters.${name}`)}
                optional=""
                input={{ type: 'date', defaultValue: filter[name] ?? '' }}
              />
            ))}
          </div>
        </details>
      }
    >
      <SearchField label={t('filters.q')} words={filter.text} hint={t('filters.hint')} />
    </Toolbar>
  )
}
