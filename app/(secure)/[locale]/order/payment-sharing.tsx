import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { CopyField } from '#components/order/copy-field.tsx'
import { findPaymentLink } from '#db/orders/share-payment.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { env } from '#lib/env.ts'
import { payerPath } from '#lib/paths.ts'
import { endPaymentLinkAction, sharePaymentAction } from './actions.ts'
import type { OrderKey } from './keyed-order.ts'
import { KeyField } from './order-acts.tsx'

/** The link by which somebody else can pay, to be made, copied and taken back. */
export async function PaymentSharing({
  locale,
  orderKey,
  orderId,
}: {
  locale: Locale
  orderKey: OrderKey
  orderId: string
}) {
  const [t, secret] = await Promise.all([getTranslations('customer.share'), findPaymentLink(orderId)])
  return (
    <section className="order-share">
      <h2>{t('title')}</h2>
      <p className="order-note">{t('text')}</p>
      {secret === null ? (
        <ActionForm action={sharePaymentAction} label={t('title')}>
          <KeyField orderKey={orderKey} />
          <SubmitButton look="quiet">{t('make')}</SubmitButton>
        </ActionForm>
      ) : (
        <>
          <CopyField
            label={t('link')}
            text={`${env.PUBLIC_URL}${payerPath(locale, secret)}`}
            copy={t('copy')}
            copied={t('copied')}
          />
          <ActionForm action={endPaymentLinkAction} label={t('end')}>
            <KeyField orderKey={orderKey} />
            <button type="submit" className="link">
              {t('end')}
            </button>
          </ActionForm>
        </>
      )}
    </section>
  )
}
