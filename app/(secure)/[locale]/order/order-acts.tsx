import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { toFen } from '#lib/domain/money.ts'
import { type ActFacts, mayAct } from '#lib/domain/order-acts.ts'
import { cartPath, payPath } from '#lib/paths.ts'
import { buyAgainAction, cancelOrderAction, confirmReceiptAction, payOrderAction } from './actions.ts'
import type { OrderKey } from './keyed-order.ts'
import type { OpenedOrder } from './opened-order.ts'

export function actFacts({ order }: Pick<OpenedOrder, 'order'>, now: Date): ActFacts {
  const { capturedFen, refundedFen, refundingFen, state } = order.payment
  return {
    state: order.state,
    paymentState: state,
    fulfilment: order.fulfilment,
    overdue: order.expiresAt <= now,
    captured: toFen(capturedFen),
    refunded: toFen(refundedFen),
    refunding: toFen(refundingFen),
  }
}

/** Says which order a form is about. */
export const KeyField = ({ orderKey }: { orderKey: OrderKey }) =>
  'secret' in orderKey ? (
    <input type="hidden" name="secret" value={orderKey.secret} autoComplete="off" />
  ) : (
    <input type="hidden" name="number" value={orderKey.number} autoComplete="off" />
  )

/** What can be done with the order as it stands, the most likely first. */
export async function OrderActs({
  locale,
  orderKey,
  facts,
  shown,
  asked,
}: {
  locale: Locale
  orderKey: OrderKey
  facts: ActFacts
  shown: OpenedOrder['shown']
  /** Whether we were asked not to send it, and have not answered. */
  asked: boolean
}) {
  const t = await getTranslations('order')
  const acts = await getTranslations('customer.acts')
  const confirming = shown.status === 'confirming'
  const payLabel = confirming ? t('payAnyway') : t('pay', { total: shown.total })
  return (
    <div className="order-acts">
      {shown.payable && 'secret' in orderKey ? (
        <a className={confirming ? 'link' : buttonClass()} href={payPath(locale, orderKey.secret)}>
          {payLabel}
        </a>
      ) : null}
      {shown.payable && 'number' in orderKey ? (
        <ActionForm action={payOrderAction} className="order-act">
          <KeyField orderKey={orderKey} />
          <SubmitButton>{payLabel}</SubmitButton>
        </ActionForm>
      ) : null}
      {mayAct('cancel', facts) && !confirming ? (
        <ActionForm action={cancelOrderAction} className="order-act">
          <KeyField orderKey={orderKey} />
          <button type="submit" className="link">
            {t('cancel')}
          </button>
        </ActionForm>
      ) : null}
      {mayAct('ask_to_cancel', facts) && !asked ? (
        <a className="link" href="#ask-cancellation">
          {acts('askToCancel')}
        </a>
      ) : null}
      {asked ? <p role="status">{acts('askedToCancel')}</p> : null}
      {mayAct('confirm_receipt', facts) ? (
        <ActionForm action={confirmReceiptAction} className="order-act">
          <KeyField orderKey={orderKey} />
          <SubmitButton>{acts('confirmReceipt')}</SubmitButton>
        </ActionForm>
      ) : null}
      {mayAct('buy_again', facts) ? (
        <ActionForm action={buyAgainAction} className="order-act">
          <KeyField orderKey={orderKey} />
          <SubmitButton look="quiet">{acts('buyAgain')}</SubmitButton>
        </ActionForm>
      ) : null}
      {mayAct('buy_again', facts) ? (
        <a className="link" href={cartPath(locale)}>
          {acts('toCart')}
        </a>
      ) : null}
    </div>
  )
}
