import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { StepUpField } from '#components/form/step-up-field.tsx'
import { ConfirmButton } from '#components/office/confirm.tsx'
import { TextField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import { eraseCustomerAction } from '../actions.ts'

/** Deletes a customer who asked for it by letter or telephone. */
export async function EraseForm({ customerId }: { customerId: string }) {
  const [t, form] = await Promise.all([getTranslations('officeCatalogue.customers'), getTranslations('form')])
  return (
    <Panel title={t('erase')}>
      <ActionForm action={eraseCustomerAction} className="office-form" label={t('erase')}>
        <input type="hidden" name="customer" value={customerId} />
        <ConfirmButton label={`${t('erase')} …`} confirm={t('eraseNow')} danger>
          <p>{t('eraseText')}</p>
          <TextField id="reason" name="reason" label={t('reason')} hint={t('reasonHint')} />
          <StepUpField label={form('stepUpCode')} />
        </ConfirmButton>
      </ActionForm>
    </Panel>
  )
}
