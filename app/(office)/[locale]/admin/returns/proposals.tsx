import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { StepUpField } from '#components/form/step-up-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Panel } from '#components/office/office-page.tsx'
import { nameActors } from '#db/accounts/name-actors.ts'
import { listOpenProposals } from '#db/refunds/list-open-proposals.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { toFen } from '#lib/domain/money.ts'
import { mayDo, type Permit, staffActor } from '#lib/domain/permissions.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeOrderPath } from '#lib/office-paths.ts'
import { approveProposalAction, dropProposalAction } from './actions.ts'

/** Refunds that wait for a second person; nobody is shown the button to agree with themselves. */
export async function Proposals({
  permit,
  locale,
  orderId,
}: {
  permit: Permit<'orders.read'>
  locale: Locale
  /** Those of one order. */
  orderId?: string
}) {
  const proposals = await listOpenProposals(permit, orderId)
  if (proposals.length === 0) return null
  const [t, names] = [
    await getTranslations('officeReturns'),
    await nameActors(proposals.map(({ proposedBy }) => proposedBy)),
  ]
  const mayApprove = mayDo(permit.roles, 'refunds.approve')
  return (
    <Panel title={t('proposals')}>
      <ul className="ship-parcels">
        {proposals.map(({ id, amount, orderNumber, reason, proposedBy, proposedAt }) => {
          const own = proposedBy === staffActor(permit)
          const price = formatPrice(toFen(amount), locale)
          return (
            <li key={id}>
              <div>
                <p>
                  {price} ·{' '}
                  <a className="link" href={officeOrderPath(locale, orderNumber)}>
                    {orderNumber}
                  </a>
                </p>
                <p className="office-hint">
                  {t('proposedBy', { by: names.get(proposedBy) ?? t('somebody'), at: formatTime(proposedAt, locale) })}
                  {reason ? ` · ${reason}` : ''}
                </p>
              </div>
              <div className="office-acts">
                {mayApprove && !own ? (
                  <ActionForm
                    action={approveProposalAction}
                    label={t('approveOf', { amount: price, number: orderNumber })}
                    className="ship-undo"
                  >
                    <input type="hidden" name="proposalId" value={id} />
                    <StepUpField label={t('stepUpCode')} />
                    <SubmitButton>{t('approveAmount', { amount: price })}</SubmitButton>
                  </ActionForm>
                ) : null}
                {own || mayApprove ? (
                  <ActionForm
                    action={dropProposalAction}
                    label={t('dropOf', { amount: price, number: orderNumber })}
                    className="ship-undo"
                  >
                    <input type="hidden" name="proposalId" value={id} />
                    <SubmitButton look="quiet">{own ? t('takeBack') : t('declineProposal')}</SubmitButton>
                  </ActionForm>
                ) : null}
              </div>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
