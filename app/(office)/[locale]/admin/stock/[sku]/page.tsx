import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { DataTable } from '#components/office/data-table.tsx'
import { Facts } from '#components/office/facts.tsx'
import { SelectField, TextField } from '#components/office/field.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { Pager } from '#components/office/pager.tsx'
import { readShopRules } from '#db/settings/read-shop-rules.ts'
import { listMovements } from '#db/stock/desk/list-movements.ts'
import { readStockLine } from '#db/stock/desk/read-stock-line.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { isStockReason, readStockReason, STOCK_REASONS, type StockReason } from '#lib/domain/stock-reasons.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { officeProductPath, officeStockLinePath, officeStockPath, withQuery } from '#lib/office-paths.ts'
import { correctStockAction, setLowAtAction } from '../actions.ts'

export const instant = false

const REASONS = Object.keys(STOCK_REASONS) as StockReason[]

export async function generateMetadata({ params }: PageProps<'/[locale]/admin/stock/[sku]'>): Promise<Metadata> {
  return { title: decodeURIComponent((await params).sku) }
}

/** The stock of one variant: what is there, a correction with its reason, and every movement. */
export default async function StockLinePage({ params, searchParams }: PageProps<'/[locale]/admin/stock/[sku]'>) {
  const permit = await permitted('catalogue.read')
  const line = await readStockLine(permit, decodeURIComponent((await params).sku))
  if (!line) notFound()
  const { before } = await searchParams
  const beforeId = typeof before === 'string' && /^\d{1,18}$/.test(before) ? BigInt(before) : null
  const [locale, t, rules, { movements, nextBeforeId }] = await Promise.all([
    pageLocale(),
    getTranslations('officeCatalogue'),
    readShopRules(),
    listMovements(permit, line.id, beforeId),
  ])
  const inWords = (stored: string) => {
    const { reason, note } = readStockReason(stored)
    const word = isStockReason(reason)
      ? t(`stock.reasons.${reason}`)
      : reason === 'sold' || reason === 'opening_stock'
        ? t(`stock.reasons.${reason}`)
        : reason
    return note ? `${word} · ${note}` : word
  }
  const path = officeStockLinePath(locale, line.sku)
  return (
    <OfficePage title={line.sku} trail={<a href={officeStockPath(locale)}>{t('stock.title')}</a>}>
      <p>
        <a className="link" href={officeProductPath(locale, line.productId)}>
          {line.product[locale]}
        </a>
      </p>
      <div className="office-columns">
        <Panel title={t('stock.movements')}>
          <DataTable
            caption={t('stock.movements')}
            captionHidden
            rows={movements}
            keyOf={({ id }) => String(id)}
            columns={[
              { head: t('stock.when'), cell: ({ at }) => formatShortTime(at, locale) },
              {
                head: t('stock.units'),
                cell: ({ quantity }) => (quantity > 0 ? `+${quantity}` : `−${-quantity}`),
                end: true,
              },
              {
                head: t('reason'),
                cell: ({ reason, order }) => (order ? `${inWords(reason)} · ${order}` : inWords(reason)),
              },
            ]}
          />
          <Pager
            first={beforeId === null ? null : path}
            next={nextBeforeId === null ? null : withQuery(path, { before: String(nextBeforeId) })}
          />
        </Panel>
        <Panel title={t('stock.correct')}>
          <Facts
            facts={[
              { name: t('stock.onHand'), value: line.onHand },
              { name: t('stock.held'), value: line.held },
              { name: t('available'), value: line.onHand - line.held, strong: true },
            ]}
          />
          <ActionForm action={correctStockAction} className="office-form" label={t('stock.correct')}>
            <input type="hidden" name="sku" value={line.sku} />
            <input type="hidden" name="onHandSeen" value={line.onHand} />
            <SelectField id="reason" name="reason" label={t('reason')} select={{ defaultValue: 'counted' }}>
              {REASONS.map((reason) => (
                <option key={reason} value={reason}>
                  {t(`stock.reasons.${reason}`)}
                </option>
              ))}
            </SelectField>
            <TextField
              id="units"
              name="units"
              label={t('stock.units')}
              hint={t('stock.unitsHint')}
              input={{ inputMode: 'numeric', maxLength: 6 }}
            />
            <TextField id="note" name="note" label={t('stock.note')} optional="" input={{ maxLength: 200 }} />
            <p>
              <SubmitButton>{t('stock.book')}</SubmitButton>
            </p>
          </ActionForm>
          <ActionForm action={setLowAtAction} className="office-form" label={t('stock.lowAt')}>
            <input type="hidden" name="sku" value={line.sku} />
            <TextField
              id="lowAt"
              name="lowAt"
              label={t('stock.lowAt')}
              hint={t('stock.lowAtHint', { units: rules.low_stock_units })}
              optional=""
              input={{ inputMode: 'numeric', defaultValue: line.lowAt ?? '', maxLength: 5 }}
            />
            <p>
              <SubmitButton look="quiet">{t('save')}</SubmitButton>
            </p>
          </ActionForm>
        </Panel>
      </div>
    </OfficePage>
  )
}
