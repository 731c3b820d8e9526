import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { StepUpField } from '#components/form/step-up-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Panel } from '#components/office/office-page.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import { listTroubledRefunds } from '#db/refunds/list-troubled-refunds.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { toFen } from '#lib/domain/money.ts'
import { mayDo, type Permit } from '#lib/domain/permissions.ts'
import { nextStep } from '#lib/domain/refund-state.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { officeOrderPath } from '#lib/office-paths.ts'
import { paymentProviders } from '#lib/payments/registry.ts'
import { recallAction, resendAction } from './actions.ts'

/** Refunds that do not go on by themselves, each with what to do next. */
export async function TroubledRefunds({ permit, locale }: { permit: Permit<'orders.read'>; locale: Locale }) {
  const troubled = await listTroubledRefunds()
  if (troubled.length === 0) return null
  const t = await getTranslations('officeReturns')
  const providers = paymentProviders()
  const mayResend = mayDo(permit.roles, 'refunds.request')
  const mayRecall = mayDo(permit.roles, 'refunds.approve')
  return (
    <Panel title={t('troubled')}>
      <ul className="ship-parcels">
        {troubled.map(({ requestId, orderNumber, provider, refundNo, amount, state, providerCode }) => {
          const step = nextStep(state)
          const canRecall = step === 'ask_shopper' && mayRecall && providers.get(provider)?.recallRefund
          return (
            <li key={requestId}>
              <div>
                <p>
                  {formatPrice(toFen(amount), locale)} ·{' '}
                  <a className="link" href={officeOrderPath(locale, orderNumber)}>
                    {orderNumber}
                  </a>{' '}
                  <StatusMark tone="bad">{t(`refundState.${state === 'abnormal' ? 'abnormal' : 'failed'}`)}</StatusMark>
                </p>
                <p className="office-hint">
                  {t(`provider.${provider}`)} {refundNo} · {providerCode}
                </p>
                {step ? <p>{t(`nextStep.${step}`)}</p> : null}
              </div>
              {step === 'resend' && mayResend ? (
                <ActionForm action={resendAction} label={t('resendOf', { number: refundNo })} className="ship-undo">
                  <input type="hidden" name="requestId" value={requestId} />
                  <StepUpField label={t('stepUpCode')} />
                  <SubmitButton look="quiet">{t('resend')}</SubmitButton>
                </ActionForm>
              ) : null}
              {canRecall ? (
                <ActionForm action={recallAction} label={t('recallOf', { number: refundNo })} className="ship-undo">
                  <input type="hidden" name="requestId" value={requestId} />
                  <StepUpField label={t('stepUpCode')} />
                  <SubmitButton look="quiet">{t('recall')}</SubmitButton>
                </ActionForm>
              ) : null}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
