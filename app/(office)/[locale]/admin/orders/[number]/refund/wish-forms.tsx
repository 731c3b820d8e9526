import { getTranslations } from 'next-intl/server'
import { CheckField, TextField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { RequestDetail } from '#db/after-sales/read-request.ts'
import type { RefundDesk } from '#db/refunds/read-refund-desk.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { toFen, toYuan, ZERO_FEN } from '#lib/domain/money.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { officeRefundPath } from '#lib/office-paths.ts'
import type { RefundQuery } from './asked-wish.ts'

/** What is to go back, by lines or by a sum: both only ask to be worked out. */
export async function WishForms({
  desk,
  request,
  query,
  locale,
}: {
  desk: RefundDesk
  request: RequestDetail | null
  query: RefundQuery
  locale: Locale
}) {
  const t = await getTranslations('officeReturns')
  const action = officeRefundPath(locale, desk.number)
  const typed = (name: string) => (typeof query[name] === 'string' ? query[name] : undefined)
  const shippingLeft = desk.rest?.shipping ?? ZERO_FEN
  const asksAnew = typed('by') === undefined
  const ofRequest = request ? <input type="hidden" name="request" value={request.id} /> : null
  return (
    <>
      <Panel title={t(request ? 'byRequest' : 'byLines')}>
        <form className="office-form" action={action}>
          <input type="hidden" name="by" value="lines" />
          {ofRequest}
          <ul className="ship-lines">
            {desk.lines.map((line) => {
              const fixed = request?.lines.find(({ position }) => position === line.position)?.quantity ?? 0
              if (request && fixed === 0) return null
              return (
                <li key={line.position}>
                  <div>
                    <label htmlFor={`units-${line.position}`}>{line.name[locale]}</label>
                    <p className="office-hint">
                      {line.sku} · {formatPrice(toFen(line.unitPriceFen), locale)}
                      {line.unsent > 0 ? ` · ${t('unsent', { count: line.unsent })}` : ''}
                    </p>
                  </div>
                  {request ? (
                    <span className="ship-units">{fixed}</span>
                  ) : (
                    <span className="ship-units">
                      <input
                        id={`units-${line.position}`}
                        name={`units-${line.position}`}
                        className="office-input"
                        type="number"
                        inputMode="numeric"
                        min={0}
                        max={line.left}
                        defaultValue={typed(`units-${line.position}`) ?? 0}
                        disabled={line.left === 0}
                      />
                      <span>{t('ofLeft', { left: line.left })}</span>
                    </span>
                  )}
                </li>
              )
            })}
          </ul>
          {shippingLeft > 0n ? (
            <TextField
              id="shipping"
              name="shipping"
              label={t('shipping')}
              optional={t('upTo', { amount: formatPrice(shippingLeft, locale) })}
              input={{
                inputMode: 'decimal',
                defaultValue:
                  typed('shipping') ?? (request && request.shipping > 0n ? toYuan(toFen(request.shipping)) : ''),
              }}
            />
          ) : null}
          {!request || request.kind === 'cancellation' ? (
            <CheckField
              id="restock"
              name="restock"
              label={t('restock')}
              hint={t('restockHint')}
              input={{ defaultChecked: typed('restock') === 'on' || (asksAnew && request?.kind === 'cancellation') }}
            />
          ) : null}
          <p className="office-acts">
            <button type="submit" className="button">
              {t('workOut')}
            </button>
          </p>
        </form>
      </Panel>
      <Panel title={t('byAmount')}>
        <form className="office-form" action={action}>
          <input type="hidden" name="by" value="amount" />
          {ofRequest}
          <TextField
            id="amount"
            name="amount"
            label={t('amount')}
            hint={t('amountHint')}
            input={{ inputMode: 'decimal', defaultValue: typed('amount') ?? '' }}
          />
          <p className="office-acts">
            <button type="submit" className="button button-quiet">
              {t('workOut')}
            </button>
          </p>
        </form>
      </Panel>
    </>
  )
}
