import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { ConfirmButton } from '#components/office/confirm.tsx'
import { TextField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { OfficeOrder } from '#db/office/read-order.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { subtractFen } from '#lib/domain/money.ts'
import type { Role } from '#lib/domain/permissions.ts'
import { hindranceOf, type StaffOrderAct } from '#lib/domain/staff-order-acts.ts'
import { officePackPath, officeRefundPath } from '#lib/office-paths.ts'
import { askProvidersAction, cancelOrderAction, holdOrderAction } from './actions.ts'

/** What can be done with the order as it is, by somebody of these roles; what can't, with the reason. */
export async function OrderActs({
  order,
  locale,
  seen,
  roles,
  attempts,
}: {
  order: OfficeOrder
  locale: Locale
  seen: string
  roles: readonly Role[]
  attempts: number
}) {
  const t = await getTranslations('officeOrder')
  const { capturedFen, refundedFen, refundingFen } = order.payment
  const facts = {
    ...order,
    kept: subtractFen(subtractFen(capturedFen, refundedFen), refundingFen),
    attempts,
    mails: order.mails.length,
    hasAddress: order.address !== null,
    isHeld: order.hold !== null,
  }
  const acts: readonly (readonly [StaffOrderAct, ReactNode])[] = [
    [
      'ship',
      <a key="ship" className="button" href={officePackPath(locale, order.number)}>
        {t('acts.ship')}
      </a>,
    ],
    [
      'refund',
      <a key="refund" className="button button-quiet" href={officeRefundPath(locale, order.number)}>
        {t('acts.refund')}
      </a>,
    ],
    [
      'query',
      <ActionForm key="query" action={askProvidersAction} className="office-act" label={t('acts.query')}>
        <input type="hidden" name="orderId" value={order.id} />
        <SubmitButton look="quiet">{t('acts.query')}</SubmitButton>
      </ActionForm>,
    ],
    [
      'hold',
      <ActionForm key="hold" action={holdOrderAction} className="office-act" label={t('acts.hold')}>
        <input type="hidden" name="orderId" value={order.id} />
        <input type="hidden" name="seen" value={seen} />
        <ConfirmButton label={`${t('acts.hold')} …`} confirm={t('acts.hold')}>
          <p>{t('hold.text')}</p>
          <TextField id="hold-reason" name="reason" label={t('hold.reason')} />
        </ConfirmButton>
      </ActionForm>,
    ],
    [
      'cancel',
      <ActionForm key="cancel" action={cancelOrderAction} className="office-act" label={t('acts.cancel')}>
        <input type="hidden" name="orderId" value={order.id} />
        <input type="hidden" name="number" value={order.number} />
        <input type="hidden" name="seen" value={seen} />
        <ConfirmButton label={`${t('acts.cancel')} …`} confirm={t('cancel.confirm')} danger>
          <p>{t('cancel.text')}</p>
          <TextField id="cancel-reason" name="reason" label={t('cancel.reason')} optional={t('optional')} />
        </ConfirmButton>
      </ActionForm>,
    ],
  ]
  const judged = acts.map(([act, form]) => ({ act, form, by: hindranceOf(act, facts, roles) }))
  return (
    <Panel title={t('acts.title')}>
      <div className="order-acts">{judged.filter(({ by }) => by === null).map(({ form }) => form)}</div>
      <ul className="office-hint">
        {judged.map(({ act, by }) =>
          by === null ? null : (
            <li key={act}>{t('hindered', { act: t(`acts.${act}`), reason: t(`hindrance.${by}`) })}</li>
          ),
        )}
      </ul>
    </Panel>
  )
}
