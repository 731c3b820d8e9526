import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/office/field.tsx'
import { Notice } from '#components/office/notice.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { OfficeOrder } from '#db/office/read-order.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { mayDo, type Role } from '#lib/domain/permissions.ts'
import { HOLD_REASONS } from '#lib/domain/risk/order-rules.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeRefundPath } from '#lib/office-paths.ts'
import { releaseOrderAction } from './actions.ts'

/** Why an order is held, and the two ways out: it is sent after all, or its money goes back. */
export async function OrderHold({
  order,
  locale,
  roles,
  nameOf,
}: {
  order: OfficeOrder
  locale: Locale
  nameOf: (actor: string) => string
  roles: readonly Role[]
}) {
  const { hold } = order
  if (!hold) return null
  const t = await getTranslations('officeOrder')
  return (
    <Panel title={t('hold.title')}>
      <Notice tone="bad">{t('hold.since', { at: formatTime(hold.heldAt, locale) })}</Notice>
      <ul>
        {hold.reasons.by_hand ? (
          <li>{t('hold.byHand', { name: nameOf(hold.heldBy), reason: hold.reasons.by_hand.reason })}</li>
        ) : null}
        {HOLD_REASONS.filter((reason) => hold.reasons[reason]).map((reason) => (
          <li key={reason}>{t(`hold.reasons.${reason}`)}</li>
        ))}
      </ul>
      {mayDo(roles, 'incidents.work') ? (
        <ActionForm action={releaseOrderAction} className="office-form" label={t('hold.release')}>
          <input type="hidden" name="orderId" value={order.id} />
          <TextField id="hold-note" name="note" label={t('hold.note')} />
          <p className="office-acts">
            <SubmitButton>{t('hold.release')}</SubmitButton>
            {mayDo(roles, 'refunds.request') ? (
              <a className="button button-quiet" href={officeRefundPath(locale, order.number)}>
                {t('hold.refund')}
              </a>
            ) : null}
          </p>
        </ActionForm>
      ) : null}
    </Panel>
  )
}
