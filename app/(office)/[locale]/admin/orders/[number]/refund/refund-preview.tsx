import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { StepUpField } from '#components/form/step-up-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextArea } from '#components/office/field.tsx'
import { Notice } from '#components/office/notice.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { RequestDetail } from '#db/after-sales/read-request.ts'
import { previewRefund } from '#db/refunds/preview-refund.ts'
import type { RefundDesk } from '#db/refunds/read-refund-desk.ts'
import { storeWish } from '#db/refunds/stored-wish.ts'
import type { RefundWish } from '#lib/domain/decide-refund.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { toFen } from '#lib/domain/money.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { tellAfterSaleRefusal } from '#lib/refunds/tell-refusal.ts'
import { refundAction } from './actions.ts'

/** What the refund would do, by the rules that carry it out, and the button that does it. */
export async function RefundPreviewPanel({
  desk,
  wish,
  request,
  requestId,
  locale,
}: {
  desk: RefundDesk
  wish: RefundWish
  request: RequestDetail | null
  requestId: string
  locale: Locale
}) {
  const t = await getTranslations('officeReturns')
  const preview = await previewRefund(desk.id, wish)
  if (!preview.ok) return <Notice tone="bad">{tellAfterSaleRefusal(preview.error, locale, (actor) => actor)}</Notice>
  const { amount, units, entries, cancelsOrder, secondPerson, limit, provider } = preview.value
  const price = formatPrice(amount, locale)
  const nameOf = (position: number) => desk.lines.find((line) => line.position === position)?.name[locale] ?? ''
  const shelved = units.filter(({ restocked }) => restocked)
  const givenUp = request ? [] : units.filter(({ unsent }) => unsent > 0)
  return (
    <Panel title={t('preview')}>
      <ul className="returns-effects">
        <li>{t('effect.shopper', { amount: price, provider: t(`provider.${provider}`) })}</li>
        {shelved.map(({ position, quantity }) => (
          <li key={`shelf ${position}`}>{t('effect.shelf', { count: quantity, name: nameOf(position) })}</li>
        ))}
        {givenUp.map(({ position, unsent }) => (
          <li key={`unsent ${position}`}>{t('effect.unsent', { count: unsent, name: nameOf(position) })}</li>
        ))}
        {cancelsOrder ? <li>{t('effect.cancels')}</li> : null}
      </ul>
      <table className="office-table returns-ledger">
        <caption>{t('ledger')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('account')}</th>
            <th scope="col" className="end">
              {t('debit')}
            </th>
            <th scope="col" className="end">
              {t('credit')}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={`${entry.account} ${entry.amount > 0n}`}>
              <th scope="row">{t(`accounts.${entry.account}`)}</th>
              <td className="end">{entry.amount > 0n ? formatPrice(entry.amount, locale) : ''}</td>
              <td className="end">{entry.amount < 0n ? formatPrice(toFen(-entry.amount), locale) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {secondPerson ? <Notice>{t('needsSecond', { limit: formatPrice(limit, locale) })}</Notice> : null}
      <ActionForm action={refundAction} className="office-form">
        <input type="hidden" name="requestId" value={requestId} />
        <input type="hidden" name="orderId" value={desk.id} />
        <input type="hidden" name="number" value={desk.number} />
        <input type="hidden" name="wish" value={JSON.stringify(storeWish(wish))} />
        <TextArea
          id="reason"
          name="reason"
          label={t('why')}
          optional={t('optional')}
          hint={t('whyHint')}
          area={{ maxLength: 500, rows: 2 }}
        />
        <StepUpField label={t('stepUpCode')} />
        <p className="office-acts">
          <SubmitButton>{t(secondPerson ? 'propose' : 'giveBack', { amount: price })}</SubmitButton>
        </p>
      </ActionForm>
    </Panel>
  )
}
